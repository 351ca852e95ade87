/** What every part of the page is rendered with. */

import type { Language } from '../../../src/pages/languages.ts'
import type { Translate } from '../../../src/pages/translator.ts'
import type { Diagram } from '../diagrams.ts'
import type { ReferenceModel } from '../model/types.ts'

export type HtmlContext = {
  language: Language
  model: ReferenceModel
  t: Translate
  /** Names that a text can mention in code, with the place that describes them. */
  links: ReadonlyMap<string, string>
  diagrams: Record<string, Diagram>
}

/** Path from the folder of a language to that of another: English is at the top, the others below it. */
export const pathBetween = (from: Language, to: Language) => `${from === 'en' ? '' : '../'}${to === 'en' ? '' : `${to}/`}`

/** Path to the document in a language, which lies beside the folder of the reference. On a server, `..` of the top is the top. */
export const documentPath = (language: Language) =>
  `../${pathBetween(language, 'en')}openapi${language === 'en' ? '' : `.${language}`}.yaml`

/** Anchors of the operations, webhooks and objects by their names. */
export const linksOf = ({ operations, webhooks }: ReferenceModel): Map<string, string> =>
  new Map([...operations.map(({ id }) => [id, id] as const), ...webhooks.map(({ id, event }) => [event, id] as const)])

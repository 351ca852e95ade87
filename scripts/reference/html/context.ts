/** What every part of the page is rendered with. */

import type { Diagram } from '../diagrams.ts'
import type { Translate } from '../languages/translator.ts'
import type { ReferenceModel } from '../model/types.ts'

export type HtmlContext = {
  model: ReferenceModel
  t: Translate
  /** Names that a text can mention in code, with the place that describes them. */
  links: ReadonlyMap<string, string>
  diagrams: Record<string, Diagram>
}

/** Anchors of the operations, webhooks and objects by their names. */
export const linksOf = ({ operations, webhooks }: ReferenceModel): Map<string, string> =>
  new Map([...operations.map(({ id }) => [id, id] as const), ...webhooks.map(({ id, event }) => [event, id] as const)])

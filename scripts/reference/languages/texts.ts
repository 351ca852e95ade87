/** Every text that a catalogue translates: what the reference says when it is rendered. */
import type { OpenApiDocument } from '../../../src/document.ts'
import { english, type Translate } from '../../../src/pages/translator.ts'
import { drawerFor } from '../diagrams.ts'
import { type HtmlContext, linksOf } from '../html/context.ts'
import { referencePage } from '../html/page.ts'
import { modelOf } from '../model/index.ts'
import { llmsIndex } from '../twins/llms.ts'
import { markdownPages } from '../twins/pages.ts'

/** A translator that leaves texts as they are and collects them, in the order in which they are used. */
const recorder = () => {
  const texts = new Set<string>()
  const translate: Translate = (text, values) => {
    texts.add(text)
    return english(text, values)
  }
  return { texts, translate }
}

const noAssets = { style: '', script: '', earlyScript: '', icon: '' }

/**
 * Collects the texts by rendering everything once, so that no list of them can be forgotten.
 * @param document the bundle
 * @param guidesFolder folder of the guides
 */
export const textsOf = (document: OpenApiDocument, guidesFolder: string): ReadonlySet<string> => {
  const { texts, translate: t } = recorder()
  const model = modelOf(document, guidesFolder, t, drawerFor(guidesFolder, t))
  const context: HtmlContext = { language: 'en', model, t, links: linksOf(model), diagrams: model.diagrams }
  referencePage(context, noAssets)
  llmsIndex(context, markdownPages(model, t))
  return texts
}

/** The reference as files: the page, its Markdown, and where programs begin to read. */
import type { OpenApiDocument } from '../../src/document.ts'
import { pageAssets } from './assets.ts'
import { linksOf } from './html/context.ts'
import { referencePage } from './html/page.ts'
import { english } from './languages/translator.ts'
import { modelOf } from './model/index.ts'
import { llmsFull, llmsIndex } from './twins/llms.ts'
import { markdownPages } from './twins/pages.ts'

/** Files of the reference by their path below its folder. */
export type ReferenceFiles = Record<string, string>

/**
 * Renders the reference.
 * @param document the bundle
 * @param guidesFolder folder of the guides' texts and diagrams
 * @throws {BuildError} where a guide or a diagram fails
 */
export const renderReference = async (document: OpenApiDocument, guidesFolder: string): Promise<ReferenceFiles> => {
  const t = english
  const model = modelOf(document, guidesFolder, t)
  const pages = markdownPages(model, t)
  const context = { model, t, links: linksOf(model), diagrams: model.diagrams }
  return {
    'index.html': referencePage('en', context, await pageAssets()),
    'index.md': llmsIndex(model, pages, t),
    'llms.txt': llmsIndex(model, pages, t),
    'llms-full.txt': llmsFull(model, pages, t),
    ...Object.fromEntries(pages.map(({ name, text }) => [`${name}.md`, text])),
  }
}

/** The reference as files: the page, its Markdown, and where programs begin to read, in every language. */
import { join } from 'node:path'
import type { OpenApiDocument } from '../../src/document.ts'
import { type Language, languages } from '../../src/pages/languages.ts'
import { pageAssets } from './assets.ts'
import { type HtmlContext, linksOf, pathBetween } from './html/context.ts'
import { type PageAssets, referencePage } from './html/page.ts'
import { translatorFor } from './languages/catalogue.ts'
import { modelOf } from './model/index.ts'
import { llmsFull, llmsIndex } from './twins/llms.ts'
import { markdownPages } from './twins/pages.ts'

/** Files of the reference by their path below its folder. */
export type ReferenceFiles = Record<string, string>

const contextOf = (language: Language, document: OpenApiDocument, specFolder: string): HtmlContext => {
  const t = translatorFor(join(specFolder, 'languages'), language)
  const model = modelOf(document, join(specFolder, 'guides'), t)
  return { language, model, t, links: linksOf(model), diagrams: model.diagrams }
}

/** Everything in one language, by its path below that language's folder. */
const filesIn = (language: Language, document: OpenApiDocument, specFolder: string, assets: PageAssets): ReferenceFiles => {
  const context = contextOf(language, document, specFolder)
  const { model, t } = context
  const pages = markdownPages(model, t)
  const index = llmsIndex(context, pages)
  return {
    'index.html': referencePage(context, assets),
    'index.md': index,
    'llms.txt': index,
    'llms-full.txt': llmsFull(context, pages),
    ...Object.fromEntries(pages.map(({ name, text }) => [`${name}.md`, text])),
  }
}

/**
 * Renders the reference in every language: English at the top, each other one in a folder of its own.
 * @param document the bundle
 * @param specFolder folder of the source, with guides/ and languages/
 * @throws {BuildError} where a guide or a diagram fails
 */
export const renderReference = async (document: OpenApiDocument, specFolder: string): Promise<ReferenceFiles> => {
  const assets = await pageAssets()
  const entries = languages.flatMap((language) =>
    Object.entries(filesIn(language, document, specFolder, assets)).map(([name, text]) => [pathBetween('en', language) + name, text]),
  )
  return Object.fromEntries(entries)
}

/**
 * Renders the English page alone, for those who are writing it.
 * @param document the bundle
 * @param specFolder folder of the source
 * @throws {BuildError} where a guide or a diagram fails
 */
export const renderPage = async (document: OpenApiDocument, specFolder: string): Promise<string> =>
  referencePage(contextOf('en', document, specFolder), await pageAssets())

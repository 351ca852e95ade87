/** The reference as files: the page, its Markdown, and where programs begin to read, in every language. */
import { join } from 'node:path'
import type { OpenApiDocument } from '../../src/document.ts'
import { type Language, languages } from '../../src/pages/languages.ts'
import { type Remember, rememberNothing } from '../build/cache.ts'
import { sourceHash } from '../build/inputs.ts'
import { highlightAhead } from './highlight.ts'
import { type HtmlContext, linksOf, pathBetween } from './html/context.ts'
import { type PageAssets, referencePage } from './html/page.ts'
import { translatorFor } from './languages/catalogue.ts'
import { modelOf } from './model/index.ts'
import type { ReferenceModel } from './model/types.ts'
import { llmsFull, llmsIndex } from './twins/llms.ts'
import { markdownPages } from './twins/pages.ts'

/** Files of the reference by their path below its folder. */
export type ReferenceFiles = Record<string, string>

/** The style and the scripts of the page, which depend on the build's code alone. */
const assetsOf = (remember: Remember = rememberNothing) => remember('assets', [], async () => (await import('./assets.ts')).pageAssets())

const contextOf = async (
  language: Language,
  document: OpenApiDocument,
  specFolder: string,
  remember: Remember = rememberNothing,
): Promise<HtmlContext> => {
  const t = translatorFor(join(specFolder, 'languages'), language)
  const guides = join(specFolder, 'guides')
  const drawn = [sourceHash(specFolder, 'guides/*.{dot,seq}'), sourceHash(specFolder, `languages/${language}.po`)]
  // Graphviz takes longer to load than most of this.
  const diagrams = await remember(`diagrams in ${language}`, drawn, async () => (await import('./diagrams.ts')).diagramsIn(guides, t))
  const model = modelOf(document, guides, t, (name) => diagrams[name])
  return { language, model, t, links: linksOf(model), diagrams }
}

/** Codes of the page, those that change together in a group: an example, a webhook, a guide. */
const codesOf = ({ operations, webhooks, guides }: ReferenceModel) => [
  ...operations.flatMap(({ examples }) => examples.map(({ codes, response }) => [...codes, { source: response.source, syntax: 'json' }])),
  ...webhooks.map(({ payload }) => [{ source: payload, syntax: 'json' }]),
  ...guides.map(({ text }) =>
    [...text.matchAll(/^```(\w+)\n([\s\S]*?)\n```$/gm)].map(([, syntax = '', source = '']) => ({ source, syntax })),
  ),
]

/** Everything in one language, by its path below that language's folder. */
const filesIn = (context: HtmlContext, assets: PageAssets): ReferenceFiles => {
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
 * @param remember keeps what the last build made of the same parts
 * @throws {BuildError} where a guide or a diagram fails
 */
export const renderReference = async (
  document: OpenApiDocument,
  specFolder: string,
  remember: Remember = rememberNothing,
): Promise<ReferenceFiles> => {
  const assets = await assetsOf(remember)
  const contexts = await Promise.all(languages.map((language) => contextOf(language, document, specFolder, remember)))
  // The codes are the same in every language.
  await highlightAhead(
    contexts.slice(0, 1).flatMap(({ model }) => codesOf(model)),
    remember,
  )
  const entries = contexts.flatMap((context) =>
    Object.entries(filesIn(context, assets)).map(([name, text]) => [pathBetween('en', context.language) + name, text]),
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
  referencePage(await contextOf('en', document, specFolder), await assetsOf())

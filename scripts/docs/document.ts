/** The document as the page shows it: the bundle, plus guides, samples and the marks that only readers need. */
import { type OpenApiDocument, operationsOf } from '../../src/document.ts'
import type { Guides } from './guides.ts'
import { languages, samplesOf } from './samples/index.ts'

/** Samples of one operation, as Redoc wants them but for `source`, which is text in Redoc and a choice of texts here. */
const codeSamples = (samples: ReturnType<typeof samplesOf>) =>
  languages.map(({ lang, label }) => {
    const source: Record<string, Partial<Record<'json' | 'form', string>>> = {}
    for (const sample of samples)
      if (sample.label === label) source[sample.call.example] = { ...source[sample.call.example], [sample.format]: sample.source }
    return { lang, label, source }
  })

/** A blank line of a folded YAML text arrives as a single line break, which Markdown reads as a space. */
const inParagraphs = (description: string) => description.replaceAll(/\n+/g, '\n\n')

/** Adds to a copy of the bundle what only the page needs. */
export const pageDocument = (document: OpenApiDocument, { introduction, guides }: Guides): OpenApiDocument => {
  const page = structuredClone(document)
  const samples = Map.groupBy(samplesOf(document), ({ call }) => call.operation.operationId)
  for (const { operationId, path, method, description } of operationsOf(document))
    Object.assign(page.paths[path][method.toLowerCase()], {
      description: inParagraphs(description),
      'x-codeSamples': codeSamples(samples.get(operationId) ?? []),
    })
  page.info.description = introduction
  page.tags = [...guides.map(({ title, text }) => ({ name: title, description: text, 'x-traitTag': true })), ...document.tags]
  page['x-tagGroups'] = [
    { name: 'Guides', tags: guides.map(({ title }) => title) },
    { name: 'Operations', tags: [...new Set([...operationsOf(document).map(({ tag }) => tag), 'Webhooks'])] },
  ]
  return page
}

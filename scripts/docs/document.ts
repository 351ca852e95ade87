/** The document as the page shows it: the bundle, plus guides and samples, with schemas in the form that reads best. */
import { isLeftOut, type OpenApiDocument, operationsOf, type SchemaObject, withScalarsMerged } from '../../src/document.ts'
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

/** An object with the one condition that stands in its `allOf`. */
const withConditionsInside = ({ allOf, ...rest }: SchemaObject): SchemaObject => {
  const [condition] = allOf ?? []
  if (!rest.properties || typeof condition !== 'object') return allOf ? { ...rest, allOf } : rest
  return { ...rest, ...(condition.anyOf && { anyOf: condition.anyOf }) }
}

/**
 * A schema as a reader sees it best: one list of properties where branches only say which of them go together, and a union of
 * payment methods that is a choice of methods, not a choice between a choice and null; an open set as its known values.
 * Descriptions say the rest.
 */
const readable = (whole: SchemaObject): SchemaObject => {
  const schema = withScalarsMerged(withConditionsInside(whole))
  const { oneOf, anyOf, ...rest } = schema
  const branches = (oneOf ?? anyOf ?? []).filter((branch): branch is SchemaObject => typeof branch === 'object')
  if (rest.properties && branches.length > 0 && branches.every(({ $ref }) => $ref === undefined)) {
    const added = branches.flatMap(({ properties = {} }) => Object.entries(properties)).filter(([, property]) => !isLeftOut(property))
    // What a reader has to send comes first.
    const required = Object.entries(rest.properties).filter(([name]) => rest.required?.includes(name))
    return { ...rest, properties: { ...Object.fromEntries([...required, ...added]), ...rest.properties } }
  }
  const [known, other] = branches
  if (anyOf && known?.enum && other?.type === 'string') return { ...rest, type: 'string', enum: known.enum }
  const [only, ...more] = branches.filter((branch) => !isLeftOut(branch))
  if (branches.length === 2 && only?.$ref && more.length === 0) return { ...rest, $ref: only.$ref }
  return schema
}

/** A description with the mark of a fact that KOMOJU's reference pages do not state; the guide on versions explains it. */
const marked = (schema: SchemaObject): SchemaObject => {
  const { 'x-source': sources, description } = schema
  const isMarked = Array.isArray(sources) && !sources.includes('page') && typeof description === 'string'
  return isMarked ? { ...schema, description: `${description} †` } : schema
}

/** Applies a change to every object within a value, the innermost first. */
const changeAll = (node: unknown, change: (schema: SchemaObject) => SchemaObject): unknown => {
  if (Array.isArray(node)) return node.map((item) => changeAll(item, change))
  if (typeof node !== 'object' || node === null) return node
  return change(Object.fromEntries(Object.entries(node).map(([key, value]) => [key, changeAll(value, change)])))
}

/** Adds to a copy of the bundle what only the page needs. */
export const pageDocument = (document: OpenApiDocument, { introduction, guides }: Guides): OpenApiDocument => {
  const page = structuredClone(document)
  page.components.schemas = changeAll(page.components.schemas, (schema) => marked(readable(schema)))
  page.components.parameters = changeAll(page.components.parameters, marked)
  const samples = Map.groupBy(samplesOf(document), ({ call }) => call.operation.operationId)
  for (const { operationId, path, method, description } of operationsOf(document))
    Object.assign(page.paths[path][method.toLowerCase()], {
      description: inParagraphs(description),
      'x-codeSamples': codeSamples(samples.get(operationId) ?? []),
    })
  // Redoc makes a panel of them, in the place where a reader expects a sample.
  delete page.info.contact
  delete page.info.license
  page.info.description = introduction
  page.tags = [...guides.map(({ title, text }) => ({ name: title, description: text, 'x-traitTag': true })), ...document.tags]
  page['x-tagGroups'] = [
    { name: 'Guides', tags: guides.map(({ title }) => title) },
    { name: 'Operations', tags: [...new Set([...operationsOf(document).map(({ tag }) => tag), 'Webhooks'])] },
  ]
  return page
}

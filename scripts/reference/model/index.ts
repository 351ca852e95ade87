/** Makes the model of the reference from the document and its guides. */
import { type OpenApiDocument, operationsOf, resolveRef, resolveSchema, type SchemaObject } from '../../../src/document.ts'
import { english, type Translate } from '../../../src/pages/translator.ts'
import { slugOf } from '../anchors.ts'
import type { Draw } from '../diagrams.ts'
import { type Guide, guidesOf } from '../guides.ts'
import { translateDocument } from '../languages/document.ts'
import { type AttributeContext, attributesOf, isInferred, parameterGroups } from './attributes.ts'
import { jsonText, operationPages } from './operations.ts'
import { requestSchemasOf } from './request-schemas.ts'
import type { GuidePage, ObjectPage, OperationPage, ReferenceModel, WebhookPage } from './types.ts'

/** Schemas that operations and webhooks return, and that the page describes once. */
const objectNames = ['Payment', 'Refund', 'RefundRequest', 'PaymentList', 'Account', 'ErrorBody']

/** Reads a webhook of the document: one operation that KOMOJU calls. */
const webhookPage = (event: string, item: unknown, context: AttributeContext): WebhookPage => {
  const { document } = context
  const { post } = resolveRef(document, item)
  const body = resolveRef(document, post.requestBody).content['application/json']
  const parameters = post.parameters.map((parameter: unknown) => ({ required: false, ...resolveRef(document, parameter) }))
  const [example] = Object.values(body.examples).map((node) => resolveRef(document, node))
  return {
    id: post.operationId,
    event,
    summary: post.summary,
    description: post.description,
    groups: [
      { title: context.t('Body'), attributes: attributesOf(body.schema, post.operationId, context) },
      parameterGroups(parameters, post.operationId, context).header,
    ],
    payload: jsonText(example.value),
  }
}

/** Whether a schema refers to another within itself. */
const refersTo = (schema: SchemaObject, name: string) => JSON.stringify(schema).includes(`"#/components/schemas/${name}"`)

const objectPage = (name: string, operations: OperationPage[], webhooks: WebhookPage[], context: AttributeContext): ObjectPage => {
  const { document } = context
  const schema = resolveSchema(document, { $ref: `#/components/schemas/${name}` })
  const carriers = objectNames.filter(
    (other) => other !== name && refersTo(resolveSchema(document, { $ref: `#/components/schemas/${other}` }), name),
  )
  return {
    name,
    title: String(schema.title),
    description: isInferred(schema) ? context.t('{text} †', { text: String(schema.description) }) : String(schema.description),
    attributes: attributesOf(schema, name, context),
    usedBy: [
      ...operations.filter(({ returns }) => returns.object === name).map(({ id, summary }) => ({ title: summary, anchor: id })),
      ...webhooks
        .filter(({ groups }) => groups.some(({ attributes }) => attributes.some(({ object }) => object === name)))
        .map(({ id, summary }) => ({ title: summary, anchor: id })),
      ...carriers.map((other) => ({
        title: String(resolveSchema(document, { $ref: `#/components/schemas/${other}` }).title),
        anchor: other,
      })),
    ],
  }
}

const headingPattern = /^## (.+)$/gm

/** Guides with the anchors of their English headings, so that an address leads to the same place in every language. */
const guidePages = (guides: Guide[], inEnglish: Guide[]): GuidePage[] =>
  guides.map(({ title, text }, index) => {
    const original = inEnglish[index] ?? { title, text }
    const id = slugOf(original.title)
    return { id, title, text, headings: [...original.text.matchAll(headingPattern)].map(([, heading = '']) => `${id}/${slugOf(heading)}`) }
  })

/**
 * Makes the model.
 * @param source the bundle, in English
 * @param guidesFolder folder of the guides' texts and diagrams
 * @param t translates every text
 * @param draw makes the diagrams; without it there are none
 * @throws {BuildError} where a guide calls for something that does not exist
 */
export const modelOf = (source: OpenApiDocument, guidesFolder: string, t: Translate, draw?: Draw): ReferenceModel => {
  const document = translateDocument(source, t)
  const context: AttributeContext = { document, t, objects: new Set(objectNames) }
  const { introduction, guides, diagrams } = guidesOf(guidesFolder, document, t, draw)
  const operations = operationPages(context)
  const webhooks = Object.entries(document.webhooks).map(([event, item]) => webhookPage(event, item, context))
  const tags = [...new Set([...operationsOf(document).map(({ tag }) => tag), 'Webhooks'])]
  return {
    title: document.info.title,
    version: document.info.version,
    summary: document.info.summary,
    servers: document.servers,
    introduction,
    guides: guidePages(guides, t === english ? guides : guidesOf(guidesFolder, source, english).guides),
    diagrams,
    tags: tags.map((name) => ({
      name,
      description: document.tags.find((tag: { name: string }) => tag.name === name)?.description ?? '',
    })),
    operations,
    webhooks,
    objects: objectNames.map((name) => objectPage(name, operations, webhooks, context)),
    requestSchemas: requestSchemasOf(document),
  }
}

/** Operations of the reference: attributes, payment methods, errors, and examples with their samples. */
import { STATUS_CODES } from 'node:http'
import { type OpenApiDocument, type Operation, operationsOf, resolveRef, resolveSchema, type SchemaObject } from '../../../src/document.ts'
import type { Translate } from '../../../src/pages/translator.ts'
import { required } from '../../../src/required.ts'
import { anchors } from '../anchors.ts'
import { withNote } from '../phrases.ts'
import { languages, type Sample, samplesOf } from '../samples/index.ts'
import { literal, notations } from '../samples/literal.ts'
import { type AttributeContext, attributesOf, isInferred, parameterGroups } from './attributes.ts'
import type { AttributeGroup, Code, OperationError, OperationExample, OperationPage, PaymentMethod } from './types.ts'

/** JSON laid out as the samples lay it out. */
export const jsonText = (value: unknown) => literal(value, notations.json)

const mappingOf = (document: OpenApiDocument, union: string): Record<string, string> =>
  required(resolveSchema(document, { $ref: `#/components/schemas/${union}` }).discriminator?.mapping, `mapping of ${union}`)

/** All payment methods, in the document's order. */
const methodsOf = (context: AttributeContext): PaymentMethod[] => {
  const { document } = context
  const responses = mappingOf(document, 'PaymentDetails')
  return Object.entries(mappingOf(document, 'PaymentDetailsRequest')).map(([type, $ref]) => {
    const request = resolveSchema(document, { $ref })
    const response = responses[type]
    const prefix = `createPayment.payment_details.${type}`
    return {
      type,
      title: String(request.title),
      description: String(request.description),
      anchor: anchors.variant('createPayment', type),
      request: attributesOf(request, prefix, context),
      response: response ? attributesOf({ $ref: response }, `Payment.payment_details.${type}`, context) : [],
      isInferred: isInferred(request),
    }
  })
}

const retryTexts = (t: Translate) => ({ never: t('no retry'), later: t('retry later'), same_key: t('retry with the same key') })

/** Whether a repeated request can carry the key of the first. */
const hasKey = ({ parameters }: Operation) => parameters.some(({ name }) => /idempotency/i.test(name))

/** What to do about an outage after a request without a key; undefined where the document's own advice is right. */
const keylessAdvice = (operation: Operation, status: string, retry: string | undefined, t: Translate) => {
  if (hasKey(operation) || !status.startsWith('5') || !retry || retry === 'never') return undefined
  return operation.method === 'GET'
    ? t('Wait, then retry: a request that only reads changes nothing.')
    : t('Look up whether the change was made before you retry.')
}

/** Malformed requests: the document's texts are about the body, which not every operation has. */
const malformedTexts = ({ request }: Operation, code: string, t: Translate) =>
  code === 'bad_request' && !request ? { meaning: t('Request cannot be read'), advice: t('Correct the query.') } : {}

const errorsOf = (operation: Operation, t: Translate): OperationError[] =>
  Object.entries(operation.responses)
    .filter(([status]) => !status.startsWith('2'))
    .flatMap(([status, { body }]) =>
      Object.entries(body?.examples ?? {}).map(([code, { summary = '', description = '', 'x-retry': retry }]) => ({
        code,
        status: `${status} ${STATUS_CODES[status]}`,
        meaning: summary,
        advice: keylessAdvice(operation, status, retry, t) ?? description,
        ...malformedTexts(operation, code, t),
        retry: retryTexts(t)[retry === 'same_key' && !hasKey(operation) ? 'later' : (retry ?? 'never')],
      })),
    )

const codesOf = (samples: Sample[], t: Translate): Code[] =>
  samples.map(({ language, label, format, source }) => {
    const hasForm = language.form !== undefined && samples.some((other) => other.label === label && other.format === 'form')
    return {
      language: language.form ? `${language.id}-${format}` : language.id,
      label: hasForm ? withNote(label, format === 'json' ? 'JSON' : t('form'), t) : label,
      syntax: language.lang,
      source,
    }
  })

const examplesOf = (
  { operationId, request, responses }: Operation,
  samples: Sample[],
  methodTitles: ReadonlyMap<string, string>,
  t: Translate,
): OperationExample[] =>
  [...Map.groupBy(samples, ({ call }) => call.example)].map(([name, own]) => {
    const { call } = required(own[0], `sample of ${operationId} ${name}`)
    const summary = responses['200']?.body?.examples[name]?.summary ?? name
    return {
      name,
      title: methodTitles.get(name) ?? summary,
      summary: request?.examples[name]?.summary ?? summary,
      anchor: anchors.variant(operationId, name),
      // The form of cURL comes first: it is what a reader can type.
      codes: codesOf([...own.filter(({ format }) => format === 'form'), ...own.filter(({ format }) => format === 'json')], t),
      send: { method: call.method, path: call.path, body: call.body && jsonText(call.body) },
      response: { status: '200', source: jsonText(call.response) },
    }
  })

const groupsOf = (operation: Operation, context: AttributeContext): AttributeGroup[] => {
  const { operationId, parameters, request } = operation
  const { path, query, header } = parameterGroups(parameters, operationId, context)
  const body = request && {
    title: context.t('Body'),
    attributes: attributesOf(request.schema === true || request.schema === false ? {} : request.schema, operationId, context),
  }
  return [path, query, ...(body ? [body] : []), header].filter(({ attributes }) => attributes.length > 0)
}

const isBeta = (document: OpenApiDocument, { path, method }: Operation) =>
  resolveRef(document, document.paths[path])[method.toLowerCase()]['x-badges'] !== undefined

/** Name of the schema that an operation returns. */
const returnedObject = ({ responses }: Operation) => {
  const schema = responses['200']?.body?.schema
  return (typeof schema === 'object' && (schema as SchemaObject).$ref?.split('/').at(-1)) || ''
}

/**
 * Makes the pages of all operations, in the document's order.
 * @param context with the document in the language of the page
 */
export const operationPages = (context: AttributeContext): OperationPage[] => {
  const { document, t } = context
  const methods = methodsOf(context)
  const titles = new Map(methods.map(({ type, title }) => [type, title]))
  const samples = Map.groupBy(samplesOf(document), ({ call }) => call.operation.operationId)
  return operationsOf(document).map((operation) => ({
    id: operation.operationId,
    summary: operation.summary,
    description: operation.description.replaceAll(/\n+/g, '\n\n'),
    tag: operation.tag,
    method: operation.method,
    path: operation.path,
    isBeta: isBeta(document, operation),
    groups: groupsOf(operation, context),
    methods: operation.operationId === 'createPayment' ? methods : [],
    returns: { description: operation.responses['200']?.description ?? '', object: returnedObject(operation) },
    errors: errorsOf(operation, t),
    examples: examplesOf(operation, samples.get(operation.operationId) ?? [], titles, t),
  }))
}

/** Languages of samples that a reader chooses from. */
export const sampleChoices = (t: Translate): { language: string; label: string }[] =>
  languages.flatMap(({ id, label, form }) =>
    form
      ? [
          { language: `${id}-form`, label: withNote(label, t('form'), t) },
          { language: `${id}-json`, label: withNote(label, 'JSON', t) },
        ]
      : [{ language: id, label }],
  )

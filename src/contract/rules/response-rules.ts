/** Rules of any response, as pure functions: an exchange in, what each rule says of it out. */

import type { SchemaObject } from '../../document.ts'
import { hasDuplicateKey } from '../../json-keys.ts'
import { isJsonObject } from '../../json-object.ts'
import { bracketed, type Violation } from '../../violations.ts'
import type { ApiModel } from '../api/api-model.ts'
import { operationPointer, responsePointer, schemaPointer } from '../api/json-pointer.ts'
import { valueAt } from '../generate/encoding.ts'
import type { Exchange } from '../run/exchange.ts'
import type { RuleId } from './rules.ts'

/** What a rule says of an exchange. */
export type RuleResult = { rule: RuleId; passed: boolean; message: () => string; pointer?: string }

/** Statuses of a proxy or an HTTP server before the target, which rejects what is too large in its own words. */
export const isBeforeTarget = (status: number) => [413, 414, 431].includes(status)

/** Kind of a status, for errors: what the code must fit. */
const kindOfStatus = (status: number) => {
  if (status === 401 || status === 403) return 'credentials'
  if (status === 404 || status === 405 || status === 410) return 'address'
  if (status === 429) return 'rate'
  return status >= 500 || status === 402 ? 'failure' : 'input'
}

/** Statuses of a payment that fails, as the document gives them. */
export const failureStatuses = [402, 422, 502]

const isPaymentFailure = (status: number) => failureStatuses.includes(status)

/** All codes of an operation's errors. */
const documentedCodesOf = (api: ApiModel, operationId: string) =>
  new Set(Object.values(api.operation(operationId).responses).flatMap(({ body }) => Object.keys(body?.examples ?? {})))

/** The general codes of malformed input fit every rejected request. */
const generalInputCodes = ['bad_request', 'invalid_parameter', 'missing_parameter', 'unprocessable_entity']

/** Codes that the document gives anywhere, with the kinds of status they come with; others are newer than the document. */
const kindsOfCodes = (api: ApiModel) => {
  const kinds = new Map<string, Set<string>>()
  for (const { responses } of api.operations.values())
    for (const [status, { body }] of Object.entries(responses))
      if (Number(status) >= 400)
        for (const code of Object.keys(body?.examples ?? {}))
          kinds.set(code, (kinds.get(code) ?? new Set()).add(kindOfStatus(Number(status))))
  return kinds
}

/** Codes of an operation's errors with a kind of status. */
const codesOf = (api: ApiModel, operationId: string, kind: string) => {
  const codes = Object.entries(api.operation(operationId).responses)
    .filter(([status]) => Number(status) >= 400 && kindOfStatus(Number(status)) === kind)
    .flatMap(([, { body }]) => Object.keys(body?.examples ?? {}))
  return new Set([...codes, ...(kind === 'input' ? generalInputCodes : [])])
}

/** Violations of a response's schema. A property that may be null may be absent as well. */
const schemaViolations = ({ document, validator }: ApiModel, schema: SchemaObject, pointer: string, value: unknown) =>
  validator
    .violations(schema, value)
    .map((violation) => ({ ...violation, at: schemaPointer({ document, validator }, schema, pointer, value, violation.path) }))
    .filter(({ rule, at }) => !(rule === 'missing' && at.schema !== undefined && validator.conforms(at.schema, null)))

const errorShape = ({ body }: Exchange): RuleResult => {
  const error = isJsonObject(body) ? body.error : undefined
  const isShaped = isJsonObject(error) && typeof error.code === 'string' && error.code !== '' && typeof error.message === 'string'
  return {
    rule: 'error.shape',
    passed: isShaped && (error.param == null || typeof error.param === 'string'),
    message: () => 'The body of the rejection is not {"error": {"code", "message", "param"}}.',
    pointer: '#/components/schemas/ErrorBody',
  }
}

const contentType = (api: ApiModel, { headers, operationId, status }: Exchange): RuleResult => {
  const type = headers['content-type'] ?? ''
  return {
    rule: 'response.content-type',
    // JSON is UTF-8, whatever else a charset says.
    passed: /^application\/(json|[\w.+-]+\+json)(\s*;.*)?$/i.test(type) && !/charset=(?!"?utf-?8)/i.test(type),
    message: () => (type === '' ? 'The response has no content type.' : `The content type of the response is ${type}.`),
    pointer: responsePointer(api, operationId, status),
  }
}

/** Whether a text or a key of a JSON text is half a surrogate pair, which is no text in UTF-8. */
const hasHalfPair = (text: string): boolean => {
  if (!/\\u[dD][89a-fA-F]/.test(text)) return false
  let isFound = false
  JSON.parse(text, (key, value: unknown) => {
    isFound ||= !key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed())
    return value
  })
  return isFound
}

/** What readers of JSON read in different ways, or not at all, though JSON.parse does. */
const json = (api: ApiModel, { body, text, isNotUtf8, operationId, status }: Exchange): RuleResult => {
  const flaws: [isFlawed: () => boolean, message: string][] = [
    [() => text === '', 'The response has no body.'],
    [() => isNotUtf8 === true, 'The body of the response is not UTF-8.'],
    [() => body === undefined, 'The body of the response is not JSON.'],
    [() => hasDuplicateKey(text, body), 'An object of the response has a key twice.'],
    [() => hasHalfPair(text), 'A text of the response holds half a surrogate pair.'],
  ]
  const [, message] = flaws.find(([isFlawed]) => isFlawed()) ?? []
  return {
    rule: 'response.json',
    passed: message === undefined,
    message: () => message ?? '',
    pointer: responsePointer(api, operationId, status),
  }
}

const maxShownLength = 60

/** A value that was seen, as a headline shows it: a text is told from the number that it may look like. */
const shown = (value: unknown): string => {
  if (Array.isArray(value)) return 'a list'
  if (isJsonObject(value)) return 'an object'
  if (typeof value !== 'string') return String(value)
  return `${JSON.stringify(value.length > maxShownLength ? `${value.slice(0, maxShownLength)}…` : value)} (text)`
}

/** A violation in words, with the value that was seen where there is one. */
const violationText = ({ path, rule, message }: Violation, body: unknown): string => {
  const place = path.length > 0 ? bracketed(path) : 'The body'
  const value = valueAt(body, path)
  if (message.startsWith('must')) return `${place} is ${shown(value)}, ${message}.`
  return value === undefined || rule === 'additionalProperties' || rule === 'exclusive'
    ? `${place} ${message}.`
    : `${place} ${message}: ${shown(value)}.`
}

/** What the document says of the body of a success: one result for each violation, or one that says there is none. */
const schemaRules = (api: ApiModel, { operationId, body }: Exchange): RuleResult[] => {
  const schema = api.operation(operationId).responses['200']?.body?.schema as SchemaObject
  const pointer = schema.$ref ?? responsePointer(api, operationId, 200)
  const violations = schemaViolations(api, schema, pointer, body)
  if (violations.length === 0) return [{ rule: 'response.schema', passed: true, message: () => '', pointer }]
  return violations.map((violation) => ({
    rule: 'response.schema',
    passed: false,
    message: () => violationText(violation, body),
    pointer: violation.at.pointer,
  }))
}

const reached = (api: ApiModel, { operationId, status, failure }: Exchange): RuleResult => ({
  rule: 'response.reached',
  passed: status !== 0,
  message: () => `No response: ${failure}.`,
  pointer: operationPointer(api, operationId),
})

/**
 * Makes the rules for an API.
 * @param basePath path of the target's address, which precedes every path of the document
 */
export const responseRulesOf = (api: ApiModel, basePath: string) => {
  const kindsByCode = kindsOfCodes(api)
  const failingNumbers = api.methods.flatMap(({ failing }) => failing.map(({ value }) => value))

  /** Whether the request is one that the document has: not another method, not another path. */
  const isDocumentedRequest = (exchange: Exchange) => {
    const { method, path } = api.operation(exchange.operationId)
    const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]*')}$`)
    return method === exchange.method && pattern.test(new URL(exchange.url).pathname.slice(basePath.length))
  }

  /** A failure that the request did not ask for is the server's own. */
  const serverError = ({ status, operationId, requestHeaders, requestBody }: Exchange): RuleResult => ({
    rule: 'response.server-error',
    passed: status < 500 || 'Komoju-Scenario' in requestHeaders || failingNumbers.some((number) => requestBody?.includes(number)),
    message: () => `The server failed with ${status}.`,
    pointer: responsePointer(api, operationId, status),
  })

  const errorCode = ({ operationId, status, body }: Exchange): RuleResult => {
    const { code } = (body as { error: { code: string } }).error
    const kind = kindOfStatus(status)
    const fitting = codesOf(api, operationId, kind)
    const kinds = kindsByCode.get(code)
    return {
      rule: 'error.code',
      passed:
        kinds === undefined ||
        fitting.has(code) ||
        // Where the operation has no status of this kind, any code of the kind fits; `invalid_currency` and its like fit wherever input does.
        (kinds.has(kind) && (fitting.size === 0 || code.startsWith('invalid_'))) ||
        // A payment that fails is 402, 422 or 502: its codes go with each of them.
        (isPaymentFailure(status) && (kinds.has('failure') || kinds.has('input')) && documentedCodesOf(api, operationId).has(code)),
      message: () => `The code ${code} does not belong to a ${status} of ${operationId}.`,
      pointer: responsePointer(api, operationId, status),
    }
  }

  /** Rules of an error. The code is looked at where the error has its shape. */
  const errorRules = (exchange: Exchange): RuleResult[] => {
    const shape = errorShape(exchange)
    if (!shape.passed && isBeforeTarget(exchange.status)) return []
    return shape.passed && isDocumentedRequest(exchange) ? [shape, errorCode(exchange)] : [shape]
  }

  return {
    reached: (exchange: Exchange) => reached(api, exchange),
    serverError,
    contentType: (exchange: Exchange) => contentType(api, exchange),
    json: (exchange: Exchange) => json(api, exchange),
    errorRules,
    schemaRules: (exchange: Exchange) => schemaRules(api, exchange),
    isDocumentedRequest,
  }
}

export type ResponseRules = ReturnType<typeof responseRulesOf>

/** What is wrong below the schemas: bodies that do not parse, paths and methods that do not exist, text that breaks things. */

import type { Payment } from '../../../generated/schema.d.ts'
import type { ApiDescription } from '../api/api-description.ts'
import { objectIdFor, orderBy, sendInTurn, unknownId } from '../api/fixtures.ts'
import { encodings } from '../generate/encodings.ts'
import { ignoresBody } from '../generate/leniencies.ts'
import type { RuleId } from '../rules/rules.ts'
import type { CheckContext } from '../run/check-context.ts'
import type { RequestInput } from '../run/request.ts'
import { settleAll } from '../run/settle-all.ts'
import type { Check } from './check.ts'

const notJson = ['{"amount": 1000,', '{"amount": 1000} trailing', "{'amount': 1000}", 'amount', '{"amount": 01000}', '[{]']

/** Input that reaches an operation: an object to work on, if its path names one. */
const target = async (context: CheckContext, operationId: string): Promise<RequestInput> =>
  context.api.operation(operationId).path.includes('{id}') ? { path: { id: await objectIdFor(context, operationId) } } : {}

const checkBodies = async (context: CheckContext, operationId: string) => {
  const request = context.api.requestOf(operationId)
  const rejection = (what: string, rule: RuleId, statuses: number[], sent: RequestInput) => (input: RequestInput) =>
    context.expectRejected(operationId, { ...input, ...sent }, { rule: rule, what: what, statuses })
  const json = 'application/json'
  // Capture and cancel need no body, so a target may not read one.
  const ignored = ignoresBody(operationId) && !context.settings.strict ? [200] : []
  const rejections = notJson.map((text) =>
    rejection('JSON that does not parse', 'http.malformed', [400, 415, 422, ...ignored], { text, contentType: json }),
  )
  const xml = '<?xml version="1.0"?><payment><amount>1000</amount></payment>'
  const form = 'application/x-www-form-urlencoded'
  // Where nothing is required, an empty body can stand for an empty object.
  if (request.required && !context.api.validator.conforms(request.schema, {})) {
    const none = [400, 411, 415, 422]
    rejections.push(
      rejection('A body of XML', 'http.content-type', [400, 406, 415, 422], { text: xml, contentType: 'application/xml' }),
      rejection('An empty JSON body', 'http.empty-body', none, { text: '', contentType: json }),
      rejection('An empty form', 'http.empty-body', none, { text: '', contentType: form }),
      rejection('No body', 'http.empty-body', none, {}),
    )
  }
  await sendInTurn(() => target(context, operationId), rejections)
}

/** Right bodies in spellings of HTTP that mean the same. */
const checkSpellings = async (context: CheckContext) => {
  const json = () => JSON.stringify(orderBy(context, 'konbini'))
  await context.expectAccepted('createPayment', { text: json(), contentType: 'application/json; charset=utf-8' })
  await context.expectAccepted('createPayment', { text: json(), contentType: 'Application/JSON' })
  const basic = Buffer.from(`${context.settings.secretKey}:`).toString('base64')
  await context.expectAccepted('createPayment', { text: json(), contentType: 'application/json', authorization: `basic ${basic}` })
  const placeholder = 'number-of-the-order'
  // A space is a plus or %20 in a form, and brackets are themselves or escaped.
  const pairs: [key: string, value: string][] = [
    ['amount', '100'],
    ['currency', 'JPY'],
    ['external_order_num', placeholder],
    ['metadata[kit_request]', placeholder],
    ['payment_details[type]', 'konbini'],
    ['payment_details[store]', 'lawson'],
    ['payment_details[email]', 'test@example.com'],
  ]
  const bare = pairs.map(([key, value]) => `${key}=${encodeURIComponent(value)}`).join('&')
  for (const [description, name] of [
    ['a+b', 'a b'],
    ['a%20b', 'a b'],
    ['a%2Bb', 'a+b'],
  ] as const) {
    const order = context.freshName()
    const text = `${bare}&description=${description}`.replaceAll(placeholder, order)
    const { body, exchange } = await context.expectAccepted('createPayment', { text, contentType: 'application/x-www-form-urlencoded' })
    if (context.capabilities.has('state'))
      context.verify('request.echo', {
        operationId: 'createPayment',
        passed: body.description === name,
        message: () => `The form sent ${description}, got the description ${JSON.stringify(body.description)}.`,
        exchanges: [exchange],
        pointer: '#/components/schemas/Payment/properties/description',
      })
  }
}

const hostileTexts: [name: string, text: string][] = [
  ['an SQL injection', `'; DROP TABLE payments; --`],
  ['a script', '<script>alert(1)</script>'],
  // biome-ignore lint/suspicious/noTemplateCurlyInString: it is meant for the server's template engine, not for ours.
  ['a template', '{{7*7}} ${7*7} <%= 7*7 %>'],
  ['emoji', '👩‍👩‍👧‍👦 paid 💴'],
  ['Japanese, Arabic and combining signs', 'コモジュ مرحبا Z͑ͫ̓a̴l̷g̸o'],
  ['a percent sign and format codes', '%s %n %00 100%'],
  ['quotes and backslashes', `"'\\\\ \\" \\u0000`],
  ['a NUL', 'a\u0000b'],
  ['line breaks', 'one\ntwo\r\nthree'],
  ['ten thousand characters', 'あ'.repeat(10_000)],
  ['a path', '../../../etc/passwd'],
]

/** Servers may drop what cannot be stored, and white space at the ends; and reject what is long or not printable. */
const mayBeRejected = (name: string) => name === 'a NUL' || name === 'ten thousand characters'

const checkTexts = async (context: CheckContext) => {
  await settleAll(
    hostileTexts.map(async ([name, description]) => {
      const exchange = await context.send('createPayment', { body: orderBy(context, 'konbini', { description }) })
      const { status, body } = exchange
      if (status >= 500) return
      const isRejected = [400, 413, 422].includes(status)
      const kept = status === 200 && (body as Payment | undefined)?.description
      const lines = (text: unknown) => String(text).replaceAll('\r\n', '\n').trim()
      const isKept = typeof kept === 'string' && lines(kept) === lines(description)
      context.verify('http.hostile-text', {
        operationId: 'createPayment',
        passed:
          isKept ||
          (mayBeRejected(name) && (isRejected || typeof kept === 'string')) ||
          (status === 200 && !context.capabilities.has('state')),
        message: () => `A description with ${name} returns ${status}${status === 200 ? ' and comes back changed' : ''}.`,
        exchanges: [exchange],
        pointer: '#/components/schemas/CreatePaymentRequest/properties/description',
      })
    }),
  )
}

const hostileIds = ["1' OR '1'='1", '../payments', '%00', '<script>', 'x'.repeat(400), 'コモジュ', '..%2f..%2fetc%2fpasswd']

const checkIds = async (context: CheckContext, operationId: string) => {
  const { request } = context.api.operation(operationId)
  const example = Object.values(request?.examples ?? {})[0]?.value
  await settleAll(
    hostileIds.map((id) =>
      context.expectRejected(
        operationId,
        { path: { id }, ...(request && { body: example ?? {} }) },
        {
          rule: 'id.malformed',
          what: 'A text that cannot be an id',
          statuses: [400, 404, 405, 414, 422],
          pointer: context.operationPointer(operationId),
        },
      ),
    ),
  )
}

const checkPaths = async (context: CheckContext) => {
  const statuses = [404, 405]
  for (const rawPath of ['/no_such_path', '/payments/no/such/path', `/payments/${unknownId}/no_such_action`])
    await context.expectRejected(
      'listPayments',
      { rawPath },
      { rule: 'http.unknown-path', what: `The path ${rawPath.replace(unknownId, '{id}')}`, statuses, pointer: '#/paths' },
    )
}

const checkMethod = async (context: CheckContext, operationId: string) => {
  const input = await target(context, operationId)
  await context.expectRejected(
    operationId,
    { ...input, method: 'DELETE' },
    { rule: 'http.wrong-method', what: 'The method DELETE', statuses: [400, 404, 405, 501], pointer: `#/paths` },
  )
}

/** Checks of HTTP itself. */
export const httpChecks = (api: ApiDescription): Check[] => {
  const operations = [...api.operations.values()]
  const needsOf = (tag: string): Check['needs'] => (tag === 'Accounts' ? ['accounts', 'writes'] : ['writes'])
  const checks: Check[] = []
  for (const { operationId, request, tag, path } of operations) {
    if (request)
      checks.push({
        name: `${operationId} rejects bodies that cannot be read`,
        group: 'http',
        operationId,
        needs: needsOf(tag),
        run: (context) => checkBodies(context, operationId),
      })
    if (path.includes('{id}'))
      checks.push({
        name: `${operationId} rejects texts that cannot be ids`,
        group: 'ids',
        operationId,
        needs: request ? [...needsOf(tag), 'state'] : tag === 'Accounts' ? ['accounts', 'state'] : ['state'],
        run: (context) => checkIds(context, operationId),
      })
    checks.push({
      name: `${operationId} has no other method`,
      group: 'http',
      operationId,
      needs: needsOf(tag),
      run: (context) => checkMethod(context, operationId),
    })
  }
  for (const encoding of encodings)
    checks.push({
      name: `createPayment keeps hostile text as it is${encoding === 'form' ? ', in a form' : ''}`,
      kind: 'hostile text',
      group: 'http',
      operationId: 'createPayment',
      encoding,
      needs: ['writes'],
      run: checkTexts,
    })
  checks.push(
    {
      name: 'createPayment reads every spelling of a content type, a credential and a form',
      group: 'http',
      operationId: 'createPayment',
      needs: ['writes'],
      run: checkSpellings,
    },
    { name: 'paths that do not exist are not found', group: 'http', operationId: 'listPayments', needs: [], run: checkPaths },
  )
  return checks
}

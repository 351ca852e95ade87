/** What is wrong below the schemas: bodies that do not parse, paths and methods that do not exist, text that breaks things. */
import type { Payment } from '../../../generated/schema.d.ts'
import { encodings } from '../encoding.ts'
import type { RuleId } from '../rules.ts'
import { type CheckSession, type RequestInput, together } from '../session.ts'
import type { Subject } from '../subject.ts'
import { type Check, orderBy, sendInTurn, unknownId } from './check.ts'

const notJson = ['{"amount": 1000,', '{"amount": 1000} trailing', "{'amount': 1000}", 'amount', '{"amount": 01000}', '[{]']

/** Value of the path's id that the document's own examples have, so that a server without state knows it. */
const exampleIdOf = (session: CheckSession, operationId: string) =>
  String((Object.values(session.operationOf(operationId).responses['200']!.body!.examples)[0]!.value as { id: string }).id)

/** Input that reaches an operation: an object to work on, where its path names one. */
const target = async (session: CheckSession, operationId: string): Promise<RequestInput> => {
  const { path, tag } = session.operationOf(operationId)
  if (!path.includes('{id}')) return {}
  if (!session.has('state') || !session.has('writes')) return { path: { id: exampleIdOf(session, operationId) } }
  if (tag === 'Accounts') {
    const body = { name: session.freshName('account'), default_currency: 'JPY', time_zone: 'Asia/Tokyo' }
    return { path: { id: (await session.accept('createAccount', { body })).body.id } }
  }
  const type = operationId === 'requestRefund' ? 'konbini' : 'credit_card'
  const waits = operationId === 'capturePayment' || operationId === 'cancelPayment'
  return {
    path: { id: (await session.accept('createPayment', { body: orderBy(session, type, waits ? { capture: false } : {}) })).body.id },
  }
}

const checkBodies = async (session: CheckSession, operationId: string) => {
  const { request } = session.operationOf(operationId)
  const rejection = (what: string, rule: RuleId, statuses: number[], sent: RequestInput) => (input: RequestInput) =>
    session.reject(operationId, { ...input, ...sent }, rule, what, { statuses })
  const json = 'application/json'
  const rejections = notJson.map((text) =>
    rejection('JSON that does not parse', 'http.malformed', [400, 415, 422], { text, contentType: json }),
  )
  const xml = '<?xml version="1.0"?><payment><amount>1000</amount></payment>'
  const form = 'application/x-www-form-urlencoded'
  // Where nothing is required, an empty body can stand for an empty object.
  if (request!.required && !session.subject.validator.conforms(request!.schema, {})) {
    const none = [400, 411, 415, 422]
    rejections.push(
      rejection('A body of XML', 'http.content-type', [400, 406, 415, 422], { text: xml, contentType: 'application/xml' }),
      rejection('An empty JSON body', 'http.empty-body', none, { text: '', contentType: json }),
      rejection('An empty form', 'http.empty-body', none, { text: '', contentType: form }),
      rejection('No body', 'http.empty-body', none, {}),
    )
  }
  await sendInTurn(() => target(session, operationId), rejections)
}

/** Right bodies in spellings of HTTP that mean the same. */
const checkSpellings = async (session: CheckSession) => {
  const json = () => JSON.stringify(orderBy(session, 'konbini'))
  await session.accept('createPayment', { text: json(), contentType: 'application/json; charset=utf-8' })
  await session.accept('createPayment', { text: json(), contentType: 'Application/JSON' })
  const basic = Buffer.from(`${session.settings.secretKey}:`).toString('base64')
  await session.accept('createPayment', { text: json(), contentType: 'application/json', authorization: `basic ${basic}` })
  const order = session.freshName()
  // A space is a plus or %20 in a form, and brackets are themselves or escaped.
  const pairs = [
    ['amount', '100'],
    ['currency', 'JPY'],
    ['external_order_num', order],
    ['metadata[kit_request]', order],
    ['payment_details[type]', 'konbini'],
    ['payment_details[store]', 'lawson'],
    ['payment_details[email]', 'test@example.com'],
  ]
  const bare = pairs.map(([key, value]) => `${key}=${encodeURIComponent(value!)}`).join('&')
  for (const [description, name] of [
    ['a+b', 'a b'],
    ['a%20b', 'a b'],
    ['a%2Bb', 'a+b'],
  ] as const) {
    const order = session.freshName()
    const text = `${bare}&description=${description}`.replaceAll(pairs[2]![1]!, order)
    const { body, exchange } = await session.accept('createPayment', { text, contentType: 'application/x-www-form-urlencoded' })
    if (session.has('state'))
      session.expect('request.echo', {
        operationId: 'createPayment',
        holds: body.description === name,
        message: `The form sent ${description}, got the description ${JSON.stringify(body.description)}.`,
        exchanges: [exchange],
        place: '#/components/schemas/Payment/properties/description',
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

const checkTexts = async (session: CheckSession) => {
  await together(
    hostileTexts.map(async ([name, description]) => {
      const exchange = await session.send('createPayment', { body: orderBy(session, 'konbini', { description }) })
      const { status, body } = exchange
      if (status >= 500) return
      const isRejected = [400, 413, 422].includes(status)
      const kept = status === 200 && (body as Payment | undefined)?.description
      const lines = (text: unknown) => String(text).replaceAll('\r\n', '\n').trim()
      const isKept = typeof kept === 'string' && lines(kept) === lines(description)
      session.expect('http.hostile-text', {
        operationId: 'createPayment',
        holds: isKept || (mayBeRejected(name) && (isRejected || typeof kept === 'string')) || (status === 200 && !session.has('state')),
        message: `A description with ${name} returns ${status}${status === 200 ? ' and comes back changed' : ''}.`,
        exchanges: [exchange],
        place: '#/components/schemas/CreatePaymentRequest/properties/description',
      })
    }),
  )
}

const hostileIds = ["1' OR '1'='1", '../payments', '%00', '<script>', 'x'.repeat(400), 'コモジュ', '..%2f..%2fetc%2fpasswd']

const checkIds = async (session: CheckSession, operationId: string) => {
  const { request } = session.operationOf(operationId)
  const example = Object.values(request?.examples ?? {})[0]?.value
  await together(
    hostileIds.map((id) =>
      session.reject(
        operationId,
        { path: { id }, ...(request && { body: example ?? {} }) },
        'id.malformed',
        'A text that cannot be an id',
        {
          statuses: [400, 404, 405, 414, 422],
          place: session.operationPlace(operationId),
        },
      ),
    ),
  )
}

const checkPaths = async (session: CheckSession) => {
  const statuses = [404, 405]
  for (const rawPath of ['/no_such_path', '/payments/no/such/path', `/payments/${unknownId}/no_such_action`])
    await session.reject('listPayments', { rawPath }, 'http.unknown-path', `The path ${rawPath.replace(unknownId, '{id}')}`, {
      statuses,
      place: '#/paths',
    })
}

const checkMethod = async (session: CheckSession, operationId: string) => {
  const input = await target(session, operationId)
  await session.reject(operationId, { ...input, method: 'DELETE' }, 'http.wrong-method', 'The method DELETE', {
    statuses: [400, 404, 405, 501],
    place: `#/paths`,
  })
}

/** Checks of HTTP itself. */
export const httpChecks = (subject: Subject): Check[] => {
  const operations = [...subject.operations.values()]
  const needsOf = (tag: string): Check['needs'] => (tag === 'Accounts' ? ['accounts', 'writes'] : ['writes'])
  const checks: Check[] = []
  for (const { operationId, request, tag, path } of operations) {
    if (request)
      checks.push({
        name: `${operationId} rejects bodies that cannot be read`,
        group: 'http',
        operationId,
        needs: needsOf(tag),
        run: (session) => checkBodies(session, operationId),
      })
    if (path.includes('{id}'))
      checks.push({
        name: `${operationId} rejects texts that cannot be ids`,
        group: 'ids',
        operationId,
        needs: request ? [...needsOf(tag), 'state'] : tag === 'Accounts' ? ['accounts', 'state'] : ['state'],
        run: (session) => checkIds(session, operationId),
      })
    checks.push({
      name: `${operationId} has no other method`,
      group: 'http',
      operationId,
      needs: needsOf(tag),
      run: (session) => checkMethod(session, operationId),
    })
  }
  for (const encoding of encodings)
    checks.push({
      name: `createPayment keeps hostile text as it is${encoding === 'form' ? ', in a form' : ''}`,
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

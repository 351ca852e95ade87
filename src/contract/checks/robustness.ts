/** Input that breaks parsers: whatever a target makes of it, it stays below 500 and goes on responding. */
import { create } from '../api/fixtures.ts'
import type { CheckContext } from '../run/check-context.ts'
import type { RequestInput } from '../run/request.ts'
import type { Check } from './check.ts'

const json = 'application/json'
const form = 'application/x-www-form-urlencoded'
const nested = (depth: number, [open, close]: [string, string]) => open.repeat(depth) + close.repeat(depth)

const oddBodies: [what: string, input: RequestInput][] = [
  ...[30, 300, 1000].map((depth): [string, RequestInput] => [
    `JSON ${depth} arrays deep`,
    { text: `{"amount":${nested(depth, ['[', ']'])}}`, contentType: json },
  ]),
  ['JSON 500 objects deep', { text: `{"metadata":${'{"a":'.repeat(500)}1${'}'.repeat(500)}}`, contentType: json }],
  ['a form 200 brackets deep', { text: `amount${'[a]'.repeat(200)}=1`, contentType: form }],
  ['a form with a broken escape', { text: 'amount=%E0%A4%A&currency=%', contentType: form }],
  ['a form of bytes that are not UTF-8', { text: 'amount=%FF%FE&description=%C3%28', contentType: form }],
  ['a number of 400 digits', { text: `{"amount":${'9'.repeat(400)},"currency":"JPY"}`, contentType: json }],
  ['a form with an amount of 400 digits', { text: `amount=${'9'.repeat(400)}&currency=JPY`, contentType: form }],
  ['a number that is too large', { text: '{"amount":1e999,"currency":"JPY"}', contentType: json }],
  ['a NUL in a key', { text: '{"amount":100,"currency":"JPY","metadata":{"a\\u0000b":"c"}}', contentType: json }],
  ['half a surrogate pair', { text: '{"amount":100,"currency":"JPY","description":"\\ud800"}', contentType: json }],
  ['the same key twice', { text: '{"amount":100,"amount":200,"currency":"JPY"}', contentType: json }],
]

const getList = (context: CheckContext) => context.send('listPayments', { query: { per_page: '1' } })

/** The rules of any response hold for each; then the target still has to respond. What follows its end is not the fault of what is sent then. */
const sendAll = async (context: CheckContext, operationId: string, inputs: [what: string, input: RequestInput][]) => {
  const before = await getList(context)
  if (before.status !== 200) context.skip(`the list of payments returned ${before.status} before the first of them`)
  for (const [what, input] of inputs) {
    const exchange = await context.send(operationId, input)
    const after = await getList(context)
    const hasSurvived = context.verify('response.survives', {
      operationId,
      passed: after.status === 200,
      message: () => `After ${what}, the list of payments returns ${after.status || after.failure}.`,
      exchanges: [exchange, after],
    })
    if (!hasSurvived) return
  }
}

const oddQueries = [
  'status[]=',
  'status[0]=captured',
  'page[]=1',
  'page=1e9',
  'page=99999999999999999999',
  'per_page=99999999999999999999',
  'per_page=%',
  'currency=%00',
  'start_time=%FF',
  'a[b][c]=d',
]

const checkQueries = async (context: CheckContext) => {
  const inputs = oddQueries.map((query): [string, RequestInput] => [`?${query}`, { rawPath: `/payments?${query}` }])
  await sendAll(context, 'listPayments', inputs)
}

const checkUpdates = async (context: CheckContext) => {
  const { body } = await create(context, 'konbini')
  const path = { id: body.id }
  await sendAll(context, 'updatePayment', [
    ['metadata of null', { path, body: { metadata: null } }],
    ['an empty object', { path, body: {} }],
    ['deep metadata', { path, text: `{"metadata":${'{"a":'.repeat(300)}1${'}'.repeat(300)}}`, contentType: json }],
  ])
}

const checkKeys = async (context: CheckContext) => {
  const key = `${context.freshName('key')}-`.padEnd(100, 'x')
  const first = await create(context, 'konbini')
  await sendAll(context, 'cancelPayment', [
    ['an idempotency key of 100 characters', { path: { id: first.body.id }, headers: { 'X-KOMOJU-IDEMPOTENCY': key } }],
  ])
}

/** Checks of what a target survives, one at a time: of two requests under way together, which one it did not survive could not be told. */
export const robustnessChecks = (): Check[] => {
  let last: Promise<void> = Promise.resolve()
  const inTurn =
    (run: Check['run']): Check['run'] =>
    (context) => {
      const turn = last.then(() => run(context))
      last = turn.catch(() => {})
      return turn
    }
  const check = (name: string, operationId: string, needs: Check['needs'], run: Check['run']): Check => ({
    name,
    group: 'http',
    operationId,
    needs,
    run: inTurn(run),
  })
  return [
    check('createPayment survives bodies that break parsers', 'createPayment', ['writes'], (context) =>
      sendAll(context, 'createPayment', oddBodies),
    ),
    check('listPayments survives queries that break parsers', 'listPayments', [], checkQueries),
    check('updatePayment survives metadata of any shape', 'updatePayment', ['writes', 'state'], checkUpdates),
    check('cancelPayment survives the longest idempotency key', 'cancelPayment', ['writes', 'state'], checkKeys),
  ]
}

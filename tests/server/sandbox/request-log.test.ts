/** What the dashboard's log keeps of requests: no secret, and no more than its limits. */
import { describe, expect, onTestFinished, test, vi } from 'vitest'
import { readDocument } from '../../../src/document.ts'
import { markedSecretsOf } from '../../../src/marked-secrets.ts'
import type { Exchange } from '../../../src/server/front.ts'
import { createClock } from '../../../src/server/sandbox/clock.ts'
import { RequestLog } from '../../../src/server/sandbox/request-log.ts'

const { names, replaceIn } = markedSecretsOf(readDocument())
const clock = createClock(() => 0)
const exchange = (changes: Partial<Exchange> = {}): Exchange => ({
  method: 'POST',
  path: '/api/v1/payments',
  operationId: 'createPayment',
  secretKey: 'sk_log',
  body: {},
  bodyBytes: 2,
  status: 200,
  response: '{}',
  breakage: undefined,
  milliseconds: 1,
  ...changes,
})
const logged = (changes: Partial<Exchange>) => {
  const log = new RequestLog(clock, names)
  log.add(exchange(changes))
  return JSON.stringify(log.find(() => true, 1))
}
const number = '4929735648105733'

describe('secrets', () => {
  test.each([
    { payment_details: { number, verification_value: '70731951' } },
    { number, verification_value: '70731951' },
    { payment_details: { credit_card: { number, verification_value: '70731951' } } },
    { payment_details: [{ number: Number(number), verification_value: ['70731951'] }] },
    { payment_details: { culture_password: '70731951', happy_money_password: { is: '70731951' }, prepaid_number: '70731951' } },
    { description: `Card ${number}`, [number]: 1, tax: 'sk_test_planted', customer: Number(number) },
  ])('of %j are not kept', (body) => {
    const text = logged({ body })
    for (const secret of [number, '70731951', 'sk_test_planted']) expect(text).not.toContain(secret)
  })

  test('in the path and the query are not kept, names are', () => {
    const text = logged({ path: `/api/v1/payments/${number}?status=captured&secret_key=abc-12&sk_test_planted=1` })
    expect(text).toContain('/api/v1/payments/[hidden]?status=••••&secret_key=••••&[hidden]=••••')
    for (const secret of [number, 'captured', 'abc-12', 'sk_test_planted']) expect(text).not.toContain(secret)
  })

  test('everything else is, and the last digits of a card', () => {
    const text = logged({ body: { amount: 1000, payment_details: { type: 'credit_card', number, month: 12 }, metadata: { order: 'A-1' } } })
    for (const part of ['1000', 'credit_card', '•••• 5733', '12', 'A-1']) expect(text).toContain(part)
  })

  test('are where the document marks them, in a fingerprint', () => {
    const body = { metadata: { number: '1' }, payment_details: { type: 'credit_card', number, verification_value: '1', name: 'Taro' } }
    expect(replaceIn('createPayment', body, (name) => `no ${name}`)).toEqual({
      metadata: { number: '1' },
      payment_details: { type: 'credit_card', number: 'no number', verification_value: 'no verification_value', name: 'Taro' },
    })
  })
})

describe('limits', () => {
  test('the oldest go beyond a number, and beyond bytes', () => {
    const log = new RequestLog(clock, names, { requests: 3, bytes: 10_000 })
    for (let index = 0; index < 5; index++) log.add(exchange())
    expect(log.find(() => true, 10)).toHaveLength(3)
    log.add(exchange({ response: 'x'.repeat(4000) }))
    expect(log.find(() => true, 10)).toHaveLength(3)
    log.add(exchange({ response: 'y'.repeat(4000) }))
    expect(log.find(() => true, 10).map(({ response }) => response.charAt(0))).toEqual(['y'])
    log.clear()
    for (let index = 0; index < 5; index++) log.add(exchange())
    expect(log.find(() => true, 10)).toHaveLength(3)
  })

  test('while nobody looks, what waits keeps to them as well', () => {
    vi.useFakeTimers()
    onTestFinished(() => void vi.useRealTimers())
    const log = new RequestLog(clock, names, { requests: 3, bytes: 10_000 })
    for (let index = 0; index < 5; index++) log.add(exchange({ path: `/api/v1/payments/${index}`, bodyBytes: index === 3 ? 9000 : 2 }))
    expect(log.find(() => true, 10).map(({ path }) => path.at(-1))).toEqual(['4'])
    const body = { number }
    log.add(exchange({ body }))
    vi.advanceTimersByTime(1000)
    // What is shown was taken by then, before anybody looked.
    body.number = '4111111111111111'
    expect(log.find(() => true, 1)[0]?.body).toContain('•••• 5733')
  })

  test('a long body and a long response are cut', () => {
    const text = logged({ body: { description: 'd'.repeat(1_000_000) }, response: 'r'.repeat(1_000_000) })
    expect(text.length).toBeLessThan(50_000)
  })
})

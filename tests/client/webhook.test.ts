import { createHmac } from 'node:crypto'
import { isPaymentEvent, KomojuWebhookError, verifyWebhook, type WebhookEvent, type WebhookHeaders } from 'komoju-openapi'
import { describe, expect, test } from 'vitest'
import { readDocument, resolveRef } from '../../src/document.ts'

const document = readDocument()
const secret = 'whsec_秘密'
const sign = (body: string | Uint8Array, key = secret) => createHmac('sha256', key).update(body).digest('hex')

type Webhook = { post: { requestBody: { content: Record<string, { examples: Record<string, unknown> }> } } }
const events = Object.entries<Webhook>(document.webhooks).flatMap(([name, { post }]) =>
  Object.values(post.requestBody.content['application/json']!.examples).map(
    (example) => [name, resolveRef(document, example).value] as const,
  ),
)
const event = { ...events[0]![1], reason: 'ありがとう' }
const body = JSON.stringify(event, null, 2)
const signature = sign(body)

describe('verifyWebhook', () => {
  test('the document has events', () => expect(events.length).toBeGreaterThanOrEqual(10))

  test.for(events)('returns %s', async ([name, value]) => {
    const raw = JSON.stringify(value)
    const verified = await verifyWebhook(raw, { 'x-komoju-signature': sign(raw) }, secret)
    expect(verified).toEqual(value)
    expect(verified.type).toBe(name)
  })

  const bytes = new TextEncoder().encode(body)
  test.for([
    ['text', body],
    ['bytes', bytes],
    ['a Node buffer', Buffer.from(body)],
    ['an ArrayBuffer', bytes.buffer],
    ['a part of a larger buffer', new Uint8Array([32, ...bytes, 32]).subarray(1, -1)],
  ] as [string, string | Uint8Array<ArrayBuffer>][])('takes %s', async ([, raw]) => {
    expect(await verifyWebhook(raw, { 'x-komoju-signature': signature }, secret)).toEqual(event)
  })

  test.for([
    ['Headers', new Headers({ 'X-Komoju-Signature': signature })],
    ["Node's headers", { host: 'a', 'x-komoju-signature': signature, 'set-cookie': ['a', 'b'], via: undefined, ':path': '/' }],
    ['headers as they were sent', { 'X-Komoju-Signature': signature }],
    ['upper-case digits', { 'x-komoju-signature': signature.toUpperCase() }],
  ] as [string, Headers | Record<string, string>][])('takes %s', async ([, headers]) => {
    expect(await verifyWebhook(body, headers, secret)).toEqual(event)
  })

  const flipped = (signature.startsWith('0') ? '1' : '0') + signature.slice(1)
  test.for([
    ['a signature with another secret', body, { 'x-komoju-signature': sign(body, 'other') }],
    ['a signature with one wrong digit', body, { 'x-komoju-signature': flipped }],
    ['an altered body', body.replace('0', '1'), { 'x-komoju-signature': signature }],
    ['a body that was parsed and written again', JSON.stringify(JSON.parse(body)), { 'x-komoju-signature': signature }],
    ['a missing header', body, {}],
    ['an undefined header', body, { 'x-komoju-signature': undefined }],
    ['an empty header', body, { 'x-komoju-signature': '' }],
    ['a signature that is too short', body, { 'x-komoju-signature': signature.slice(2) }],
    ['a signature that is too long', body, { 'x-komoju-signature': `${signature}00` }],
    ['two signatures', body, { 'x-komoju-signature': [signature, signature] }],
    ['a signature that is no hexadecimal', body, { 'x-komoju-signature': 'g'.repeat(64) }],
    ['a signature after a line break', body, { 'x-komoju-signature': `${signature}\n` }],
  ] as [string, string, Record<string, string>][])('rejects %s', async ([, raw, headers]) => {
    const error = await verifyWebhook(raw, headers, secret).catch((thrown) => thrown)
    expect(error).toBeInstanceOf(KomojuWebhookError)
    expect(error.message).not.toContain(secret)
    expect(error.message).not.toContain(signature)
  })

  test.for([undefined, ''])('rejects the secret %s', async (missing) => {
    await expect(verifyWebhook(body, { 'x-komoju-signature': sign(body, '') }, missing)).rejects.toThrow('secret: pass')
  })

  test('rejects a parsed body, and says what to pass', async () => {
    await expect(verifyWebhook(event as never, { 'x-komoju-signature': signature }, secret)).rejects.toThrow(
      'rawBody: pass the body as it arrived',
    )
  })
})

describe('what frameworks hand over', () => {
  const { headers } = new Request('http://a', { headers: { 'X-Komoju-Signature': signature } })
  /** `Headers` of another realm: iterable, and no instance of this one's. */
  const foreign = { [Symbol.iterator]: () => headers[Symbol.iterator]() } as Iterable<[string, string]>
  test.for([
    ['Headers of another realm', foreign],
    ['a Map', new Map([['X-Komoju-Signature', signature]])],
    ["Node's rawHeaders", ['Host', 'a', 'X-Komoju-Signature', signature]],
    ['pairs', [['x-komoju-signature', signature]]],
  ] as [string, WebhookHeaders][])('takes %s', async ([, given]) => {
    expect(await verifyWebhook(body, given, secret)).toEqual(event)
  })
  test('takes a Buffer and a DataView by their types', async () => {
    const buffer: Buffer = Buffer.from(body)
    expect(await verifyWebhook(buffer, headers, secret)).toEqual(event)
    expect(await verifyWebhook(new DataView(buffer.buffer, buffer.byteOffset, buffer.byteLength), headers, secret)).toEqual(event)
  })
  test('several secrets while one is replaced', async () => {
    expect(await verifyWebhook(body, headers, ['new', secret])).toEqual(event)
    await expect(verifyWebhook(body, headers, ['new', 'other'])).rejects.toThrow(KomojuWebhookError)
    for (const empty of ['', [], ['']]) await expect(verifyWebhook(body, headers, empty)).rejects.toThrow('secret: pass the secret')
  })
  test.for([[null], [undefined], [[secret]], [secret, null], 5, {}] as never[])('a secret that is no text: %j', async (wrong) => {
    const signed = { 'x-komoju-signature': sign(body, 'null') }
    await expect(verifyWebhook(body, signed, wrong)).rejects.toThrow(
      new TypeError('secret: pass the secret of the webhook, which is not empty'),
    )
  })
  test.for([Number.NaN, -1, '1000', null] as never[])('maxAge %s', async (maxAge) => {
    await expect(verifyWebhook(body, headers, secret, { maxAge })).rejects.toThrow(new TypeError('maxAge: pass a number, 0 or more'))
  })
  test.for(['null', '5', '[]', '{}', '"text"', '{', '', '{"type":1}'])('a signed body that is no event: %s', async (raw) => {
    const error = await verifyWebhook(raw, { 'x-komoju-signature': sign(raw) }, secret).catch((thrown) => thrown)
    expect(error).toMatchObject({ name: 'KomojuWebhookError', message: 'Body is no event' })
  })
  test.for([undefined, null, 'soon', '', {}])('an event of no age: created_at is %j', async (created_at) => {
    const raw = JSON.stringify({ ...event, created_at })
    const signed = { 'x-komoju-signature': sign(raw) }
    await expect(verifyWebhook(raw, signed, secret, { maxAge: 1e15 })).rejects.toThrow('older than')
    expect(await verifyWebhook(raw, signed, secret)).toEqual(JSON.parse(raw))
  })
  test.for(['a Buffer', 'an ArrayBuffer', 'shared bytes'])('%s that changes during the check: what was signed counts', async (name) => {
    const { byteLength } = Buffer.from(body)
    const bytes = Buffer.from(name === 'shared bytes' ? new SharedArrayBuffer(byteLength) : new ArrayBuffer(byteLength))
    bytes.write(body)
    const verified = verifyWebhook(name === 'an ArrayBuffer' ? (bytes.buffer as ArrayBuffer) : bytes, headers, secret)
    bytes.write(body.replace('ありがとう', 'さようなら'))
    expect(await verified).toEqual(event)
  })
  test('an event that is too old', async () => {
    await expect(verifyWebhook(body, headers, secret, { maxAge: 1000 })).rejects.toThrow('older than 1000 ms')
    expect(await verifyWebhook(body, headers, secret, { maxAge: 1e15 })).toEqual(event)
  })
})

describe('isPaymentEvent', () => {
  test.for(events)('%s', ([name, value]) => {
    expect(isPaymentEvent(value as WebhookEvent)).toBe(name !== 'ping')
  })

  test.for([{ resource: 'customer', id: 'c' }, null, undefined])('not one of a newer type, with %j', (data) => {
    expect(isPaymentEvent({ ...event, type: 'customer.created', data } as unknown as WebhookEvent)).toBe(false)
  })
})

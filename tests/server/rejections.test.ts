/** Requests that break the document, one rule at a time: rejected in the API's shape, with the parameter at fault. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { operationsOf, readDocument, resolveRef, type SchemaObject } from '../../src/document.ts'
import { createMockServer } from '../../src/server/index.ts'
import { bracketed } from '../../src/validator.ts'
import { exchange, sendValue, urlOf } from './exchange.ts'

const document = readDocument()
const operations = operationsOf(document)
const server = await createMockServer()
let origin: string
beforeAll(async () => {
  origin = await server.listen()
})
afterAll(() => server.close())

type Fault = { name: string; value: unknown; param: string; code: 'missing_parameter' | 'invalid_parameter' | 'invalid_payment_type' }

/** A value with one place changed; `undefined` removes it. */
const changed = (value: unknown, path: string[], replacement: unknown): unknown => {
  const copy = structuredClone(value) as Record<string, unknown>
  const parent = path.slice(0, -1).reduce((node, key) => node[key] as Record<string, unknown>, copy)
  if (replacement === undefined) delete parent[path.at(-1)!]
  else parent[path.at(-1)!] = replacement
  return copy
}

/** Values just outside what a property's schema allows. */
const outside = (schema: SchemaObject): [string, unknown][] => {
  const types = [schema.type ?? []].flat()
  const faults: [string, unknown][] = []
  if (schema.enum) faults.push(['enum', 'no-such-value'])
  if (schema.minimum !== undefined) faults.push(['minimum', (schema.minimum as number) - 1])
  if (schema.maximum !== undefined) faults.push(['maximum', (schema.maximum as number) + 1])
  if ((schema.minLength as number) > 0) faults.push(['minLength', 'x'.repeat((schema.minLength as number) - 1)])
  if (schema.maxLength !== undefined && types.includes('string')) faults.push(['maxLength', 'x'.repeat((schema.maxLength as number) + 1)])
  if (schema.pattern !== undefined) faults.push(['pattern', '!'])
  if (schema.format !== undefined) faults.push(['format', 'not of this format'])
  faults.push(['type', types.includes('object') ? 'text' : ['list']])
  return faults
}

/** Single faults of an example: each required property missing, each bound broken, each object with an unknown property. */
const faultsOf = (schemaNode: unknown, whole: unknown, path: string[] = []): Fault[] => {
  const schema = resolveRef(document, schemaNode) as SchemaObject
  const value = path.reduce((node, key) => (node as Record<string, unknown>)[key], whole) as Record<string, unknown>
  const mapping = schema.discriminator?.mapping
  if (mapping) {
    const tag = schema.discriminator!.propertyName
    const tagPath = [...path, tag]
    const chosen = { $ref: mapping[String(value[tag])] }
    return [
      { name: 'unknown tag', value: changed(whole, tagPath, 'paypal'), param: bracketed(tagPath), code: 'invalid_payment_type' },
      ...faultsOf(chosen, whole, path),
    ]
  }
  const faults: Fault[] = (schema.required ?? []).map((key) => ({
    name: `${key} missing`,
    value: changed(whole, [...path, key], undefined),
    param: bracketed([...path, key]),
    code: 'missing_parameter',
  }))
  if (schema.additionalProperties === false || schema.unevaluatedProperties === false)
    faults.push({
      name: 'unknown property',
      value: changed(whole, [...path, 'no_such_parameter'], '1'),
      param: bracketed([...path, 'no_such_parameter']),
      code: 'invalid_parameter',
    })
  for (const [key, node] of Object.entries(schema.properties ?? {})) {
    const at = [...path, key]
    const property = resolveRef(document, node) as SchemaObject
    if (property.const !== undefined) continue
    for (const [rule, wrong] of outside(property))
      faults.push({ name: `${key} ${rule}`, value: changed(whole, at, wrong), param: bracketed(at), code: 'invalid_parameter' })
  }
  for (const branch of [...(schema.oneOf ?? []), ...(schema.anyOf ?? [])] as SchemaObject[])
    for (const [key, node] of Object.entries(branch.properties ?? {}))
      if (value[key] !== undefined && typeof value[key] === 'object')
        faults.push(...faultsOf((resolveRef(document, node) as SchemaObject).oneOf?.[0] ?? node, whole, [...path, key]))
  return faults
}

const isRejection = { error: { code: expect.any(String), message: expect.any(String), param: expect.anything() } }

for (const operation of operations) {
  if (!operation.request) continue
  const { schema, examples } = operation.request
  describe(operation.operationId, () => {
    for (const [key, { value }] of Object.entries(examples)) {
      const id = (operation.responses['200']!.body!.examples[key]!.value as { id: string }).id
      test(`every single fault of ${key}`, async () => {
        const faults = faultsOf(schema, value)
        // A body without properties of its own, and open to others, can only be of another type.
        expect(faults.length > 0 || operation.operationId === 'capturePayment').toBe(true)
        for (const { name, value: wrong, param, code } of faults) {
          const response = await sendValue(urlOf(origin, operation, id), operation.method, wrong, 'json')
          expect(response, name).toMatchObject({ status: 422, body: { ...isRejection, error: { code, param } } })
        }
      })
    }
  })
}

describe('the exclusive pair', () => {
  const create = operations.find(({ operationId }) => operationId === 'createPayment')!
  const konbini = create.request!.examples.konbini!.value as Record<string, unknown>
  test.for(['json', 'form', 'multipart'] as const)('both, in %s', async (encoding) => {
    const response = await sendValue(urlOf(origin, create), 'POST', { ...konbini, customer: 'cus_1' }, encoding)
    expect(response).toMatchObject({ status: 422, body: { error: { code: 'invalid_parameter', param: 'customer' } } })
  })
  test.for(['json', 'form', 'multipart'] as const)('neither, in %s', async (encoding) => {
    const response = await sendValue(urlOf(origin, create), 'POST', { amount: 1, currency: 'JPY' }, encoding)
    expect(response).toMatchObject({
      status: 422,
      body: {
        error: { code: 'missing_parameter', param: 'payment_details', message: expect.stringContaining('payment_details or customer') },
      },
    })
  })
  test('a message names only what is wrong in the chosen variant', async () => {
    const wrong = { ...konbini, payment_details: { ...(konbini.payment_details as object), store: 'corner-shop' } }
    const { body } = await sendValue(urlOf(origin, create), 'POST', wrong, 'json')
    const { message } = (body as { error: { message: string } }).error
    expect(message).toContain('seven-eleven')
    for (const other of ['number', 'prepaid_number', 'customer', 'tok_', 'oneOf']) expect(message).not.toContain(other)
  })
})

describe('parameters of the query and the headers', () => {
  const list = operations.find(({ operationId }) => operationId === 'listPayments')!
  test.for([
    ['page=0', 'page'],
    ['page=x', 'page'],
    ['page=1.5', 'page'],
    ['per_page=0', 'per_page'],
    ['per_page=-1', 'per_page'],
    ['currency=XXX', 'currency'],
    ['status=paid', 'status'],
    ['status=captured,nope', 'status'],
    ['status=', 'status'],
    ['status=captured&status=refunded', 'status'],
    ['start_time=yesterday', 'start_time'],
    ['end_time=2020-13-01T00:00:00Z', 'end_time'],
    [`external_order_num=${'x'.repeat(256)}`, 'external_order_num'],
  ] as const)('%s', async ([query, param]) => {
    const response = await exchange(`${urlOf(origin, list)}?${query}`)
    expect(response).toMatchObject({ status: 422, body: { error: { code: 'invalid_parameter', param } } })
  })
  test('every filter at once passes', async () => {
    const query =
      'start_time=2020-01-01T00:00:00Z&end_time=2021-01-01T00:00:00%2B09:00&per_page=5&page=2&currency=JPY&external_order_num=1&status=captured,refunded'
    expect(await exchange(`${urlOf(origin, list)}?${query}`)).toMatchObject({ status: 200 })
  })
  test.for([['x'.repeat(101)], ['ключ']])('an idempotency key %s', async ([key]) => {
    const create = operations.find(({ operationId }) => operationId === 'createPayment')!
    const value = create.request!.examples.konbini!.value
    const response = await sendValue(urlOf(origin, create), 'POST', value, 'json', {
      'x-komoju-idempotency': Buffer.from(key!).toString('latin1'),
    })
    expect(response).toMatchObject({ status: 422, body: { error: { code: 'invalid_parameter', param: 'X-KOMOJU-IDEMPOTENCY' } } })
  })
})

describe('every operation needs the secret key', () => {
  const wrong: [name: string, header: string | undefined][] = [
    ['no header', undefined],
    ['another scheme', 'Bearer sk_123456'],
    ['no base64', 'Basic !!!'],
    ['a publishable key', `Basic ${btoa('pk_123456:')}`],
    ['an empty key', `Basic ${btoa(':')}`],
    ['a password', `Basic ${btoa('sk_123456:secret')}`],
  ]
  for (const operation of operations)
    test.for(wrong)(`${operation.operationId} with %s`, async ([, authorization]) => {
      const response = await fetch(urlOf(origin, operation, 'a'.repeat(25)), {
        method: operation.method,
        headers: authorization === undefined ? {} : { authorization },
      })
      expect(response.status).toBe(401)
      expect(response.headers.get('www-authenticate')).toMatch(/^Basic/)
      expect(await response.json()).toMatchObject({ error: { code: 'unauthorized', param: null } })
    })
})

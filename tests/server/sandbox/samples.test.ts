/** Each example of the document, replayed on the sandbox: with the state that it assumes made first, through the API. */

import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Call, callsOf } from '../../../scripts/reference/samples/call.ts'
import { readDocument } from '../../../src/document.ts'
import type { JsonObject } from '../../../src/json-object.ts'
import { createSandboxServer, type Server } from '../../../src/server/index.ts'
import { createClient } from './client.ts'
import { comparable, examplesOf, expectedOf, makeStateOf, requestFor, type Sample } from './examples.ts'

const calls = callsOf(readDocument())

let server: Server
let api: ReturnType<typeof createClient>
beforeAll(async () => {
  server = await createSandboxServer()
  api = createClient(await server.listen())
})
afterAll(() => server.close())

describe('createPayment', () => {
  const { requests, responses } = examplesOf('createPayment')
  test.each(Object.keys(requests))('%s, as JSON and as a form', async (key) => {
    for (const encoding of ['json', 'form'] as const) {
      const { status, body } = await api.send('POST', '/payments', requests[key]!.value as JsonObject, { encoding })
      expect({ status, body: comparable(body) }).toEqual({ status: 200, body: comparable(responses[key]!.value) })
    }
  })
})

// A payment's id is not in the path of these: each makes something new, or lists.
const acting = calls.filter(({ id }) => id !== undefined)
test.each(acting.map((call): [string, Call] => [`${call.operation.operationId} ${call.example}`, call]))('%s', async (_name, call) => {
  const merchant = createClient(api.origin, `sk_${call.operation.operationId}_${call.example}`)
  const id = await makeStateOf(merchant, call)
  const path = call.operation.path.replace('{id}', String(id))
  const body = await merchant.ok(call.method, path, call.method === 'GET' ? undefined : (call.body ?? {}))
  expect(comparable(body)).toEqual(expectedOf(call.response))
})

test('listPayments', async () => {
  const list = examplesOf('listPayments').responses.one_payment!.value as { data: Sample[] }
  const got = examplesOf('getPayment').responses.konbini_pending!.value as Sample
  const merchant = createClient(api.origin, 'sk_list_sample')
  await merchant.ok('POST', '/payments', requestFor({ ...list.data[0]!, payment_details: got.payment_details }))
  const listed = comparable(await merchant.ok('GET', '/payments')) as { data: Sample[] }
  // The sample's payment has no details yet, which no documented request brings about.
  expect(listed.data[0]).toHaveProperty('payment_details.type', 'konbini')
  const patched = { ...listed, data: listed.data.map((payment) => ({ ...payment, payment_details: null, payment_deadline: null })) }
  expect(patched).toEqual(expectedOf(list))
})

test('createAccount, and acceptServiceAgreement, which keeps the time that is sent', async () => {
  const { requests, responses } = examplesOf('createAccount')
  const account = (await api.ok('POST', '/accounts', requests.submerchant!.value as JsonObject)) as { id: string }
  expect(comparable(account)).toEqual(comparable(responses.submerchant!.value))
  const agreement = examplesOf('acceptServiceAgreement')
  const body = await api.ok('POST', `/accounts/${account.id}/accept_service_agreement`, agreement.requests.accepted!.value as JsonObject)
  const { accepted_service_agreement_at: time } = agreement.responses.accepted!.value as JsonObject
  expect(body).toHaveProperty('accepted_service_agreement_at', time)
})

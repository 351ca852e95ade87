/** Servers that other people's libraries make of the document: each gets a konbini payment, and one with a store that does not exist. */
import type { Reader } from './tools.ts'

/** Ends with what the library did wrong. `send` resolves to the status of the response. */
const trial = (rejects: boolean) => `
const order = (store) => ({ amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store, email: 'a@example.com' } })
const right = await send(order('lawson'))
const wrong = await send(order('corner-shop'))
if (right >= 300) console.error('error: rejects a konbini payment with ' + right)
${rejects ? "if (wrong < 400) console.error('error: takes a store that does not exist')" : ''}
process.exit(right >= 300${rejects ? ' || wrong < 400' : ''} ? 1 : 0)
`

const serverOf = (setUp: string, rejects = true) => ({ 'server.mjs': `${setUp}\n${trial(rejects)}` })
const command = ['node', 'server.mjs']

const overHttp = `
const send = async (body) =>
  (await fetch(address, { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Basic ' + btoa('sk_1:') }, body: JSON.stringify(body) })).status
`

export const servers: Reader[] = [
  {
    name: 'express-openapi-validator',
    packages: ['express-openapi-validator', 'express@5'],
    command,
    files: serverOf(`import express from 'express'
import * as OpenApiValidator from 'express-openapi-validator'
const app = express()
app.use(express.json())
app.use(OpenApiValidator.middleware({ apiSpec: '{spec}', validateResponses: false }))
app.post('/api/v1/payments', (_request, response) => response.json({}))
app.use((error, _request, response, _next) => response.status(error.status ?? 500).json({ message: error.message }))
const server = app.listen(0)
await new Promise((resolve) => server.once('listening', resolve))
const address = 'http://127.0.0.1:' + server.address().port + '/api/v1/payments'
${overHttp}`),
  },
  {
    name: 'openapi-backend, on the document in 3.0',
    packages: ['openapi-backend'],
    command,
    files: serverOf(`import * as backend from 'openapi-backend'
const { OpenAPIBackend } = backend.default ?? backend
const api = new OpenAPIBackend({ definition: '{spec30}' })
api.register({ createPayment: () => 200, validationFail: () => 422, notFound: () => 404 })
api.registerSecurityHandler('secretKey', () => true)
await api.init()
const send = (body) => api.handleRequest({ method: 'POST', path: '/payments', headers: { 'content-type': 'application/json' }, body })`),
  },
  {
    name: 'fastify-openapi-glue',
    packages: ['fastify-openapi-glue', 'fastify@5'],
    command,
    files: serverOf(`import Fastify from 'fastify'
import glue from 'fastify-openapi-glue'
// By default, Fastify's Ajv takes out what the first alternative of a union does not know.
const app = Fastify({ ajv: { customOptions: { strict: false, removeAdditional: false, coerceTypes: false, useDefaults: false } } })
app.setSerializerCompiler(() => JSON.stringify)
const serviceHandlers = new Proxy({}, { get: () => async () => ({}), has: () => true })
await app.register(glue, { specification: '{json}', serviceHandlers, securityHandlers: { secretKey: async () => undefined }, prefix: 'api/v1' })
const address = (await app.listen({ port: 0 })) + '/api/v1/payments'
${overHttp}`),
  },
  {
    name: '@scalar/mock-server',
    reason: 'A mock that does not look into bodies.',
    packages: ['@scalar/mock-server'],
    command,
    files: serverOf(
      `import { readFileSync } from 'node:fs'
import { createMockServer } from '@scalar/mock-server'
const app = await createMockServer({ document: JSON.parse(readFileSync('{json}', 'utf8')) })
const send = async (body) =>
  (await app.request('/payments', { method: 'POST', headers: { 'content-type': 'application/json', authorization: 'Basic ' + btoa('sk_1:') }, body: JSON.stringify(body) })).status`,
      false,
    ),
  },
]

/** Receivers of webhooks in frameworks: compiled with the framework's types, and run against events that the sandbox sends. */
import { compilerOptionsOf } from './compilers.ts'
import type { Project } from './project.ts'

/** Ends once an event of a payment has arrived and a forged one is rejected. \`received\` resolves to the types that have arrived. */
const trial = `
import { Komoju } from 'komoju-openapi'
export const trial = async (received) => {
  const komoju = new Komoju({ secretKey: 'sk_test_1', baseUrl: '{url}' })
  const payment_details = { type: 'credit_card', number: '4111111111111111', month: 12, year: 2035, name: '山田' }
  await komoju.payments.create({ amount: 1000, currency: 'JPY', payment_details })
  for (const end = Date.now() + 30_000; !(await received()).includes('payment.captured'); await new Promise((resolve) => setTimeout(resolve, 100)))
    if (Date.now() > end) throw new Error('no event arrives: ' + (await received()))
  const headers = { 'Content-Type': 'application/json', 'X-Komoju-Signature': '0'.repeat(64) }
  const { status } = await fetch('http://127.0.0.1:{port}/webhook', { method: 'POST', headers, body: '{"type":"payment.captured"}' })
  if (status !== 400) throw new Error('a forged event gets ' + status)
}
`

const main = `import { start } from './out/server.js'
import { trial } from './trial.mjs'
const types = []
await start((event) => types.push(event.type))
await trial(async () => types)
console.log('works')
process.exit(0)
`

const compilerOptions = { ...compilerOptionsOf('5.9', 'nodenext'), types: ['node'], skipLibCheck: true }

const receiver = (name: string, packages: string[], detail: string, source: string): Project => ({
  name,
  packages: [...packages, 'typescript@5.9', '@types/node@24'],
  files: {
    'tsconfig.json': JSON.stringify({ compilerOptions, files: ['server.ts'] }),
    'server.ts': `import { KomojuWebhookError, verifyWebhook, type WebhookEvent } from 'komoju-openapi'
type Receive = (event: WebhookEvent) => void
const statusOf = (error: unknown) => (error instanceof KomojuWebhookError ? 400 : 500)
${source}`,
    'trial.mjs': trial,
    'main.mjs': main,
  },
  commands: [
    ['tsc', '-p', '.'],
    ['node', 'main.mjs'],
  ],
  detail,
})

export const frameworks: Project[] = [
  receiver(
    'Express',
    ['express@5', '@types/express@5'],
    '`express.raw()`: a `Buffer`, and headers of Node',
    `import express from 'express'
export const start = async (receive: Receive) => {
  const app = express()
  app.post('/webhook', express.raw({ type: '*/*' }), async (request, response) => {
    const body: Buffer = request.body
    await verifyWebhook(body, request.headers, 'whsec').then(receive).then(() => response.send('ok'), (error) => response.sendStatus(statusOf(error)))
  })
  return app.listen({port}, '127.0.0.1')
}
`,
  ),
  receiver(
    'Fastify',
    ['fastify@5'],
    '`parseAs: buffer`: a `Buffer`, and headers of Node',
    `import { fastify } from 'fastify'
export const start = async (receive: Receive) => {
  const app = fastify()
  app.addContentTypeParser('application/json', { parseAs: 'buffer' }, (_request, body, done) => done(null, body))
  app.post<{ Body: Buffer }>('/webhook', async (request, reply) => {
    await verifyWebhook(request.body, request.headers, 'whsec').then(receive).catch((error) => void reply.code(statusOf(error)))
    return 'ok'
  })
  return app.listen({ port: {port}, host: '127.0.0.1' })
}
`,
  ),
  receiver(
    'Hono',
    ['hono@4', '@hono/node-server'],
    '`arrayBuffer()`, and headers as an object',
    `import { serve } from '@hono/node-server'
import { Hono } from 'hono'
export const start = async (receive: Receive) => {
  const app = new Hono()
  app.post('/webhook', async (context) =>
    verifyWebhook(await context.req.arrayBuffer(), context.req.header(), 'whsec').then(receive).then(() => context.text('ok'), (error) => context.text('', statusOf(error))))
  return serve({ fetch: app.fetch, port: {port}, hostname: '127.0.0.1' })
}
`,
  ),
  receiver(
    'Koa',
    ['koa@3', '@types/koa@3'],
    'the request as a stream, read as bytes; headers of Node',
    `import { buffer } from 'node:stream/consumers'
import Koa from 'koa'
export const start = async (receive: Receive) => {
  const app = new Koa()
  app.use(async (context) => {
    context.body = 'ok'
    await verifyWebhook(await buffer(context.req), context.headers, 'whsec').then(receive).catch((error) => void (context.status = statusOf(error)))
  })
  return app.listen({port}, '127.0.0.1')
}
`,
  ),
  receiver(
    'AWS Lambda',
    ['@types/aws-lambda@8'],
    "API Gateway's event: text or base64, and headers as an object",
    `import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import type { APIGatewayProxyEventV2, APIGatewayProxyStructuredResultV2 } from 'aws-lambda'
export const start = async (receive: Receive) => {
  const handler = async ({ body = '', headers, isBase64Encoded }: APIGatewayProxyEventV2): Promise<APIGatewayProxyStructuredResultV2> => {
    const raw = isBase64Encoded ? Buffer.from(body, 'base64') : body
    return verifyWebhook(raw, headers, 'whsec').then(receive).then(() => ({ statusCode: 200 }), (error) => ({ statusCode: statusOf(error) }))
  }
  const server = createServer(async (request, response) => {
    const event = { body: await text(request), headers: request.headers, isBase64Encoded: false }
    response.writeHead((await handler(event as unknown as APIGatewayProxyEventV2)).statusCode ?? 500).end()
  })
  return server.listen({port}, '127.0.0.1')
}
`,
  ),
  {
    name: 'Next.js',
    packages: ['next', 'react', 'react-dom', 'typescript@5.9', '@types/react', '@types/node@24'],
    files: {
      'tsconfig.json': '{}',
      'app/layout.tsx': `export default ({ children }: { children: React.ReactNode }) => <html lang="en"><body>{children}</body></html>\n`,
      'app/page.tsx': `export default () => <p>works</p>\n`,
      'app/node/route.ts': `import { run } from '../../program'
export const dynamic = 'force-dynamic'
export const GET = async () => new Response(await run({ baseUrl: '{url}' }))
`,
      'app/edge/route.ts': `import { run } from '../../program'
export const runtime = 'edge'
export const GET = async () => new Response(await run({ baseUrl: '{url}' }))
`,
      'app/webhook/route.ts': `import { KomojuWebhookError, verifyWebhook } from 'komoju-openapi'
const types: string[] = []
export const dynamic = 'force-dynamic'
export const GET = async () => Response.json(types)
export const POST = async (request: Request) => {
  try {
    types.push((await verifyWebhook(await request.text(), request.headers, 'whsec')).type)
    return new Response('ok')
  } catch (error) {
    return new Response(null, { status: error instanceof KomojuWebhookError ? 400 : 500 })
  }
}
`,
      'trial.mjs': trial,
      'main.mjs': `import { spawn } from 'node:child_process'
import { trial } from './trial.mjs'
const origin = 'http://127.0.0.1:{port}'
const server = spawn(process.execPath, ['node_modules/next/dist/bin/next', 'start', '-H', '127.0.0.1', '-p', '{port}'], { stdio: 'inherit' })
try {
  for (let tries = 0; tries < 300 && !(await fetch(origin).catch(() => undefined)); tries++) await new Promise((resolve) => setTimeout(resolve, 100))
  for (const path of ['node', 'edge']) {
    const text = await (await fetch(origin + '/' + path)).text()
    if (text !== 'works') throw new Error(path + ': ' + text)
  }
  await trial(async () => (await fetch(origin + '/webhook')).json())
  console.log('works')
} finally {
  server.kill()
}
`,
    },
    commands: [
      ['next', 'build'],
      ['node', 'main.mjs'],
    ],
    detail: '`next build`, `next start`: the program in a route handler of Node and in one of the edge runtime, a webhook',
  },
]

/** Time per call and size in a bundle: the client beside bare `fetch`, openapi-fetch, a generated client and stripe-node. */
import { once } from 'node:events'
import { resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { Worker } from 'node:worker_threads'
import { gzipSync } from 'node:zlib'
import { build } from 'esbuild'
import createClient from 'openapi-fetch'
import type { paths } from '../../generated/schema.d.ts'
import { Komoju } from '../../src/client/index.ts'
import { operationsOf, readDocument } from '../../src/document.ts'
import { projectFolder } from '../build/step.ts'
import { install } from './tools/install.ts'
import { median, wallTime } from './tools/process.ts'
import type { Table } from './tools/table.ts'

const warmUps = 1000
const calls = 4000

/** Server that responds to every request with one payment, on a thread of its own so that its work is not measured. */
const startServer = async (response: string) => {
  const source = `
    const { parentPort, workerData } = require('node:worker_threads')
    const server = require('node:http').createServer((request, response) => {
      request.resume().on('end', () => response.writeHead(200, { 'Content-Type': 'application/json' }).end(workerData))
    })
    server.listen(0, '127.0.0.1', () => parentPort.postMessage(server.address().port))`
  const worker = new Worker(source, { eval: true, workerData: response })
  const [port] = (await once(worker, 'message')) as [number]
  return { baseUrl: `http://127.0.0.1:${port}/api/v1`, stop: () => worker.terminate() }
}

/** Median of the microseconds that each way to call takes. The ways take turns at random, call by call, so that the machine's moods hit all alike. */
const measure = async (ways: Record<string, () => Promise<unknown>>) => {
  const times = new Map(Object.keys(ways).map((name) => [name, [] as number[]]))
  for (let turn = -warmUps; turn < calls; turn++)
    for (const [name, call] of Object.entries(ways).sort(() => Math.random() - 0.5)) {
      const started = performance.now()
      await call()
      if (turn >= 0) times.get(name)!.push((performance.now() - started) * 1000)
    }
  return new Map([...times].map(([name, taken]) => [name, median(taken)]))
}

/** Bytes of a module with all it imports, minified, and then compressed. */
const sizesOf = async (source: string, folder = projectFolder) => {
  const { outputFiles } = await build({
    stdin: { contents: source, resolveDir: folder, loader: 'ts' },
    bundle: true,
    minify: true,
    format: 'esm',
    target: 'es2022',
    conditions: ['komoju-source'],
    write: false,
  })
  const { contents } = outputFiles[0]!
  return [contents.length, gzipSync(contents).length]
}

const heyVersion = '0.99.0'
/** Folder of the client that Hey API generates from the bundle with its defaults. */
const heyClient = async () => {
  const folder = await install(`@hey-api/openapi-ts@${heyVersion}`, 'typescript@5.9')
  const args = ['node_modules/@hey-api/openapi-ts/bin/run.js', '-i', resolve(projectFolder, 'generated/openapi.json'), '-o', 'client']
  await wallTime(args, folder)
  return folder
}

type Ways = Record<string, () => Promise<unknown>>

/** The same call by the client that Hey API generates. */
const heyWays = async (baseUrl: string, headers: object, body: object): Promise<Ways> => {
  const folder = await heyClient()
  // Node strips no types below node_modules.
  const outfile = resolve(folder, 'sdk.mjs')
  const contents = `export { createPayment } from './client/sdk.gen.ts'; export { client } from './client/client.gen.ts'`
  await build({ stdin: { contents, resolveDir: folder, loader: 'ts' }, bundle: true, format: 'esm', platform: 'node', outfile })
  const { client, createPayment } = await import(pathToFileURL(outfile).href)
  client.setConfig({ baseUrl, headers })
  return { [`Hey API ${heyVersion}`]: () => createPayment({ body, throwOnError: true }) }
}

const stripeVersion = '23.1.0'
/** A call of the same shape by stripe-node, which sends a form: over its default, Node's HTTP, and over `fetch`. */
const stripeWays = async (baseUrl: string): Promise<Ways> => {
  const folder = await install(`stripe@${stripeVersion}`)
  const { default: Stripe } = await import(pathToFileURL(resolve(folder, 'node_modules/stripe/esm/stripe.esm.node.js')).href)
  const { hostname: host, port } = new URL(baseUrl)
  const options = { host, port, protocol: 'http', telemetry: false, maxNetworkRetries: 2 }
  const order = {
    amount: 1000,
    currency: 'jpy',
    confirm: true,
    payment_method_data: { type: 'konbini', billing_details: { email: 'a@example.com' } },
  }
  const overHttp = new Stripe('sk_test_123', options)
  const overFetch = new Stripe('sk_test_123', { ...options, httpClient: Stripe.createFetchHttpClient() })
  return {
    [`stripe ${stripeVersion}, over node:http`]: () => overHttp.paymentIntents.create(order),
    [`stripe ${stripeVersion}, over fetch`]: () => overFetch.paymentIntents.create(order),
  }
}

/** Ways to call of packages that npm may fail to install here: then they are left out. */
const unlessMissing = (name: string, ways: Promise<Ways>): Promise<Ways> =>
  ways.catch((error: Error) => {
    console.error(`${name} is left out: ${error.message}`)
    return {}
  })

const timePerCall = async (): Promise<Table> => {
  const { request, responses } = operationsOf(readDocument()).find(({ operationId }) => operationId === 'createPayment')!
  const body = request!.examples.konbini!.value as { amount: 1000; currency: 'JPY'; payment_details: 'tok_1' }
  const server = await startServer(JSON.stringify(responses['200']!.body!.examples.konbini!.value))
  try {
    const { baseUrl } = server
    const headers = { Authorization: `Basic ${btoa('sk_123:')}` }
    const plain = createClient<paths>({ baseUrl, headers })
    const komoju = new Komoju({ secretKey: 'sk_123', baseUrl })
    const medians = await measure({
      fetch: async () => {
        const init = { method: 'POST', headers: { ...headers, 'Content-Type': 'application/json' }, body: JSON.stringify(body) }
        return (await fetch(`${baseUrl}/payments`, init)).json()
      },
      'openapi-fetch': () => plain.POST('/payments', { body }),
      'komoju.payments.create': () => komoju.payments.create(body),
      ...(await unlessMissing('Hey API', heyWays(baseUrl, headers, body))),
      ...(await unlessMissing('stripe', stripeWays(baseUrl))),
    })
    const base = medians.get('openapi-fetch')!
    return {
      title: 'Client: time per call',
      columns: ['call', 'µs', 'against openapi-fetch'],
      rows: [...medians].map(([name, median]) => [
        name,
        median.toFixed(0),
        `${median < base ? '' : '+'}${((median / base - 1) * 100).toFixed(1)} %`,
      ]),
      note: `One call after another against a plain loopback server; medians of ${calls} calls, taking turns. Retries, deadlines and idempotency keys are in ours and in stripe's, which creates a confirmed konbini payment intent from a form.`,
    }
  } finally {
    await server.stop()
  }
}

const createOnly = `({ amount: 1, currency: 'JPY', customer: '1' })`

const sizes = async (): Promise<Table> => {
  const modules: [name: string, source: string, folder?: string][] = [
    ['openapi-fetch', `export { default } from 'openapi-fetch'`],
    ['payments.create only', `import { Komoju } from 'komoju-openapi'; new Komoju({ secretKey: 'sk_1' }).payments.create${createOnly}`],
    ['komoju-openapi, without createKomojuClient', `export { Komoju, isKnownCode, verifyWebhook } from 'komoju-openapi'`],
    ['createKomojuClient only', `export { createKomojuClient } from 'komoju-openapi'`],
    ['komoju-openapi, everything', `export * from 'komoju-openapi'`],
  ]
  const folder = await heyClient().catch((error: Error) => void console.error(`Hey API is left out: ${error.message}`))
  if (folder)
    modules.push(
      [
        `Hey API ${heyVersion}, createPayment only`,
        `import { createPayment } from './client/sdk.gen.ts'; createPayment({ body: ${createOnly} })`,
        folder,
      ],
      [`Hey API ${heyVersion}, everything`, `export * from './client/sdk.gen.ts'; export * from './client/client.gen.ts'`, folder],
    )
  const rows: Table['rows'] = []
  for (const [name, source, resolveDir] of modules) {
    const [minified, compressed] = await sizesOf(source, resolveDir)
    rows.push([name, minified!, compressed!])
  }
  return {
    title: 'Client: size',
    columns: ['import', 'min, bytes', 'min + gzip, bytes'],
    rows,
    note: 'Bundled with esbuild for a browser; openapi-fetch is in createKomojuClient and in everything, and nowhere else. Retries, idempotency keys, deadlines, errors as classes and the check of webhooks are in ours only.',
  }
}

export const bench = async (): Promise<Table[]> => [await timePerCall(), await sizes()]

/** The unmodified Prism command serves the bundle: every JSON sample, by the key of its example. */
import { type ChildProcess, spawn } from 'node:child_process'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { freePort } from '../../scripts/tools/free-port.ts'
import { operationsOf, readDocument } from '../../src/document.ts'
import { exchange, sendValue } from './exchange.ts'
import pageSamples from './page-samples.json' with { type: 'json' }

const operations = operationsOf(readDocument())

let prism: ChildProcess
let origin: string
beforeAll(async () => {
  const port = await freePort()
  origin = `http://127.0.0.1:${port}`
  prism = spawn(process.execPath, [
    'node_modules/@stoplight/prism-cli/dist/index.js',
    'mock',
    'generated/openapi.yaml',
    '-p',
    String(port),
    '-h',
    '127.0.0.1',
  ])
  await new Promise<void>((resolve, reject) => {
    let output = ''
    const read = (chunk: Buffer) => {
      output += chunk
      if (output.includes('Prism is listening')) resolve()
    }
    prism.stdout!.on('data', read)
    prism.stderr!.on('data', read)
    prism.on('exit', () => reject(new Error(output)))
  })
})
afterAll(() => prism?.kill())

for (const { operation: operationId, method, path, body, response: sampleBody } of pageSamples)
  test(`${operationId} ${path}`, async () => {
    const operation = operations.find((known) => known.operationId === operationId)!
    const examples = operation.responses['200']!.body!.examples
    const key = Object.keys(examples).find((name) => JSON.stringify(examples[name]!.value) === JSON.stringify(sampleBody))!
    const url = origin + path.replace('/api/v1', '')
    const prefer = { prefer: `example=${key}` }
    const response = method === 'GET' ? await exchange(url, { headers: prefer }) : await sendValue(url, method, body, 'json', prefer)
    expect(response).toMatchObject({ status: 200 })
    expect(response.body).toEqual(sampleBody)
  })

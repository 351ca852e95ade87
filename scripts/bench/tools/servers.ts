/** The servers that are measured, and the request that they are measured with. */
import { writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { operationsOf, readDocument } from '../../../src/document.ts'
import { exampleKey } from '../../../src/example-key.ts'
import { projectFolder } from '../../build/step.ts'
import { install } from './install.ts'

/** Arguments of the Node program that serves, for a port. */
export type Command = (port: number) => string[]

/** createPayment by konbini, in JSON. */
export const headers = { authorization: `Basic ${btoa(`${exampleKey}:`)}`, 'content-type': 'application/json' }
const create = operationsOf(readDocument()).find(({ operationId }) => operationId === 'createPayment')!
export const body = JSON.stringify(create.request!.examples.konbini!.value)

/** A command of the project. */
export const ours =
  (command: string, ...more: string[]): Command =>
  (port) => [resolve(projectFolder, 'src/cli.ts'), command, '--port', String(port), '--quiet', ...more]

/** Prism's own command on the bundle. */
export const prism =
  (...more: string[]): Command =>
  (port) => [
    resolve(projectFolder, 'node_modules/@stoplight/prism-cli/dist/index.js'),
    ...['mock', 'generated/openapi.yaml', '-h', '127.0.0.1', '-p', String(port), ...more],
  ]

export const scalarVersion = '0.14.4'
/** Another mock from npm on the bundle. It is a library, so its few lines of server are written beside it. */
export const scalar = async (): Promise<Command> => {
  const folder = await install(`@scalar/mock-server@${scalarVersion}`, '@hono/node-server@1.19.19')
  const program = join(folder, 'serve.js')
  writeFileSync(
    program,
    `import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { createMockServer } from '@scalar/mock-server'
const document = JSON.parse(readFileSync(process.argv[2], 'utf8'))
serve({ fetch: (await createMockServer({ document })).fetch, hostname: '127.0.0.1', port: Number(process.argv[3]) })
`,
  )
  return (port) => [program, resolve(projectFolder, 'generated/openapi.json'), String(port)]
}

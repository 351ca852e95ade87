/** Dredd: sends what the document's examples say, and compares the responses with it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import qs from 'qs'
import { operationsOf, readDocument } from '../../../src/document.ts'
import { toOpenApi30 } from '../../artifacts/openapi30.ts'
import { install } from '../tools/install.ts'
import { authorization, bodyOf, type Peer, runProgram, steady, unknownId } from './peer.ts'

const version = '14.1.0'

/**
 * Installs Dredd.
 * @throws {Error} where that fails
 */
export const createDredd = async (): Promise<Peer> => {
  const packages = await install(`dredd@${version}`)
  return {
    name: 'Dredd',
    version,
    how:
      'It reads no 3.1, so it gets the document in 3.0; webhooks, `propertyNames` and `dependentRequired` are lost, and Dredd itself ' +
      'leaves out `allOf`, `anyOf`, bounds, lengths and patterns, and all examples but the first. Hooks give it the credentials, an id that ' +
      'exists for each request, the body of the example in JSON and as a form, and what provokes each 400, 401, 404 and 422.',
    run: async ({ url, ids, folder }) => {
      const { origin, pathname: base } = new URL(url)
      const description = join(folder, 'openapi30.json')
      const operations = operationsOf(readDocument()).map(({ operationId, method, path }) => {
        const bodies = { json: bodyOf(operationId), form: bodyOf(operationId) }
        return [`${method} ${path}`, { operationId, ...(bodies.json && { json: bodies.json, form: qs.stringify(bodies.form) }) }]
      })
      const setup = join(folder, 'setup.json')
      const results = join(folder, 'results.json')
      writeFileSync(description, JSON.stringify(toOpenApi30(readDocument())))
      writeFileSync(setup, JSON.stringify({ operations: Object.fromEntries(operations), ids, base, authorization, unknownId, results }))
      const { output } = await runProgram(
        process.execPath,
        [
          join(packages, 'node_modules/dredd/bin/dredd'),
          ...[description, origin, '--hookfiles', join(import.meta.dirname, 'dredd-hooks.cjs')],
          ...['--loglevel', 'error', '--no-color'],
        ],
        { cwd: folder, env: { PEER_SETUP: setup } },
      )
      if (!existsSync(results)) throw new Error(`Dredd came to no end:\n${output}`)
      const tests = JSON.parse(readFileSync(results, 'utf8')) as { name: string; failure?: string }[]
      const failures = tests.flatMap(({ name, failure }) => (failure === undefined ? [] : [steady(`${name}: ${failure}`)]))
      return { checks: tests.length, failures }
    },
  }
}

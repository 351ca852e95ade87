/** Portman: turns the document into a Postman collection with tests, and Newman runs it. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import qs from 'qs'
import { type Operation, operationsOf, readDocument } from '../../../src/document.ts'
import { projectFolder } from '../../build/step.ts'
import { install } from '../tools/install.ts'
import { bodyOf, type Peer, runProgram, secretKey, steady, unknownId } from './peer.ts'

const version = '1.33.0'

/** What Portman checks of each response: all it can. */
const contract = (openApiOperation: string) => ({
  openApiOperation,
  statusSuccess: { enabled: true },
  contentType: { enabled: true },
  jsonBody: { enabled: true },
  schemaValidation: { enabled: true },
  headersPresent: { enabled: true },
})

const all = '*::/*'
const withBody = ['POST::/*', 'PATCH::/*']
const withId = ['*::/payments/{id}', '*::/payments/{id}/*', '*::/accounts/{id}', '*::/accounts/{id}/*']

/** A rejection provoked by a change to every request of some kind. */
const rejection = (name: string, openApiOperation: string, status: string, change: object) => ({
  openApiOperation,
  openApiResponse: status,
  variations: [
    {
      name,
      ...change,
      tests: {
        contractTests: [
          {
            ...contract(openApiOperation),
            openApiResponse: status,
            statusSuccess: { enabled: false },
            statusCode: { enabled: true, code: Number(status) },
          },
        ],
      },
    },
  ],
})

/** A request as a form, which is the other encoding of the document. Portman names it in the header and sends JSON, so a script encodes it. */
const inForm = ({ operationId, method, path }: Operation, id: string | undefined) => {
  const form = qs.stringify(bodyOf(operationId))
  return {
    openApiOperationId: operationId,
    openApiRequest: 'application/x-www-form-urlencoded',
    openApiResponse: '200',
    variations: [
      {
        name: 'in a form',
        openApiRequest: 'application/x-www-form-urlencoded',
        overwrites: [{ overwriteRequestPathVariables: [{ key: 'id', value: id, insert: false }] }],
        operationPreRequestScripts: [{ scripts: [`pm.request.body.raw = ${JSON.stringify(form)}`] }],
        tests: { contractTests: [contract(`${method}::${path}`)] },
      },
    ],
  }
}

const on = { enabled: true }
const everyKind = { requiredFields: on, minimumNumberFields: on, maximumNumberFields: on, minLengthFields: on, maxLengthFields: on }

const operations = operationsOf(readDocument())

const configOf = (ids: Record<string, string[]>) => ({
  version: 1.0,
  tests: {
    contractTests: [contract(all)],
    variationTests: [
      rejection('without credentials', all, '401', { overwrites: [{ overwriteRequestSecurity: { other: { type: 'noauth' } } }] }),
      ...withId.map((operation) =>
        rejection('unknown id', operation, '404', { overwrites: [{ overwriteRequestPathVariables: [{ key: 'id', value: unknownId }] }] }),
      ),
      ...withBody.map((operation) =>
        rejection('unknown property', operation, '422', {
          overwrites: [{ overwriteRequestBody: [{ key: 'no_such_property', value: 'x' }] }],
        }),
      ),
      ...withBody.map((operation) => rejection('fuzzed', operation, '422', { fuzzing: [{ requestBody: [everyKind] }] })),
      ...withBody.map((operation) =>
        rejection('malformed JSON', operation, '400', { operationPreRequestScripts: [{ scripts: ["pm.request.body.raw = '{'"] }] }),
      ),
      ...operations.filter(({ request }) => request).map((operation) => inForm(operation, ids[operation.operationId]?.[1])),
      rejection('fuzzed', 'GET::/payments', '422', { fuzzing: [{ requestQueryParams: [everyKind] }] }),
    ],
  },
  overwrites: [
    ...Object.entries(ids).map(([openApiOperationId, [id]]) => ({
      openApiOperationId,
      overwriteRequestPathVariables: [{ key: 'id', value: id }],
    })),
    // The first would make each request a retry of the one before, the other is a failure asked for.
    { openApiOperation: all, overwriteRequestHeaders: ['X-KOMOJU-IDEMPOTENCY', 'Komoju-Scenario'].map((key) => ({ key, remove: true })) },
    { openApiOperationId: 'createAccount', overwriteRequestBody: [{ key: 'name', value: 'Portman {{$guid}}' }] },
  ],
  // These two take the place of `securityOverwrites`, which passes over an empty password.
  globals: { stripResponseExamples: true, collectionVariables: { basicAuthUsername: secretKey, basicAuthPassword: '' } },
})

/** Portman has Newman stop at the first failure, unless asked not to. */
const newmanOptions = (results: string) => ({ abortOnFailure: false, reporters: ['junit'], reporter: { junit: { export: results } } })

const unescaped = (text: string) =>
  text.replaceAll('&#xA;', ' ').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&')

/** Tests of a JUnit report, each named after its request. */
const testsOf = (junit: string) =>
  [...junit.matchAll(/<testsuite name="([^"]*)"[^>]*>([\s\S]*?)<\/testsuite>/g)].flatMap(([, request, suite]) =>
    [...suite!.matchAll(/<testcase name="([^"]*)"(?:[^>]*\/>|[^>]*>([\s\S]*?)<\/testcase>)/g)].map(([, test, inner]) => ({
      name: unescaped(`${request}: ${test!.replace(/^.* - /, '')}`),
      failure: inner === undefined ? undefined : unescaped(/message="([^"]*)"/.exec(inner)?.[1] ?? 'failed'),
    })),
  )

/**
 * Installs Portman.
 * @throws {Error} where that fails
 */
export const createPortman = async (): Promise<Peer> => {
  // It imports tslib and does not depend on it.
  const packages = await install(`@apideck/portman@${version}`, 'tslib@2.8.1')
  return {
    name: 'Portman',
    version,
    how:
      'Its collection has all contract tests and, as variations, requests without credentials, with an unknown id, an unknown property, ' +
      'malformed JSON and a form, and all that its fuzzing has. Overwrites give it ids that exist and take out the headers of the examples; ' +
      'Newman does not stop at the first failure.',
    alarms:
      'its fuzzing takes `propertyNames` and nested schemas for properties of the body, changes nothing there, and waits for a rejection; of the ' +
      'two sources of a payment it takes both for required',
    run: async ({ url, ids, folder }) => {
      const config = join(folder, 'portman.json')
      const results = join(folder, 'newman.xml')
      writeFileSync(config, JSON.stringify(configOf(ids)))
      const { output } = await runProgram(
        process.execPath,
        [
          join(packages, 'node_modules/@apideck/portman/bin/portman'),
          ...['-l', resolve(projectFolder, 'generated/openapi.yaml'), '-b', url, '-c', config, '-o', join(folder, 'collection.json')],
          ...['--runNewman', 'true', '--newmanRunOptions', JSON.stringify(newmanOptions(results))],
        ],
        { cwd: folder },
      )
      if (!existsSync(results)) throw new Error(`Portman came to no end:\n${output}`)
      const tests = testsOf(readFileSync(results, 'utf8'))
      const failures = tests.flatMap(({ name, failure }) => (failure === undefined ? [] : [steady(`${name}: ${failure}`)]))
      return { checks: tests.length, failures }
    },
  }
}

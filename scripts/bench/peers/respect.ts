/** Redocly Respect: follows the Arazzo description that Redocly generates from the document. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import qs from 'qs'
import { parse, stringify } from 'yaml'
import { operationsOf, readDocument } from '../../../src/document.ts'
import { projectFolder } from '../../build/step.ts'
import { authorization, bodyOf, type Peer, runProgram, steady, unknownId, versionOf } from './peer.ts'

const folder = resolve(projectFolder, 'node_modules/@redocly/cli')
const redocly = join(folder, 'bin/cli.js')

type Step = { stepId: string; operationId: string; [property: string]: unknown }
type Arazzo = { workflows: { workflowId: string; steps: Step[] }[] }

const operations = operationsOf(readDocument())

const form = 'application/x-www-form-urlencoded'

/**
 * Fills in what generation leaves open: credentials, ids, bodies as forms, and the rejections that a request can provoke.
 * Each request is a workflow of its own, for a workflow ends at its first failure.
 */
const completed = (arazzo: Arazzo, ids: Record<string, string[]>): Arazzo => ({
  ...arazzo,
  workflows: arazzo.workflows.flatMap(({ steps: [generated] }) => {
    // The scheme of the generated step rejects an empty password.
    const { 'x-security': _security, ...step } = generated!
    const { operationId, path, request } = operations.find((operation) => step.operationId.endsWith(`.${operation.operationId}`))!
    const hasId = path.includes('{id}')
    const [first, second] = ids[operationId] ?? []
    const inPath = (value: string | undefined) => (hasId ? [{ name: 'id', in: 'path', value }] : [])
    const credentials = { name: 'Authorization', in: 'header', value: authorization }
    const sent = (contentType: string, more: object = {}) => {
      const body = { ...bodyOf(operationId), ...more }
      // Respect itself has no brackets for what is nested in a form.
      return request ? { requestBody: { contentType, payload: contentType === form ? qs.stringify(body) : body } } : {}
    }
    const json = sent('application/json')
    const workflow = (name: string, status: number, change: object) => ({
      workflowId: `${operationId}-${name}`,
      steps: [{ ...step, stepId: `${operationId}-${name}`, ...change, successCriteria: [{ condition: `$statusCode == ${status}` }] }],
    })
    return [
      workflow('json', 200, { ...json, parameters: [credentials, ...inPath(first)] }),
      workflow('without-credentials', 401, { ...json, parameters: inPath(first) }),
      ...(hasId ? [workflow('unknown-id', 404, { ...json, parameters: [credentials, ...inPath(unknownId)] })] : []),
      ...(request
        ? [
            workflow('form', 200, { ...sent(form), parameters: [credentials, ...inPath(second)] }),
            workflow('unknown-property', 422, {
              ...sent('application/json', { no_such_property: 'x' }),
              parameters: [credentials, ...inPath(first)],
            }),
          ]
        : []),
    ]
  }),
})

type Results = {
  files: Record<
    string,
    { executedWorkflows: { executedSteps: { stepId: string; checks: { name: string; passed: boolean; message?: string }[] }[] }[] }
  >
}

/** Takes Respect as the project has it. */
export const createRespect = (): Peer => ({
  name: 'Redocly Respect',
  version: versionOf(folder),
  how:
    'It follows the Arazzo description that `redocly generate-arazzo` writes of the document. That has one request an operation; ids that ' +
    'exist, the `Authorization` header (its own scheme rejects an empty password), a request in a form, and one each for 401, 404 and 422 ' +
    'are added.',
  run: async ({ url, ids, folder: own }) => {
    const arazzo = join(own, 'generated.arazzo.yaml')
    const results = join(own, 'respect.json')
    const description = join(own, 'openapi.yaml')
    const document = parse(readFileSync(resolve(projectFolder, 'generated/openapi.yaml'), 'utf8'))
    writeFileSync(description, stringify({ ...document, servers: [{ url }] }, { aliasDuplicateObjects: false }))
    await runProgram(process.execPath, [redocly, 'generate-arazzo', description, '-o', arazzo], { cwd: own })
    writeFileSync(arazzo, stringify(completed(parse(readFileSync(arazzo, 'utf8')) as Arazzo, ids), { aliasDuplicateObjects: false }))
    const { output } = await runProgram(process.execPath, [redocly, 'respect', arazzo, '--json-output', results], { cwd: own })
    if (!existsSync(results)) throw new Error(`Respect came to no end:\n${output}`)
    const { files } = JSON.parse(readFileSync(results, 'utf8')) as Results
    const tests = Object.values(files)
      .flatMap(({ executedWorkflows }) => executedWorkflows.flatMap(({ executedSteps }) => executedSteps))
      .flatMap(({ stepId, checks }) => checks.map((check) => ({ ...check, name: `${stepId}: ${check.name}` })))
    const failures = tests.flatMap(({ name, passed, message }) => (passed ? [] : [steady(`${name}: ${message}`)]))
    return { checks: tests.length, failures }
  },
})

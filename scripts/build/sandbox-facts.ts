/** Build step: how the sandbox plays each payment method, from the `sandbox.yaml` in the method's folder. */
import { existsSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'
import { isJsonObject, type JsonObject } from '../../src/json-object.ts'
import { readYaml } from './read-yaml.ts'
import { BuildError, projectFolder, runStep, shown, writeWhole } from './step.ts'

const flows = ['card', 'prepaid', 'cash', 'redirect']
const deadlineEnds = ['end_of_day', 'same_time']

type Check = { key: string; isRequired?: boolean; accepts: (value: unknown) => boolean; example: string }

const isDeadline = (value: unknown) =>
  isJsonObject(value) && Number.isInteger(value.days) && deadlineEnds.includes(String(value.at)) && Object.keys(value).length === 2

const checks: Check[] = [
  { key: 'flow', isRequired: true, accepts: (value) => flows.includes(String(value)), example: `one of ${flows.join(', ')}` },
  { key: 'deadline', accepts: isDeadline, example: '{ days: 7, at: end_of_day }' },
  { key: 'generated', accepts: isJsonObject, example: '{ receipt: "####" }' },
  { key: 'nullWhere', accepts: isJsonObject, example: '{ confirmation_code: { store: [seven-eleven] } }' },
  { key: 'fromRequest', accepts: isJsonObject, example: '{ provider: brand }' },
]

/** @throws {BuildError} for a file that is missing, is not YAML, or says something that the sandbox does not know */
const readFacts = (file: string): JsonObject => {
  if (!existsSync(file))
    throw new BuildError(`${shown(file)} is missing. Say in it how the sandbox plays the method, at least \`flow: redirect\`.`)
  const facts = readYaml(file)
  if (!isJsonObject(facts)) throw new BuildError(`${shown(file)} is empty. Write at least \`flow: redirect\`.`)
  for (const { key, isRequired = false, accepts, example } of checks)
    if (key in facts ? !accepts(facts[key]) : isRequired) throw new BuildError(`${shown(file)}: ${key} must be like ${example}.`)
  const unknown = Object.keys(facts).find((key) => checks.every((check) => check.key !== key))
  if (unknown !== undefined)
    throw new BuildError(`${shown(file)}: ${unknown} is not known. Known are ${checks.map(({ key }) => key).join(', ')}.`)
  return facts
}

/**
 * Collects what the sandbox needs to know of each payment method.
 * @param spec folder of the hand-written source
 * @returns text of sandbox.json
 * @throws {BuildError} for a method without a `sandbox.yaml`, and for one that does not make sense
 */
export const sandboxFactsOf = (spec: string): string => {
  const union = resolve(spec, 'components/schemas/PaymentDetailsRequest.yaml')
  const { oneOf } = readYaml(union) as { oneOf: { $ref: string }[] }
  const methods = oneOf.map(({ $ref }) => {
    const folder = dirname(resolve(dirname(union), $ref))
    return [relative(resolve(spec, 'payment-methods'), folder), readFacts(resolve(folder, 'sandbox.yaml'))]
  })
  return `${JSON.stringify({ methods: Object.fromEntries(methods) }, null, 2)}\n`
}

if (import.meta.main)
  await runStep(() => writeWhole(resolve(projectFolder, 'generated/sandbox.json'), sandboxFactsOf(resolve(projectFolder, 'spec'))))

/** Runs the kit on the second server with a fault, and says what its report names first. */
import { type Cause, causesOf } from '../../../src/contract/report/causes.ts'
import { type Finding, keyOfFinding } from '../../../src/contract/report/run-report.ts'
import type { ContractOptions } from '../../../src/contract/run/options.ts'
import { runContract } from '../../../src/contract/run/run.ts'
import { isStrict } from './apt.ts'
import type { Fault, FaultKind } from './faults.ts'
import { createSecondServer } from './server.ts'

/** Checks that a kind of fault can show in, so that a test need not run all of them. */
const checksOfKind: Record<FaultKind, string[]> = {
  'side effects': ['journeys', 'accounts', 'lists'],
  decimals: ['decimals', 'cents', 'tax', 'yen', 'createPayment rejects every wrong parameter'],
  bounds: ['bounds', 'every currency', 'every optional property', 'accounts', 'acceptServiceAgreement works', 'lists'],
  'mass assignment': ['not its own', 'only KOMOJU sets', 'rejects every wrong parameter'],
  text: ['text', 'bounds', 'names', 'spelling', 'journeys', 'accounts'],
  lifecycle: ['journeys', 'examples'],
  robustness: ['http', 'createPayment rejects every wrong parameter'],
  idempotency: ['idempotency', 'retry', 'key'],
  'credentials and ids': ['credentials', 'ids', 'lists', 'wrong filter'],
  'failures asked for': ['fail as', 'brands', 'lists'],
  time: ['examples', 'journeys', 'accounts', 'lists'],
  encoding: ['examples', 'journeys', 'hostile text'],
  attribution: ['journeys', 'accounts', 'lists'],
  ordinary: ['examples', 'journeys', 'accounts', 'credentials', 'ids', 'lists', 'rejects every wrong parameter'],
}

/** What concerns the details of a payment method shows in the checks of wrong details. */
const aboutDetails = /bounds$|^phone|^stores|^required|^refund request parameters/

const wordsFor = ({ kind, breaks, operation }: Fault): string[] => [
  ...checksOfKind[kind],
  ...(kind === 'bounds' ? [`${operation} rejects every wrong parameter`] : []),
  ...(operation === 'createPayment' && aboutDetails.test(breaks)
    ? ['credit_card', 'konbini', 'bank_transfer', 'net_cash', 'web_money'].map((type) => `wrong detail of ${type}`)
    : []),
]

/** Runs the kit on a server, right or with a fault. */
const findingsOf = async (fault: string | undefined, options: Partial<ContractOptions>): Promise<Finding[]> => {
  const server = await createSecondServer(fault === undefined ? {} : { fault })
  const [secretKey = '', otherSecretKey] = server.secretKeys
  try {
    const { url, payUrl, fetch } = server
    return (await runContract({ url, secretKey, otherSecretKey, payUrl, seed: 1, fetch, ...options })).findings
  } finally {
    await server.close()
  }
}

/** Keys of what the right server decides more leniently than `--strict` asks for, by the options of the run. */
const lenient = new Map<string, Promise<Set<string>>>()

/** What only the fault shows. */
const findingsOfFault = async (fault: Fault, options: Partial<ContractOptions>) => {
  const found = await findingsOf(fault.name, options)
  if (!options.strict) return found
  const key = JSON.stringify(options)
  const known = lenient.get(key) ?? findingsOf(undefined, options).then((findings) => new Set(findings.map(keyOfFinding)))
  lenient.set(key, known)
  const keys = await known
  return found.filter((finding) => !keys.has(keyOfFinding(finding)))
}

/**
 * Runs the kit on the second server with a fault.
 * @returns the causes in the order of the report, empty where nothing was found
 */
export const huntOnSecondServer = async (fault: Fault): Promise<Cause[]> => {
  // Forms have checks of their own, which repeat those of JSON, but for half of the time zones.
  const skip = fault.breaks === 'form encoding' || fault.breaks === 'time zones' ? [] : ['form', 'generated']
  return causesOf(await findingsOfFault(fault, { only: wordsFor(fault), skip, strict: isStrict(fault) }))
}

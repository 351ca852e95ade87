/** The contract kit, which names the packages that it misses. */
import { loadExport } from '../load-export.ts'
import type * as Suite from './suite.ts'

export type { Coverage, Finding, NotChecked, Verdict } from './report/run-report.ts'
export type { ContractOptions, Estimate } from './run/options.ts'
export type { SuiteOptions } from './suite.ts'

const suite = await loadExport('komoju-openapi/contract', 'contract', () => import('./suite.ts'))

/**
 * Registers every check of the contract as a test. A check that the target makes impossible is a skipped test, with the reason.
 * @throws {OptionsError} when the tests start, where an option makes no sense
 * @example
 * let url: string
 * beforeAll(async () => { url = await startMyServer() })
 * contract({ url: () => url, secretKey: 'sk_test_123' })
 */
export const contract: typeof Suite.contract = suite.contract

/** Runs the contract outside a test suite. */
export const runContract: typeof Suite.runContract = suite.runContract

/** Option that makes no sense. */
export const OptionsError: typeof Suite.OptionsError = suite.OptionsError
export type OptionsError = Suite.OptionsError

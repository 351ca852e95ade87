/** The verdicts of all shards as the verdict of one run. */

import { readFileSync } from 'node:fs'
import { asError } from '../../as-error.ts'
import { OptionsError } from '../run/options.ts'
import {
  type Coverage,
  type Finding,
  joinedFinding,
  keyOfCoverage,
  keyOfFinding,
  keyOfNotChecked,
  type NotChecked,
  sortedBy,
  type Verdict,
} from './run-report.ts'

/**
 * Reads the JSON report of a run.
 * @throws {OptionsError} for a file that is none
 */
export const readVerdict = (file: string): Verdict => {
  try {
    const verdict = JSON.parse(readFileSync(file, 'utf8')) as Verdict
    if (!Array.isArray(verdict.coverage) || !Array.isArray(verdict.ran)) throw new Error('it is no JSON report of the contract tests')
    return verdict
  } catch (error) {
    throw new OptionsError(`Cannot read ${file}: ${asError(error).message}.`)
  }
}

/** Puts together what has the same key, and everything in the order of keys. */
const joined = <Item>(items: Item[], keyOf: (item: Item) => string, join: (one: Item, other: Item) => Item): Item[] => {
  const byKey = new Map<string, Item>()
  for (const item of items) {
    const known = byKey.get(keyOf(item))
    byKey.set(keyOf(item), known ? join(known, item) : item)
  }
  return sortedBy(byKey.values(), keyOf)
}

const findingsOf = (verdicts: Verdict[]): Finding[] =>
  joined(
    verdicts.flatMap(({ findings }) => findings),
    keyOfFinding,
    joinedFinding,
  )

/** Rows of several shards. A check that is in every shard, as those of lists are, makes the same cases in each: they count once. */
const coverageOf = (verdicts: Verdict[]): Coverage[] =>
  joined(
    verdicts.flatMap(({ coverage }) => coverage),
    keyOfCoverage,
    (one, other) => ({ ...one, checked: Math.max(one.checked, other.checked), failed: Math.max(one.failed, other.failed) }),
  )

/** What no shard could check. A list that one shard could not read, another may have read. */
const notCheckedOf = (verdicts: Verdict[]): NotChecked[] => {
  const isWhole = ({ ran, notChecked }: Verdict, name: string) => ran.includes(name) && !notChecked.some(({ check }) => check === name)
  return joined(
    verdicts.flatMap(({ notChecked }) => notChecked),
    keyOfNotChecked,
    (one) => one,
  ).filter(({ check }) => !verdicts.some((verdict) => isWhole(verdict, check)))
}

/**
 * Makes the verdicts of all shards one. Its findings, its checks and its coverage are those of a run in one piece with the same seed;
 * only the number of requests is larger, since each shard finds out what the target can do, and looks at lists.
 * @throws {OptionsError} where a shard is missing or there twice, or where they are parts of different runs
 */
export const mergeVerdicts = (verdicts: Verdict[]): Verdict => {
  const [first] = verdicts
  const { of } = first?.shard ?? { of: 0 }
  if (!first || of === 0) throw new OptionsError('These are no reports of shards. Run each part with --shard and --report json.')
  for (const { shard, seed, target } of verdicts) {
    if (shard?.of !== of || seed !== first.seed)
      throw new OptionsError(
        `The shards are parts of different runs: ${of} parts with seed ${first.seed}, ${shard?.of ?? 1} with seed ${seed}.`,
      )
    if (target !== first.target) console.error(`The shards tested different addresses: ${first.target} and ${target}.`)
  }
  const numbers = verdicts.map(({ shard }) => shard?.number ?? 0)
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter((number) => !numbers.includes(number))
  if (missing.length > 0) throw new OptionsError(`Of ${of} shards, the report of ${missing.join(', ')} is missing.`)
  if (numbers.length > of) throw new OptionsError('A shard is there twice. Give one report for each.')

  const begin = Math.min(...verdicts.map(({ startedAt }) => Date.parse(startedAt)))
  const end = Math.max(...verdicts.map(({ startedAt, duration }) => Date.parse(startedAt) + duration))
  const notes = [...new Set(verdicts.flatMap((verdict) => verdict.notes ?? []))]
  const ran = [...new Set(verdicts.flatMap((verdict) => verdict.ran))].sort()
  return {
    target: first.target,
    runId: verdicts.map(({ runId }) => runId).join(', '),
    seed: first.seed,
    startedAt: new Date(begin).toISOString(),
    duration: end - begin,
    requests: verdicts.reduce((sum, { requests }) => sum + requests, 0),
    checks: ran.length,
    ran,
    ...(verdicts.some(({ isQuick }) => isQuick) && { isQuick: true as const }),
    findings: findingsOf(verdicts),
    ...(notes.length > 0 && { notes }),
    notChecked: notCheckedOf(verdicts),
    coverage: coverageOf(verdicts),
    stopped: verdicts.some(({ stopped }) => stopped),
  }
}

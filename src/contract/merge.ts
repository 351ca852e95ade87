/** The verdicts of all shards as the verdict of one run. */
import { readFileSync } from 'node:fs'
import { OptionsError } from './options.ts'
import { type Coverage, type Finding, keyOfFinding, type NotChecked, type Verdict } from './verdict.ts'

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
    throw new OptionsError(`Cannot read ${file}: ${(error as Error).message}.`)
  }
}

/** Puts together what has the same key. */
const joined = <Item>(items: Item[], keyOf: (item: Item) => string, join: (one: Item, other: Item) => Item): Item[] => {
  const byKey = new Map<string, Item>()
  for (const item of items) {
    const known = byKey.get(keyOf(item))
    byKey.set(keyOf(item), known ? join(known, item) : item)
  }
  return [...byKey.values()]
}

const findingsOf = (verdicts: Verdict[]): Finding[] =>
  joined(
    verdicts.flatMap(({ findings }) => findings),
    keyOfFinding,
    (one, other) => ({ ...one, times: one.times + other.times }),
  )

const coverageOf = (verdicts: Verdict[]): Coverage[] =>
  joined(
    verdicts.flatMap(({ coverage }) => coverage),
    ({ operationId, rule, status, encoding, paymentMethod }) => JSON.stringify([operationId, rule, status, encoding, paymentMethod]),
    (one, other) => ({ ...one, checked: one.checked + other.checked, failed: one.failed + other.failed }),
  )

/** What no shard could check. A list that one shard could not read, another may have read. */
const notCheckedOf = (verdicts: Verdict[]): NotChecked[] => {
  const isWhole = ({ ran, notChecked }: Verdict, name: string) => ran.includes(name) && !notChecked.some(({ check }) => check === name)
  return joined(
    verdicts.flatMap(({ notChecked }) => notChecked),
    ({ check, reason }) => JSON.stringify([check, reason]),
    (one) => one,
  ).filter(({ check }) => !verdicts.some((verdict) => isWhole(verdict, check)))
}

/**
 * Makes the verdicts of all shards one. Its findings and its cases of coverage are those of a run in one piece;
 * how often lists were checked differs, since each shard looks at them.
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
  const numbers = verdicts.map(({ shard }) => shard!.number)
  const missing = Array.from({ length: of }, (_, index) => index + 1).filter((number) => !numbers.includes(number))
  if (missing.length > 0) throw new OptionsError(`Of ${of} shards, the report of ${missing.join(', ')} is missing.`)
  if (numbers.length > of) throw new OptionsError('A shard is there twice. Give one report for each.')

  const begin = Math.min(...verdicts.map(({ startedAt }) => Date.parse(startedAt)))
  const end = Math.max(...verdicts.map(({ startedAt, duration }) => Date.parse(startedAt) + duration))
  const ran = [...new Set(verdicts.flatMap((verdict) => verdict.ran))]
  return {
    target: first.target,
    runId: verdicts.map(({ runId }) => runId).join(', '),
    seed: first.seed,
    startedAt: new Date(begin).toISOString(),
    duration: end - begin,
    requests: verdicts.reduce((sum, { requests }) => sum + requests, 0),
    checks: ran.length,
    ran,
    findings: findingsOf(verdicts),
    notChecked: notCheckedOf(verdicts),
    coverage: coverageOf(verdicts),
    stopped: verdicts.some(({ stopped }) => stopped),
  }
}

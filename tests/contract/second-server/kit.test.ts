/** The kit on a right server that nobody made from the sandbox: nothing is found on it, nor on its fair variants; its faults are. */
import { describe, expect, test } from 'vitest'
import { notFair } from '../../../scripts/faults/second-server/apt.ts'
import { fairVariants } from '../../../scripts/faults/second-server/fair.ts'
import { createSecondServer } from '../../../scripts/faults/second-server/server.ts'
import type { ContractOptions } from '../../../src/contract/run/options.ts'
import { runContract } from '../../../src/contract/run/run.ts'
import { areFair } from '../faults/together.ts'

/** @param isInProcess whether requests take no network, which costs twice as much as everything else */
const judge = async (fair: string[], isInProcess: boolean, options: Partial<ContractOptions>) => {
  const server = await createSecondServer({ fair })
  const { url, payUrl } = server
  const [secretKey = '', otherSecretKey] = server.secretKeys
  try {
    const target = { url, payUrl, secretKey, otherSecretKey, seed: 1, ...(isInProcess && { fetch: server.fetch }) }
    const { findings } = await runContract({ ...target, ...options })
    return findings.map(({ operationId, rule, message }) => `${operationId} ${rule}: ${message}`)
  } finally {
    await server.close()
  }
}

describe('the right server', () => {
  test.each([1, 2])('has no findings with seed %i', { timeout: 120_000 }, async (seed) => {
    expect(await judge([], false, { seed })).toEqual([])
  })
  test('has none with what the command knows at least', { timeout: 120_000 }, async () => {
    expect(await judge([], false, { otherSecretKey: undefined, payUrl: undefined })).toEqual([])
  })
  test('has some that are stricter than asked', { timeout: 120_000 }, async () => {
    const server = await createSecondServer()
    const verdict = await runContract({
      url: server.url,
      secretKey: server.secretKeys[0] ?? '',
      seed: 1,
      strict: true,
      only: ['rejections'],
    })
    await server.close()
    expect(verdict.findings.length).toBeGreaterThan(20)
    expect(verdict.findings.every(({ isStricter }) => isStricter)).toBe(true)
  })
})

describe('a fair variant', () => {
  const names = fairVariants.map(({ name }) => name).filter((name) => !(name in notFair))
  test('is meant by each exception', () => {
    expect(Object.keys(notFair).filter((name) => !fairVariants.some((variant) => variant.name === name))).toEqual([])
    expect(names.length).toBeGreaterThanOrEqual(60)
  })
  const alone = ['smallest-units', 'short-cards-are-declined', 'second-cards-are-rejected']
  /** Those that a client in the same process does not see. */
  const ofTheNetwork = ['connections-end', 'header-names-in-lower-case', 'responses-are-chunked']
  const withoutRepetition = { skip: ['generated', 'wrong detail of'] }
  areFair(
    names.filter((name) => ofTheNetwork.includes(name)).map((name) => [name, name]),
    [],
    1,
    (some) => judge(some, false, withoutRepetition),
  )
  areFair(
    names.filter((name) => !ofTheNetwork.includes(name)).map((name) => [name, name]),
    alone,
    6,
    (some) => judge(some, true, withoutRepetition),
  )
})

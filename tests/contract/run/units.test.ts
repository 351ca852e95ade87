/** A target that counts dollars in cents is right: the report says so, and the checks of cents follow. */
import { describe, expect, test } from 'vitest'
import { inProcess } from '../../../scripts/faults/hunt.ts'
import { createSecondServer } from '../../../scripts/faults/second-server/server.ts'
import { createTarget, type Middleware, parsed, responding } from '../../../scripts/faults/target.ts'
import { htmlReport } from '../../../src/contract/report/html.ts'
import { mergeVerdicts } from '../../../src/contract/report/merge.ts'
import { verdictText } from '../../../src/contract/report/text.ts'
import type { ContractOptions } from '../../../src/contract/run/options.ts'
import { runContract } from '../../../src/contract/run/run.ts'
import { createSandbox } from '../../../src/server/sandbox/sandbox.ts'

const note = 'The target counts EUR, TWD, and USD in cents: 1050 are 10.50.'

/** Runs the kit on a sandbox that counts in the smallest unit. */
const onMinorSandbox = async (proxy?: Middleware, options: Partial<ContractOptions> = {}) => {
  const sandbox = await createSandbox({ amounts: 'minor' })
  const target = await createTarget(proxy, sandbox)
  const verdict = await runContract({ ...inProcess(target), ...options })
  await target.close()
  await sandbox.close()
  return verdict
}

describe('a target that counts in cents', () => {
  test('has no findings, everything is checked, and every report says how it counts', { timeout: 120_000 }, async () => {
    const verdict = await onMinorSandbox()
    expect(verdict).toMatchObject({ findings: [], notChecked: [], notes: [note] })
    expect(verdictText(verdict).split('\n').at(-2)).toBe(note)
    expect(htmlReport(verdict)).toContain(`<p>${note}</p>`)
  })

  test('has none where it was written from the pages alone', { timeout: 120_000 }, async () => {
    const server = await createSecondServer({ fair: ['smallest-units'] })
    const [secretKey = ''] = server.secretKeys
    const verdict = await runContract({ url: server.url, secretKey, payUrl: server.payUrl, seed: 1, skip: ['wrong detail of'] })
    await server.close()
    expect(verdict).toMatchObject({ findings: [], notes: [note] })
  })

  test('is found out where it loses cents', { timeout: 60_000 }, async () => {
    const losesCents: Middleware = async (request, next) => {
      const response = await next(request)
      if (request.operationId !== 'createPayment' || response.status !== 200) return response
      const payment = parsed(response)
      return payment.amount === 10025 ? responding(response, { ...payment, amount: 10000, total: Number(payment.total) - 25 }) : response
    }
    const { findings } = await onMinorSandbox(losesCents, { only: ['with cents'] })
    expect(findings.map(({ rule, message }) => `${rule}: ${message}`)).toContain(
      'request.echo: Asked for 10025 and a tax of 1055 USD, got 10000 and 1055.',
    )
  })

  test('is told in the report on its shards', { timeout: 60_000 }, async () => {
    const part = (number: number) => onMinorSandbox(undefined, { only: ['credentials'], shard: { number, of: 2 } })
    expect(mergeVerdicts([await part(1), await part(2)]).notes).toEqual([note])
  })
})

test('a target that counts in dollars gets no note', async () => {
  const target = await createTarget()
  const verdict = await runContract({ ...inProcess(target), only: ['with cents'] })
  await target.close()
  expect(verdict.findings).toEqual([])
  expect('notes' in verdict).toBe(false)
})

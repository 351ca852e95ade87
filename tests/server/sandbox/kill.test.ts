/** `kill -9` at 50 random moments under load: nothing acknowledged is lost, nothing half-made shows, and the next start is quick. */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { afterAll, expect, test } from 'vitest'
import type { Payment, PaymentList } from '../../../generated/schema.d.ts'
import { createClient } from './client.ts'
import { keepsLaws } from './laws.ts'

const kills = 50
const folder = mkdtempSync(join(tmpdir(), 'komoju-kill-'))
const running = new Set<ChildProcess>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
  rmSync(folder, { recursive: true, force: true })
})

/** Starts the command on the file and waits until it says where it listens. */
const start = async () => {
  const child = spawn(process.execPath, ['src/cli.ts', 'sandbox', '--port', '0', '--quiet', '--db', join(folder, 'state.sqlite')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  let output = ''
  for await (const chunk of child.stdout) {
    output += chunk
    const origin = /^Sandbox +(\S+)\/api\/v1$/m.exec(output)?.[1]
    if (origin) return { child, api: createClient(origin) }
  }
  throw new Error(`The sandbox did not start: ${output}`)
}
const kill = async (child: ChildProcess) => {
  const ended = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await ended
  running.delete(child)
}

const body = {
  amount: 1000,
  tax: 0,
  currency: 'JPY',
  payment_details: { type: 'credit_card', number: '4111111111111111', month: 1, year: 2030, name: 'Taro' },
}

test('50 × kill -9', { timeout: 600_000 }, async () => {
  /** What was acknowledged: refunds by payment. */
  const acknowledged = new Map<string, string[]>()
  /** Payments of which an without a response request may have changed something. */
  const uncertain = new Set<string>()
  let returned = 0

  const work = async (api: ReturnType<typeof createClient>, round: number, client: number) => {
    for (let step = 0; ; step++) {
      const headers = { 'X-KOMOJU-IDEMPOTENCY': `${round}-${client}-${step}` }
      const { id } = (await api.ok('POST', '/payments', body, { headers })) as Payment
      acknowledged.set(id, [])
      returned++
      uncertain.add(id)
      const { refunds } = (await api.ok('POST', `/payments/${id}/refund`, { amount: 100 })) as Payment
      acknowledged.set(id, refunds.map((refund) => refund.id)) // biome-ignore format: one line
      uncertain.delete(id)
      returned++
    }
  }

  for (let round = 0; round < kills; round++) {
    const { child, api } = await start()
    // What the process before acknowledged is there, whole.
    const list = (await api.ok('GET', '/payments?per_page=20')) as PaymentList
    for (const payment of list.data) keepsLaws(payment)
    for (const [id, refunds] of [...acknowledged].slice(-40)) {
      const payment = (await api.ok('GET', `/payments/${id}`)) as Payment
      keepsLaws(payment)
      const kept = payment.refunds.map((refund) => refund.id)
      if (uncertain.has(id)) expect(kept.length).toBeLessThanOrEqual(1)
      else expect(kept).toEqual(refunds)
    }
    const workers = Promise.allSettled([0, 1, 2, 3].map((client) => work(api, round, client)))
    await setTimeout(100 + Math.random() * 200)
    await kill(child)
    await workers
  }

  const { child, api } = await start()
  for (let page = 1; ; page++) {
    const list = (await api.ok('GET', `/payments?per_page=500&page=${page}`)) as PaymentList
    for (const payment of list.data) {
      keepsLaws(payment)
      const refunds = acknowledged.get(payment.id)
      if (refunds && !uncertain.has(payment.id)) expect(payment.refunds.map(({ id }) => id)).toEqual(refunds)
      acknowledged.delete(payment.id)
    }
    if (page >= list.last_page) break
  }
  expect([...acknowledged.keys()], 'acknowledged and lost').toEqual([])
  await kill(child)
  expect(returned, 'changes acknowledged').toBeGreaterThan(kills)
})

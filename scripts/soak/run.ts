/** A soak of a sandbox on one storage. */
import { setTimeout } from 'node:timers/promises'
import type { PostgresServer } from '../tools/postgres.ts'
import { Book } from './book.ts'
import { createClient, type Figures, newFigures } from './client.ts'
import { createMerchant } from './merchant.ts'
import { Problems } from './problems.ts'
import { createReceiver, type Receiver } from './receiver.ts'
import { type StorageName, startSandbox } from './server.ts'

/** Between two looks at how many requests are due. */
const tickMs = 20
/** Requests under way at most: a server that is slower than the rate gets fewer. */
const maxUnderWay = 64
/** How long the first webhook has, after the last request, for what it has not got yet. */
const maxDeliveryMs = 60_000
/** Share of the requests of one merchant that fail because it has asked for that. */
const errorRate = 0.02

/** What the process holds at a time. */
export type Sample = { minutes: number; heap: number; resident: number }

export type SoakResult = {
  storage: StorageName
  minutes: number
  figures: Figures
  payments: number
  deliveries: Record<string, number>
  samples: Sample[]
  problems: Problems
}

export type SoakOptions = {
  storage: StorageName
  minutes: number
  /** Requests per second. */
  rate: number
  /** How often the memory is measured, in equal parts of the time. */
  marks: number
  /** Ends the traffic early; what follows it is done all the same. */
  signal: AbortSignal
  folder: string
  postgres: PostgresServer | undefined
  progress: (sample: Sample) => void
}

/** Does something over and over, so many times a second, until the time is over. Returns when nothing is under way any more. */
const atRate = async (rate: number, endMs: number, signal: AbortSignal, act: () => Promise<unknown>) => {
  const underWay = new Set<Promise<unknown>>()
  const started = performance.now()
  let done = 0
  while (performance.now() - started < endMs && !signal.aborted) {
    const due = ((performance.now() - started) / 1000) * rate
    // What could not be sent in time is not made up for.
    if (due - done > maxUnderWay) done = due - maxUnderWay
    for (; done < due && underWay.size < maxUnderWay; done++) {
      const action = act().finally(() => underWay.delete(action))
      underWay.add(action)
    }
    await setTimeout(tickMs)
  }
  await Promise.all(underWay)
}

const waitForDeliveries = async (books: Book[], { announced }: Receiver, problems: Problems) => {
  // A payment that is pending has had no event yet.
  const isMissing = () => books.flatMap(({ payments }) => payments).filter(({ id, status }) => status !== 'pending' && !announced.has(id))
  for (const started = performance.now(); performance.now() - started < maxDeliveryMs && isMissing().length > 0; ) await setTimeout(500)
  const [missing, ...more] = isMissing()
  if (missing) problems.add('payments have no event at the webhook that receives', `${missing.id} and ${more.length} others`)
}

/** Runs mixed traffic of three merchants against a new sandbox, and verifies at the end what came of it. */
export const soak = async ({ storage, minutes, rate, marks, signal, folder, postgres, progress }: SoakOptions): Promise<SoakResult> => {
  const [figures, problems, samples] = [newFigures(), new Problems(), [] as Sample[]]
  const receiver = await createReceiver()
  const sandbox = await startSandbox(storage, { folder, postgres, webhookUrls: receiver.urls })
  const started = performance.now()
  const minutesSince = () => (performance.now() - started) / 60_000
  const sample = async () => {
    const { heap, resident } = await sandbox.measure()
    samples.push({ minutes: minutesSince(), heap, resident })
    progress(samples.at(-1)!)
  }
  try {
    const clients = [1, 2, 3].map((number) => createClient(sandbox.origin, `sk_soak_${number}`, figures, problems))
    const books = clients.map(() => new Book(problems))
    const merchants = clients.map((send, index) => createMerchant({ name: `soak-${index}`, send, book: books[index]!, problems }))
    const setFaults = (share: number) => clients[2]!({ path: '/sandbox/faults', method: 'POST', fields: { error_rate: share } })
    await setFaults(errorRate)
    let turn = 0
    for (let mark = 0; mark < marks && !signal.aborted; mark++) {
      await sample()
      await atRate(rate, (minutes * 60_000) / marks, signal, () => merchants[turn++ % merchants.length]!.act())
    }
    await sample()
    const duration = minutesSince()
    await setFaults(0)
    for (const merchant of merchants) await merchant.verify(storage !== 'memory')
    await waitForDeliveries(books, receiver, problems)
    if (sandbox.errors() !== '') problems.add('the sandbox reports an error', sandbox.errors().slice(0, 1000))
    const payments = books.reduce((sum, { created }) => sum + created, 0)
    return { storage, minutes: duration, figures, payments, deliveries: receiver.deliveries, samples, problems }
  } finally {
    await sandbox.stop()
    receiver.close()
  }
}

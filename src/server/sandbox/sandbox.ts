/** The sandbox put together. */
import type { FastifyInstance } from 'fastify'
import { readDocument } from '../../document.ts'
import { createValidator } from '../../validator.ts'
import { createFront, type FrontOptions } from '../front.ts'
import { createClock } from './clock.ts'
import { createExamples } from './examples.ts'
import { createIdempotency } from './idempotency.ts'
import { readMethodFacts } from './method-facts.ts'
import type { FaultOptions } from './on-demand-faults.ts'
import { servePages } from './pages/routes.ts'
import { isPostgresAddress } from './postgres/address.ts'
import { Rejection } from './rejection.ts'
import { createRequestHandler } from './request-handler.ts'
import { type AmountUnit, rulesOf } from './rules.ts'
import { createState } from './state/index.ts'
import { createStorage, type Storage } from './storage.ts'
import { createMemoryEngine } from './storage-memory.ts'
import { createWebhooks, type WebhookOptions } from './webhooks/index.ts'

export type SandboxOptions = Pick<FrontOptions, 'secretKey' | 'log'> &
  FaultOptions &
  WebhookOptions & {
    /** SQLite file, or address of a PostgreSQL database, that keeps the state. Without it, the state lives in memory and holds the latest 20,000 payments. */
    db?: string | undefined
    /** Whether to begin anew with a database that holds something. */
    reset?: boolean | undefined
    /** Unit of amounts: `major` counts in dollars with decimals, `minor` in whole cents. `major` if not given. */
    amounts?: AmountUnit | undefined
  }

const hourMs = 60 * 60 * 1000

const openStorage = async (db: string | undefined): Promise<Storage> => {
  if (db === undefined) return createStorage(createMemoryEngine())
  if (isPostgresAddress(db)) {
    // The driver is needed for this database only.
    const { createPostgresStorage } = await import('./postgres/storage.ts')
    return createPostgresStorage(db)
  }
  // Node below 22.13 has no SQLite; it is needed for a file only.
  const { createSqliteEngine } = await import('./storage-sqlite.ts')
  return createStorage(createSqliteEngine(db))
}

/** While the database is away, what a timer does waits for the next time. */
const logUnexpected = (error: unknown) => {
  if (!(error instanceof Rejection)) console.error(error)
}

/** Makes the sandbox's server. It does not listen yet. */
export const createSandbox = async ({
  secretKey,
  log,
  db,
  reset,
  amounts,
  latency,
  errorRate,
  seed,
  ...webhook
}: SandboxOptions): Promise<FastifyInstance> => {
  const document = readDocument()
  const validator = createValidator(document)
  const storage = await openStorage(db)
  const clock = createClock()
  const newEventState = webhook.webhookUrl === undefined ? 'kept' : 'pending'
  const state = createState({ storage, clock, rules: rulesOf(document, readMethodFacts(), amounts), newEventState })
  const webhooks = createWebhooks({ document, validator, state, storage, clock }, webhook)
  const idempotency = createIdempotency({ storage, clock })
  const handler = createRequestHandler({ document, validator, state, storage, idempotency, faults: { latency, errorRate, seed } })
  const app = await createFront({ document, validator, handler, secretKey, log })
  await servePages(app, { document, state, storage, clock, webhooks, addExamples: createExamples(document, state) })

  if (reset) await storage.clear()
  await state.restore()
  await webhooks.resume()
  await idempotency.forgetOld()
  // Deadlines pass and keys grow old without any request.
  const timers = [
    setInterval(() => void state.expireDue().catch(logUnexpected), 1000).unref(),
    setInterval(() => void idempotency.forgetOld().catch(logUnexpected), hourMs).unref(),
  ]
  app.addHook('onClose', async () => {
    timers.forEach(clearInterval)
    webhooks.close()
    await storage.close()
  })
  return app
}

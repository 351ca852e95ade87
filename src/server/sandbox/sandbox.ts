/** The sandbox put together. */
import type { FastifyInstance } from 'fastify'
import { operationOf, readDocument } from '../../document.ts'
import { exampleKey } from '../../example-key.ts'
import { markedSecretsOf } from '../../marked-secrets.ts'
import { required } from '../../required.ts'
import { createValidator } from '../../validator.ts'
import { createFront, type FrontOptions } from '../front.ts'
import { createHosts, type HostOptions } from '../hosts.ts'
import { originOf } from '../listen.ts'
import { createClock } from './clock.ts'
import { createControl, type SandboxControl } from './control.ts'
import { DiskRejection, diskError } from './disk.ts'
import { createExamples } from './examples.ts'
import { createIdempotency, type Idempotency } from './idempotency.ts'
import { merchantOf } from './merchant.ts'
import { readMethodFacts } from './method-facts.ts'
import { createFaults, type FaultOptions } from './on-demand-faults.ts'
import { createAuthority } from './pages/authority.ts'
import { servePages } from './pages/routes.ts'
import { assertPlace, isPostgresAddress } from './postgres/address.ts'
import { Rejection } from './rejection.ts'
import { createRequestHandler } from './request-handler.ts'
import { RequestLog } from './request-log.ts'
import { type AmountUnit, rulesOf } from './rules.ts'
import { createSeeding, type Seed, type Seeding } from './seeding.ts'
import { Settings } from './settings.ts'
import { createState, type State } from './state/index.ts'
import type { Work } from './state/store.ts'
import { createStorage, type Storage } from './storage.ts'
import { createMemoryEngine } from './storage-memory.ts'
import { createWebhooks, type WebhookOptions, type Webhooks } from './webhooks/index.ts'
import { isWanted, receiverName, receiversOf } from './webhooks/receivers.ts'

export type SandboxOptions = Pick<FrontOptions, 'secretKey' | 'log'> &
  HostOptions &
  FaultOptions &
  WebhookOptions & {
    /** SQLite file, or address of a PostgreSQL database, that keeps the state. Without it, the state lives in memory and holds the latest 20,000 payments. */
    db?: string | undefined
    /** Whether to begin anew with a database that holds something. */
    reset?: boolean | undefined
    /** Unit of amounts: `major` counts in dollars with decimals, `minor` in whole cents. `major` if not given. */
    amounts?: AmountUnit | undefined
    /** Key for what concerns all merchants: their clock, their data, their faults. Without it, only this machine's own users may do that. */
    adminKey?: string | undefined
    /** Whether to reset a database that other processes use. */
    force?: boolean | undefined
    /** Whether to begin with one payment of each method. They belong to the server's key, or to that of the examples. */
    examples?: boolean | undefined
    /** Payments to begin with, as the `payments` of `POST /sandbox/seed`, at most 1,000. They belong to the same key, and make no events. */
    seeds?: readonly Seed[] | undefined
  }

const secondMs = 1000
const hourMs = 60 * 60 * secondMs

const openStorage = async (db: string | undefined): Promise<Storage> => {
  if (db === undefined) return createStorage(createMemoryEngine())
  assertPlace(db)
  if (isPostgresAddress(db)) {
    // The driver is needed for this database only.
    const { createPostgresStorage } = await import('./postgres/storage.ts')
    return createPostgresStorage(db)
  }
  // Node below 22.13 has no SQLite; it is needed for a file only.
  const { createSqliteEngine } = await import('./storage-sqlite.ts')
  return createStorage(createSqliteEngine(db))
}

/** @throws {Error} while other processes use the database */
const assertAlone = async ({ shared }: Storage) => {
  const others = (await shared?.otherProcesses()) ?? 0
  if (others === 0) return
  const who = others === 1 ? 'Another process uses' : `${others} other processes use`
  throw new Error(`${who} the database, and would lose its payments. Stop them, or add --force to reset it all the same.`)
}

/** A failure of the start as its user can act on it. */
const startFailure = (error: unknown, db = '') => {
  if (!(error instanceof Rejection)) return error
  if (error instanceof DiskRejection) return diskError(db, error)
  return new Error(
    error.code === 'service_unavailable'
      ? 'The database does not respond: it is away, or another process has locked its tables. Look at the database, then start again.'
      : `The payments to begin with cannot be made: ${error.message} Nothing was changed.`,
  )
}

/** Runs work at the first call; every call gets its result. */
const once = <T>(work: () => Promise<T>) => {
  let result: Promise<T> | undefined
  return () => {
    result ??= work()
    return result
  }
}

export type Sandbox = {
  app: FastifyInstance
  /** Begins what goes on without requests: deadlines, deliveries. A request that comes first starts it, too. */
  start: () => Promise<void>
  /** Secret that signs the events; undefined for a sandbox without a webhook. */
  webhookSecret: string | undefined
  control: SandboxControl
}

/** What a sandbox begins with. */
type Beginning = {
  /** @throws {Rejection} for payments that cannot be made, before anything is forgotten */
  check: () => void
  make: (work: Work) => Promise<void>
}

type BeginningParts = { origin: () => string; addExamples: ReturnType<typeof createExamples>; seeding: Seeding }

/** The payments that a sandbox begins with. */
const beginningOf = (
  { examples = false, seeds, secretKey = exampleKey }: SandboxOptions,
  { origin, addExamples, seeding }: BeginningParts,
): Beginning => {
  const merchant = merchantOf(secretKey)
  return {
    check: () => {
      if (seeds !== undefined) seeding.recordsOf(merchant, seeds, origin())
    },
    make: async (work) => {
      if (examples) await addExamples(merchant, origin(), work)
      if (seeds !== undefined) await seeding.seed(merchant, seeds, origin(), work)
    },
  }
}

type Running = {
  storage: Storage
  settings: Settings
  state: State
  webhooks: Webhooks
  idempotency: Idempotency
  beginning: Beginning
}

type StartOptions = Pick<SandboxOptions, 'db' | 'reset' | 'force'> & {
  /** Waits until every worker has come as far: a start that one of them fails changes nothing. */
  untilAllAreReady?: (() => Promise<void>) | undefined
}

/** What begins once the server listens, and ends with it. @returns what begins it */
const addStart = (
  app: FastifyInstance,
  { storage, settings, state, webhooks, idempotency, beginning }: Running,
  { db, reset = false, force = false, untilAllAreReady }: StartOptions,
) => {
  const timers: NodeJS.Timeout[] = []
  let isStarted = false
  let hasFailed = false
  let isClosed = false
  /** While the database is away, what a timer does waits for the next time; once it is closed, there is none. */
  const logUnexpected = (error: unknown) => {
    if (!isClosed && !(error instanceof Rejection)) console.error(error)
  }
  const begin = async () => {
    beginning.check()
    if (reset && !force) await assertAlone(storage)
    await settings.restore()
    await untilAllAreReady?.()
    // One transaction: what cannot begin anew keeps what it has.
    await state.transact(async (work) => {
      if (reset) {
        work.clear()
        settings.forget()
      }
      await beginning.make(work)
    })
    // The first worker may have cleared them meanwhile.
    if (untilAllAreReady) await settings.restore()
    await webhooks.start()
    if (isClosed) return
    // Deadlines pass and keys grow old without any request, also while the sandbox did not run.
    const expire = () => void state.expireDue().catch(logUnexpected)
    const forget = () => void idempotency.forgetOld().catch(logUnexpected)
    expire()
    forget()
    timers.push(setInterval(expire, secondMs).unref(), setInterval(forget, hourMs).unref())
    isStarted = true
  }
  const start = once(() =>
    begin().catch((error) => {
      hasFailed = true
      throw startFailure(error, db)
    }),
  )
  // The port is bound before the state is ready: what comes in between waits.
  app.addHook('onRequest', (_request, _reply, done) => (isStarted ? done() : void start().then(() => done(), done)))
  app.addHook('onClose', async () => {
    isClosed = true
    timers.forEach(clearInterval)
    webhooks.close()
    await ((hasFailed && storage.discard) || storage.close)()
  })
  return start
}

/** Puts the parts on an open storage together. */
const assembleOn = async (
  storage: Storage,
  options: SandboxOptions,
  untilAllAreReady: StartOptions['untilAllAreReady'],
): Promise<Sandbox> => {
  const { secretKey, log, db, reset, force, latency, errorRate, seed, retryDelays } = options
  const hosts = createHosts(options)
  const document = readDocument()
  const validator = createValidator(document)
  const settings = new Settings(storage)
  const clock = createClock((merchant) => settings.of(merchant).ahead ?? 0)
  const receivers = receiversOf(options, document)
  const wantedBy = (type: string) =>
    receivers.filter((receiver) => isWanted(receiver, type)).map((receiver) => receiverName(receivers, receiver))
  const rules = rulesOf(document, readMethodFacts(), options.amounts)
  const state = createState({ storage, settings, clock, rules, receiversOf: wantedBy })
  const webhooks = createWebhooks({ document, validator, state, storage, settings, clock, log }, { receivers, retryDelays })
  const secrets = markedSecretsOf(document)
  const idempotency = createIdempotency({ storage, clock, secrets })
  const faults = createFaults({ latency, errorRate, seed }, settings)
  const handler = createRequestHandler({ document, validator, state, storage, settings, idempotency, faults })
  const isHealthy = async () => {
    await storage.get('settings', 'clock')
    return true
  }
  const requestLog = new RequestLog(clock, secrets.names)
  const app = await createFront({ document, validator, handler, secretKey, log, hosts, isHealthy, observe: requestLog.add })

  const authority = createAuthority({ hosts, secretKey, adminKey: options.adminKey })
  const addExamples = createExamples(document, state)
  const seeding = createSeeding({ createPayment: operationOf(document, 'createPayment'), validator, rules, state, clock })
  /** Address of the server, for what no request asks for. */
  const origin = () => (options.publicUrl === undefined ? (originOf(app) ?? 'http://127.0.0.1') : new URL(options.publicUrl).origin)
  const beginning = beginningOf(options, { origin, addExamples, seeding })
  const start = addStart(app, { storage, settings, state, webhooks, idempotency, beginning }, { db, reset, force, untilAllAreReady })
  await servePages(app, {
    document,
    flowOf: (method) => required(rules.methods[method], method).flow,
    hosts,
    authority,
    hasOwnKey: secretKey !== undefined,
    state,
    storage,
    settings,
    faults,
    clock,
    webhooks,
    requestLog,
    addExamples,
    seeding,
  })
  const control = createControl({ state, storage, settings, clock, webhooks, requestLog, origin, start })
  return { app, start, webhookSecret: receivers[0]?.secret, control }
}

/**
 * Opens the storage and puts the sandbox together. Nothing is changed or delivered before `start`.
 * @throws {Error} for options or a database that cannot be used; what was opened is closed then
 */
export const assembleSandbox = async (options: SandboxOptions, untilAllAreReady?: StartOptions['untilAllAreReady']): Promise<Sandbox> => {
  const storage = await openStorage(options.db)
  try {
    return await assembleOn(storage, options, untilAllAreReady)
  } catch (error) {
    await storage.close()
    throw error
  }
}

/** Makes the sandbox's server for use in one process, without a port. Its first request starts it. */
export const createSandbox = async (options: SandboxOptions): Promise<FastifyInstance> => (await assembleSandbox(options)).app

/**
 * Storage in PostgreSQL, which any number of processes share. A transaction locks what it reads until it ends, so what it
 * read still holds when it writes, whichever process the others run in.
 */

import { readFileSync } from 'node:fs'
import pg from 'pg'
import { asError } from '../../../as-error.ts'
import type { MerchantCount, Storage } from '../storage.ts'
import { assertPlace, malformedAddress } from './address.ts'
import { clearTables } from './clear.ts'
import { isConflict, orUnavailable } from './failure.ts'
import { migrate } from './migrate.ts'
import { findStatement, getStatement, idsStatement, merchantsStatement, storedText, writeStatement } from './queries.ts'
import { databaseTimeoutMs, limitSession, rejectTransactionPooling } from './session.ts'
import { SharedConnection } from './shared-connection.ts'
import { createSettingsReader } from './shared-state.ts'
import { createSharedWriter } from './shared-writes.ts'
import { Sockets } from './sockets.ts'
import { documentOf, foundOf, runTransaction } from './transaction.ts'
import { Turns } from './turns.ts'

/** Connections of one process, beside the shared one. */
const poolSize = 10
/** Milliseconds that connections get to end before they are cut. */
const endTimeoutMs = 1000
/** How often a transaction is tried while deadlocks get in its way. */
const maxTransactionTries = 10

/** The database in words that hold no secret. */
const describeDatabase = ({ host, port, database }: pg.Client) => `PostgreSQL at ${host}:${port}, database ${database}`

const configOf = (address: string, sockets: Sockets): pg.ClientConfig => ({
  connectionString: address,
  stream: sockets.create,
  application_name: 'komoju-sandbox',
  connectionTimeoutMillis: databaseTimeoutMs,
  query_timeout: databaseTimeoutMs,
  keepAlive: true,
})

/** Parameters of an address that name files, which the driver reads. */
const fileParameters = ['sslrootcert', 'sslcert', 'sslkey']

/** @throws {Error} for a file of the address that cannot be read */
const assertFiles = (address: string) => {
  const { searchParams } = new URL(address)
  for (const parameter of fileParameters) {
    const file = searchParams.get(parameter)
    try {
      if (file) readFileSync(file)
    } catch (error) {
      throw new Error(`Cannot read the file of ${parameter} in --db: ${asError(error).message}. Write the path of a certificate or a key.`)
    }
  }
}

/** @throws {Error} for an address that the driver cannot read */
const clientOf = (config: pg.ClientConfig) => {
  try {
    return new pg.Client(config)
  } catch {
    throw malformedAddress()
  }
}

/** Connects once, and makes the tables. @throws {Error} if the database cannot be used */
const prepareDatabase = async (config: pg.ClientConfig, sockets: Sockets) => {
  const client = clientOf(config)
  // Without a listener, a connection that breaks ends the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await rejectTransactionPooling(client, config)
    await limitSession(client)
    await migrate(client)
  } catch (error) {
    const { message, code } = asError(error)
    throw new Error(`Cannot use ${describeDatabase(client)}: ${message || code}. Look at --db and at the server.`)
  } finally {
    await sockets.endWithin(endTimeoutMs, () => client.end().catch(() => undefined))
  }
}

/**
 * Connects, and makes the tables that are missing.
 * @param address `postgres://user:password@host:port/database`; it is in no message
 * @throws {Error} if the database cannot be used; the message says why
 */
export const createPostgresStorage = async (address: string): Promise<Storage> => {
  assertPlace(address)
  assertFiles(address)
  const sockets = new Sockets()
  const config = configOf(address, sockets)
  await prepareDatabase(config, sockets)
  const connection = new SharedConnection(config)
  await connection.open()
  const pool = new pg.Pool({ ...config, max: poolSize, onConnect: limitSession })
  // A connection that breaks while nothing uses it leaves the pool; one that breaks in use fails what it is used for.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => void client.on('error', () => undefined))

  const turns = new Turns(databaseTimeoutMs)
  // One statement is a transaction of its own.
  const write = createSharedWriter((writes) => orUnavailable(pool.query(writeStatement(writes))))
  const transactNow: Storage['transact'] = async (work) => {
    for (let tries = 1; ; tries++) {
      try {
        return await runTransaction(pool, write, work)
      } catch (error) {
        if (!isConflict(error) || tries === maxTransactionTries) throw error
      }
    }
  }
  // All who wait for one row would wait with a connection each, and leave none for others.
  const transact: Storage['transact'] = (work, about) =>
    about === undefined ? transactNow(work) : turns.take(about, () => transactNow(work))
  return {
    get: async (collection, id) => documentOf<typeof collection>(await orUnavailable(pool.query(getStatement(collection, id)))),
    find: async (collection, query) => foundOf<typeof collection>((await orUnavailable(pool.query(findStatement(collection, query)))).rows),
    ids: async (collection, query) =>
      (await orUnavailable(pool.query<{ value: string }>(idsStatement(collection, query)))).rows.map(({ value }) => storedText(value)),
    merchants: async (take) => (await orUnavailable(pool.query<MerchantCount>(merchantsStatement(take)))).rows,
    transact,
    clear: (merchant) => clearTables(pool, merchant),
    close: async () => {
      const hasEnded = await sockets.endWithin(endTimeoutMs, () => Promise.all([connection.close(), pool.end()]))
      if (!hasEnded) throw new Error('the database does not respond. Its connections were cut; what it has confirmed is kept.')
    },
    shared: {
      tryLock: (name) => connection.tryLock(name),
      unlock: (name) => connection.unlock(name),
      otherProcesses: () => connection.otherProcesses(),
      publish: (payments) => connection.publish(payments),
      subscribe: (listener) => connection.subscribe(listener),
      readSettings: createSettingsReader(pool),
    },
  }
}

/**
 * Storage in PostgreSQL, which any number of processes share. A transaction locks what it reads until it ends, so what it
 * read still holds when it writes, whichever process the others run in.
 */

import pg from 'pg'
import { asError } from '../../../as-error.ts'
import type { Storage } from '../storage.ts'
import { isConflict, orUnavailable } from './failure.ts'
import { findStatement, getStatement } from './queries.ts'
import { SharedConnection } from './shared-connection.ts'
import { createSharedReader } from './shared-state.ts'
import { migrate, tables } from './tables.ts'
import { documentOf, foundOf, runTransaction } from './transaction.ts'

/** Connections of one process, beside the shared one. */
const poolSize = 10
/** The most that a statement, a wait for a lock or a new connection takes. */
const databaseTimeoutMs = 10_000
/** How often a transaction is tried while deadlocks get in its way. */
const maxTransactionTries = 10

/** The database in words that hold no secret. */
const describeDatabase = ({ host, port, database }: pg.Client) => `PostgreSQL at ${host}:${port}, database ${database}`

const configOf = (address: string): pg.ClientConfig => ({
  connectionString: address,
  application_name: 'komoju-sandbox',
  connectionTimeoutMillis: databaseTimeoutMs,
  query_timeout: databaseTimeoutMs,
  statement_timeout: databaseTimeoutMs,
  idle_in_transaction_session_timeout: databaseTimeoutMs,
  keepAlive: true,
})

/** Connects once, and makes the tables. @throws {Error} if the database cannot be used */
const prepareDatabase = async (config: pg.ClientConfig) => {
  const client = new pg.Client(config)
  // Without a listener, a connection that breaks ends the process.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await migrate(client)
  } catch (error) {
    const { message, code } = asError(error)
    throw new Error(`Cannot use ${describeDatabase(client)}: ${message || code}. Look at --db and at the server.`)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Connects, and makes the tables that are missing.
 * @param address `postgres://user:password@host:port/database`; it is in no message
 * @throws {Error} if the database cannot be used; the message says why
 */
export const createPostgresStorage = async (address: string): Promise<Storage> => {
  if (!URL.canParse(address))
    throw new Error('The address of the database is malformed. Write postgres://user:password@host:5432/database.')
  const config = configOf(address)
  await prepareDatabase(config)
  const pool = new pg.Pool({ ...config, max: poolSize })
  // A connection that breaks while nothing uses it leaves the pool; one that breaks in use fails what it is used for.
  pool.on('error', () => undefined)
  pool.on('connect', (client) => void client.on('error', () => undefined))
  const connection = new SharedConnection(config)
  await connection.open()

  const transact: Storage['transact'] = async (work) => {
    for (let tries = 1; ; tries++) {
      try {
        return await runTransaction(pool, work)
      } catch (error) {
        if (!isConflict(error) || tries === maxTransactionTries) throw error
      }
    }
  }
  return {
    get: async (collection, id) => documentOf<typeof collection>(await orUnavailable(pool.query(getStatement(collection, id)))),
    find: async (collection, query) => foundOf<typeof collection>((await orUnavailable(pool.query(findStatement(collection, query)))).rows),
    transact,
    clear: async () => void (await orUnavailable(pool.query(`TRUNCATE ${tables}`))),
    close: async () => {
      await connection.close()
      await pool.end()
    },
    shared: {
      tryLock: (name) => connection.tryLock(name),
      unlock: (name) => connection.unlock(name),
      publish: (payments) => connection.publish(payments),
      subscribe: (listener) => connection.subscribe(listener),
      readShared: createSharedReader(pool),
    },
  }
}

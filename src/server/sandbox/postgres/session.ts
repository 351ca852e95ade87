/** What the sandbox needs of each connection: a session of its own on the server, in which nothing takes for ever. */
import pg from 'pg'

/** The most that a statement, a wait for a lock or a new connection takes. */
export const databaseTimeoutMs = 10_000

const sessionOf = async (client: pg.ClientBase) =>
  (await client.query<{ session: number }>('SELECT pg_backend_pid() AS session')).rows[0]?.session

/**
 * Makes the server end what takes too long. It is asked by a statement, because a pooler such as PgBouncer rejects connections that ask
 * for it when they open.
 */
export const limitSession = async (client: pg.ClientBase) => {
  await client.query(`SET statement_timeout = ${databaseTimeoutMs}; SET idle_in_transaction_session_timeout = ${databaseTimeoutMs}`)
}

/**
 * Locks and LISTEN belong to a session, which a pooler of transactions gives to another client after each transaction.
 * @param client an open connection
 * @param config how to open another one
 * @throws {Error} if such a pooler stands in between
 */
export const rejectTransactionPooling = async (client: pg.ClientBase, config: pg.ClientConfig) => {
  const first = await sessionOf(client)
  const other = new pg.Client(config)
  other.on('error', () => undefined)
  try {
    await other.connect()
    await other.query('BEGIN')
    // The pooler has given the first session to the other client by now, if it gives sessions away.
    await sessionOf(other)
    if ((await sessionOf(client)) !== first)
      throw new Error('a pooler in between pools transactions, and the sandbox needs sessions (pool_mode = session in PgBouncer)')
  } finally {
    await other.end().catch(() => undefined)
  }
}

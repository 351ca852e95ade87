/** A client of the database of a test, beside the sandbox. */
import pg from 'pg'
import { onTestFinished } from 'vitest'

/** Connects to a database until the test is over. */
export const connectTo = async (db: string) => {
  const client = new pg.Client(db)
  await client.connect()
  onTestFinished(() => client.end())
  return client
}

/** Number of the sandbox's connections to the server of a database. */
export const countConnections = async (client: pg.Client): Promise<number> =>
  (await client.query("SELECT count(*)::int AS n FROM pg_stat_activity WHERE application_name = 'komoju-sandbox'")).rows[0].n

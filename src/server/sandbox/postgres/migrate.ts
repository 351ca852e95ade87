/** Makes the tables, or brings them up to date. */
import type { ClientBase } from 'pg'
import { inspectDatabase } from './inspect.ts'
import { schema, stepsFrom, version } from './tables.ts'

/**
 * Makes the tables, or brings them up to date. Processes that start together take turns.
 * @throws {Error} for a database that the sandbox cannot use; it is unchanged then
 */
export const migrate = async (client: ClientBase) => {
  await client.query('BEGIN')
  try {
    await client.query(`SELECT pg_advisory_xact_lock(hashtextextended('${schema} tables', 0))`)
    const found = await inspectDatabase(client)
    if (found === 0) {
      await client.query(`CREATE SCHEMA IF NOT EXISTS ${schema}`)
      await client.query(`CREATE TABLE ${schema}.version (version int NOT NULL)`)
      await client.query(`INSERT INTO ${schema}.version VALUES (0)`)
    }
    for (const statement of stepsFrom(found)) await client.query(statement)
    if (found !== version) await client.query(`UPDATE ${schema}.version SET version = $1`, [version])
    await client.query('COMMIT')
  } catch (error) {
    await client.query('ROLLBACK').catch(() => undefined)
    throw error
  }
}

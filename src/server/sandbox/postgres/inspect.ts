/** A look at a database before it is used, which changes nothing in it. */
import type { ClientBase } from 'pg'
import { columnsOf, counters, schema, version } from './tables.ts'

type Column = { name: string; property: string; type: string }

const columnsIn = async (client: ClientBase): Promise<Map<string, Map<string, string>>> => {
  const { rows } = await client.query<Column>(
    `SELECT c.relname AS name, a.attname AS property, format_type(a.atttypid, NULL) AS type
      FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
      WHERE c.relnamespace = to_regnamespace($1) AND c.relkind IN ('r', 'p', 'v', 'm', 'f')`,
    [schema],
  )
  const tables = new Map<string, Map<string, string>>()
  for (const { name, property, type } of rows) tables.set(name, (tables.get(name) ?? new Map()).set(property, type))
  return tables
}

/** Version that the tables say they have; undefined where no sandbox wrote them. */
const versionIn = async (client: ClientBase, tables: Map<string, Map<string, string>>): Promise<number | undefined> => {
  if (tables.get('version')?.get('version') !== 'integer') return
  const { rows } = await client.query<{ version: number }>(`SELECT version FROM ${schema}.version`)
  return rows.length === 1 ? rows[0]?.version : undefined
}

const damaged = (reason: string) => new Error(`its schema ${schema} is damaged: ${reason}`)

const checkColumns = (found: number, tables: Map<string, Map<string, string>>) => {
  for (const [table, expected] of Object.entries(columnsOf(found))) {
    const present = tables.get(table)
    if (!present) throw damaged(`it has no table ${table}`)
    for (const [column, type] of Object.entries(expected))
      if (present.get(column) !== type) throw damaged(`its table ${table} has no column ${column} of type ${type}`)
  }
}

/** Without them, a list would not know its length, or no payment could be written. */
const checkCounters = async (client: ClientBase) => {
  const { rows } = await client.query<{ name: string }>(
    `SELECT tgname AS name FROM pg_trigger WHERE tgrelid = to_regclass($2)
      UNION ALL SELECT proname FROM pg_proc WHERE pronamespace = to_regnamespace($1)`,
    [schema, `${schema}.payments`],
  )
  const missing = counters.find((counter) => rows.every(({ name }) => name !== counter))
  if (missing !== undefined) throw damaged(`it has no ${missing}`)
}

/**
 * Looks at the encoding and at the tables.
 * @returns version of the tables, 0 where there are none
 * @throws {Error} for an encoding that cannot hold every text, and for tables that are another program's, of a later version, or damaged
 */
export const inspectDatabase = async (client: ClientBase): Promise<number> => {
  const { rows } = await client.query<{ encoding: string }>("SELECT current_setting('server_encoding') AS encoding")
  const encoding = rows[0]?.encoding
  if (encoding !== 'UTF8')
    throw new Error(
      `its encoding is ${encoding}, which does not hold every text. Make one with createdb --encoding UTF8 --template template0`,
    )
  const tables = await columnsIn(client)
  if (tables.size === 0) return 0
  const found = await versionIn(client, tables)
  if (found === undefined) throw new Error(`its schema ${schema} belongs to another program`)
  if (found > version) throw new Error(`a newer version of the sandbox wrote it (tables ${found}, this one knows ${version})`)
  checkColumns(found, tables)
  await checkCounters(client)
  return found
}

/** A look at a file before it is opened as the sandbox's database, which changes nothing in it or beside it. */
import { closeSync, existsSync, openSync, readSync, statSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { applicationId, columnsOf, version } from './tables.ts'

const logOf = (file: string) => `${file}-wal`

/** Bytes 18 of the header: 2 in a file whose latest changes are in a log beside it. */
const usesLog = (file: string): boolean => {
  const header = Buffer.alloc(100)
  const descriptor = openSync(file, 'r')
  try {
    readSync(descriptor, header, 0, header.length, 0)
  } finally {
    closeSync(descriptor)
  }
  return header[18] === 2
}

type Description = { id: number; version: number; columns: Map<string, string[]>; isOpen: boolean }

/** @param isLogRead whether to read the log, too: SQLite makes a file for it then, if there is none */
const describe = (file: string, isLogRead: boolean): Description => {
  const address = pathToFileURL(file)
  if (!isLogRead) address.searchParams.set('immutable', '1')
  const database = new DatabaseSync(address, { readOnly: true })
  try {
    const pragma = (name: string) => Number(database.prepare(`PRAGMA ${name}`).get()?.[name])
    const rows = database
      .prepare(`SELECT t.name AS name, c.name AS property FROM sqlite_master t, pragma_table_info(t.name) c WHERE t.type = 'table'`)
      .all()
    const columns = new Map<string, string[]>()
    for (const { name, property } of rows) columns.set(String(name), [...(columns.get(String(name)) ?? []), String(property)])
    const isOpen = columns.has('session') && database.prepare('SELECT is_open FROM session').get()?.is_open === 1
    return { id: pragma('application_id'), version: pragma('user_version'), columns, isOpen }
  } finally {
    database.close()
  }
}

/** What a file says by itself, and with its log where that is not enough. */
const describeWhole = (file: string, hasLog: boolean): Description => {
  if (!hasLog) return describe(file, false)
  try {
    const found = describe(file, false)
    if (found.columns.size > 0) return found
  } catch {
    // A process that was killed while it wrote the log back leaves a file that is whole with its log alone.
  }
  return describe(file, true)
}

/** @throws {Error} for a file that this sandbox did not write */
const checkOwner = ({ id, version: found, columns }: Description) => {
  const expected = columnsOf(found)
  const isOurs = id === applicationId || (id === 0 && found > 0 && [...columns.keys()].every((table) => table in expected))
  if (!isOurs && (id !== 0 || columns.size > 0)) throw new Error('it belongs to another program')
  if (found > version) throw new Error(`it was written by another version of the sandbox (tables ${found}, not ${version})`)
}

/** @throws {Error} for tables that lack something */
const checkTables = ({ version: found, columns }: Description) => {
  for (const [table, expected] of Object.entries(columnsOf(found))) {
    const present = columns.get(table)
    if (!present) throw new Error(`it is damaged: it has no table ${table}`)
    const missing = expected.find((column) => !present.includes(column))
    if (missing) throw new Error(`it is damaged: its table ${table} has no column ${missing}`)
  }
}

const logMissing = () => new Error('it was copied from a running sandbox without its log. Copy the file that ends in -wal with it')

/**
 * Looks at a file.
 * @returns version of its tables, 0 for a file without any
 * @throws {Error} for a file that is not a database, another program's, of a later version, damaged, or copied without its log
 */
export const inspectFile = (file: string): number => {
  if (!existsSync(file) || statSync(file).size === 0) return 0
  const hasLog = existsSync(logOf(file))
  const found = describeWhole(file, hasLog)
  checkOwner(found)
  if (found.columns.size === 0) {
    if (usesLog(file) && !hasLog) throw logMissing()
    return 0
  }
  checkTables(found)
  if (found.isOpen && !hasLog) throw logMissing()
  return found.version
}

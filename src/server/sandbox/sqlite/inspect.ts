/** A look at a file before it is opened as the sandbox's database, which changes nothing in it or beside it. */
import { accessSync, closeSync, constants, existsSync, openSync, readSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { pathToFileURL } from 'node:url'
import { withoutSecrets } from '../../../secrets.ts'
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

const { R_OK, W_OK } = constants

const isAllowed = (place: string, mode: number) => {
  try {
    accessSync(place, mode)
    return true
  } catch {
    return false
  }
}

/**
 * Looks at where a file is, or is to be.
 * @returns bytes that it has, 0 for one that is not there yet
 * @throws {Error} for a place that can hold no database; SQLite says too little of it, or waits
 */
const checkPlace = (file: string): number => {
  // A place below a file is none, either.
  const folder = dirname(file)
  if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory()) throw new Error(`there is no folder ${withoutSecrets(folder)}`)
  const found = statSync(file, { throwIfNoEntry: false })
  if (found?.isDirectory()) throw new Error('it is a folder')
  if (found && !found.isFile()) throw new Error('it is a device or a pipe, and not a file')
  if (found && !isAllowed(file, R_OK)) throw new Error('it cannot be read')
  if (found && !isAllowed(file, W_OK)) throw new Error('it cannot be written')
  if (!isAllowed(folder, W_OK)) throw new Error(`its folder ${withoutSecrets(folder)} cannot be written, and its log has to be beside it`)
  return found?.size ?? 0
}

type Description = {
  id: number
  version: number
  columns: Map<string, string[]>
  /** Whether there is anything in it: a table, or what another program may have alone, as a view. */
  isEmpty: boolean
  isOpen: boolean
}

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
    const isEmpty = database.prepare('SELECT 1 FROM sqlite_master').get() === undefined
    return { id: pragma('application_id'), version: pragma('user_version'), columns, isEmpty, isOpen }
  } finally {
    database.close()
  }
}

/** What a file says by itself, and with its log where that is not enough. */
const describeWhole = (file: string, hasLog: boolean): Description => {
  if (!hasLog) return describe(file, false)
  try {
    const found = describe(file, false)
    if (!found.isEmpty) return found
  } catch {
    // A process that was killed while it wrote the log back leaves a file that is whole with its log alone.
  }
  return describe(file, true)
}

/** @throws {Error} for a file that this sandbox did not write */
const checkOwner = ({ id, version: found, columns, isEmpty }: Description) => {
  const expected = columnsOf(found)
  // The first version had no application id.
  const isFirst = id === 0 && found === 1 && columns.size > 0 && [...columns.keys()].every((table) => table in expected)
  const isNobodys = id === 0 && found === 0 && isEmpty
  if (id !== applicationId && !isFirst && !isNobodys) throw new Error('it belongs to another program')
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
 * @throws {Error} for a place that can hold none, for a file that is not a database, another program's, of a later version, damaged, or copied without its log
 */
export const inspectFile = (file: string): number => {
  if (checkPlace(file) === 0) return 0
  const hasLog = existsSync(logOf(file))
  const found = describeWhole(file, hasLog)
  checkOwner(found)
  if (found.isEmpty) {
    if (usesLog(file) && !hasLog) throw logMissing()
    return 0
  }
  checkTables(found)
  if (found.isOpen && !hasLog) throw logMissing()
  return found.version
}

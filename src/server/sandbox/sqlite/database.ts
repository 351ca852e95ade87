/** Opens and closes an SQLite file. */
import { DatabaseSync } from 'node:sqlite'
import { asError } from '../../../as-error.ts'
import { withoutSecrets } from '../../../secrets.ts'
import { inspectFile } from './inspect.ts'
import { newTables, stepsFrom, version } from './tables.ts'

/** @throws {Error} for a page that cannot be right */
const checkPages = (database: DatabaseSync) => {
  const { quick_check: result } = database.prepare('PRAGMA quick_check(1)').get() ?? {}
  if (result !== 'ok') throw new Error(`it is damaged: ${String(result).replaceAll(/\s+/g, ' ')}`)
}

const prepare = (database: DatabaseSync, found: number) => {
  // The lock keeps a second sandbox out.
  database.exec('PRAGMA locking_mode = EXCLUSIVE')
  if (found > 0) checkPages(database)
  const statements = found === 0 ? newTables() : stepsFrom(found)
  // Before the log is used, so that the file says whose it is without its log.
  if (found !== version) database.exec(`BEGIN EXCLUSIVE; ${statements.join('; ')}; PRAGMA user_version = ${version}; COMMIT`)
  // With a write-ahead log, a commit is one append, safe from `kill -9` without waiting for the disk.
  database.exec('PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA wal_autocheckpoint = 4000')
  database.exec('UPDATE session SET is_open = 1; PRAGMA wal_checkpoint(TRUNCATE)')
}

/** @throws {Error} for a file that cannot be used; the message says why. It is unchanged then. */
export const openDatabase = (file: string): DatabaseSync => {
  let database: DatabaseSync | undefined
  try {
    const found = inspectFile(file)
    database = new DatabaseSync(file)
    prepare(database, found)
    return database
  } catch (error) {
    database?.close()
    const reason = /locked/.test(asError(error).message) ? 'another sandbox has it open' : asError(error).message
    throw new Error(`Cannot use ${withoutSecrets(file)} as the database: ${reason}. Name another file with --db.`, { cause: error })
  }
}

/** Closes the file, with its log written into it. */
export const closeDatabase = (database: DatabaseSync) => {
  try {
    database.exec('UPDATE session SET is_open = 0')
  } finally {
    database.close()
  }
}

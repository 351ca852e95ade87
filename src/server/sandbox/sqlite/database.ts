/** Opens and closes an SQLite file. */
import { lstatSync, rmSync } from 'node:fs'
import { DatabaseSync } from 'node:sqlite'
import { asError } from '../../../as-error.ts'
import { withoutSecrets } from '../../../secrets.ts'
import { diskError } from '../disk.ts'
import { diskFailure } from './failure.ts'
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

/** Removes a file with its log. */
const removeFile = (file: string) => {
  for (const suffix of ['', '-wal', '-shm', '-journal']) rmSync(file + suffix, { force: true })
}

export type OpenDatabase = {
  database: DatabaseSync
  /** Closes the file, with its log written into it. */
  close: () => void
  /** Closes the file, and removes it if it was made now. */
  discard: () => void
}

/** @throws {Error} for a file that cannot be used; the message says why. It is unchanged then, and none is made. */
export const openDatabase = (file: string): OpenDatabase => {
  let isNew = false
  let database: DatabaseSync | undefined
  const discard = () => {
    database?.close()
    if (isNew) removeFile(file)
  }
  try {
    const found = inspectFile(file)
    // A link that leads nowhere is there, too.
    isNew = lstatSync(file, { throwIfNoEntry: false }) === undefined
    const opened = new DatabaseSync(file)
    database = opened
    prepare(opened, found)
    const close = () => closeDatabase(opened, file)
    return { database: opened, close, discard: isNew ? discard : close }
  } catch (error) {
    discard()
    const failure = diskFailure(error, file)
    if (failure) throw diskError(file, failure)
    const reason = /locked/.test(asError(error).message) ? 'another sandbox has it open' : asError(error).message
    throw new Error(`Cannot use ${withoutSecrets(file)} as the database: ${reason}. Name another file with --db.`, { cause: error })
  }
}

const closeDatabase = (database: DatabaseSync, file: string) => {
  try {
    database.exec('UPDATE session SET is_open = 0')
  } catch (error) {
    const failure = diskFailure(error, file)
    throw failure ? diskError(file, failure) : error
  } finally {
    database.close()
  }
}

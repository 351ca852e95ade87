/** What an error of SQLite means for the request that met it. */
import { statfsSync } from 'node:fs'
import { dirname } from 'node:path'
import { asError } from '../../../as-error.ts'
import { type DiskRejection, diskFailed, diskFull } from '../disk.ts'

/** Result codes of SQLite: the disk is full; reading or writing failed, for example at a limit on the size of files. */
const full = 13
const ioError = 10

/** Free bytes below which a disk is full: SQLite does not say it of the file in which it shares its log. */
const leastRoom = 64 * 1024

const resultCodeOf = (error: unknown) => {
  const failure = asError(error)
  // Extended codes have the plain one in their lowest byte.
  return 'errcode' in failure && typeof failure.errcode === 'number' ? failure.errcode & 0xff : undefined
}

const isFull = (file: string) => {
  const { bavail, bsize } = statfsSync(dirname(file))
  return bavail * bsize < leastRoom
}

/** The rejection for a disk that does not take a change; undefined for any other error. */
export const diskFailure = (error: unknown, file: string): DiskRejection | undefined => {
  const code = resultCodeOf(error)
  if (code === full || (code === ioError && isFull(file))) return diskFull()
  if (code === ioError) return diskFailed(asError(error).message)
}

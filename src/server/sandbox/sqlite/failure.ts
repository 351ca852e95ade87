/** What an error of SQLite means for the request that met it. */
import { asError } from '../../../as-error.ts'
import { Rejection } from '../rejection.ts'

/** Result codes of SQLite: the disk is full; reading or writing failed, for example at a limit on the size of files. */
const full = 13
const ioError = 10

const resultCodeOf = (error: unknown) => {
  const failure = asError(error)
  // Extended codes have the plain one in their lowest byte.
  return 'errcode' in failure && typeof failure.errcode === 'number' ? failure.errcode & 0xff : undefined
}

/** The rejection for a disk that does not take a change; undefined for any other error. */
export const diskFailure = (error: unknown): Rejection | undefined => {
  const code = resultCodeOf(error)
  if (code !== full && code !== ioError) return
  if (code === full)
    return new Rejection(
      'service_unavailable',
      "The disk that holds the sandbox's database is full. Nothing was changed. Make room, then send the request again with the same idempotency key.",
    )
  return new Rejection(
    'service_unavailable',
    "The disk that holds the sandbox's database failed ({reason}). Nothing was changed. Make room, then send the request again with the same idempotency key.",
    null,
    { reason: asError(error).message },
  )
}

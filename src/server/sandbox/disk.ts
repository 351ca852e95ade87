/** What is said where a disk takes no change: to a request, and to who starts the sandbox. */
import { withoutSecrets } from '../../secrets.ts'
import { Rejection } from './rejection.ts'

/** A rejection because of the disk that holds the database. */
export class DiskRejection extends Rejection {
  override name = 'DiskRejection'

  /** @param rejection what a request gets; the dashboard's texts are found where one is made */
  constructor({ code, text, param, values }: Rejection) {
    super(code, text, param, values)
  }
}

export const diskFull = () =>
  new DiskRejection(
    new Rejection(
      'service_unavailable',
      "The disk that holds the sandbox's database is full. Nothing was changed. Make room, then send the request again with the same idempotency key.",
    ),
  )

/** @param reason what the disk, or what reads it, says */
export const diskFailed = (reason: string) =>
  new DiskRejection(
    new Rejection(
      'service_unavailable',
      "The disk that holds the sandbox's database failed ({reason}). Nothing was changed. Make room, then send the request again with the same idempotency key.",
      null,
      { reason },
    ),
  )

/** The error for a start that a disk does not take. @param db what `--db` names */
export const diskError = (db: string, { values: { reason } }: DiskRejection) => {
  const [failure, help] = reason === undefined ? ['is full', 'Make room there'] : [`failed (${reason})`, 'Look at it']
  return new Error(
    `The disk that holds ${withoutSecrets(db)} ${failure}. Nothing was changed. ${help}, or name a database on another disk with --db.`,
  )
}

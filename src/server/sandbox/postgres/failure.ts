/** What an error of the database means. */
import pg from 'pg'
import { diskFull } from '../disk.ts'
import { Rejection } from '../rejection.ts'

/** Connection lost, no room, shut down or starting, read only, out of disk, system failure. */
const passing = /^(08|53|57|58|25006)/

/** Whether another transaction was in the way, so that the same one can succeed when it is tried again. */
export const isConflict = (error: unknown) => error instanceof pg.DatabaseError && /^40(001|P01)$/.test(error.code ?? '')

/** Whether an error of the driver means that the database is away, or too busy to respond. What the server did not send, the network did. */
const isAway = (error: unknown) => (error instanceof pg.DatabaseError ? passing.test(error.code ?? '') : !(error instanceof TypeError))

/** The response while the database is away. A request that is sent again with its idempotency key is not done twice. */
export const unavailable = () =>
  new Rejection(
    'service_unavailable',
    'The database of the sandbox does not respond. Send the request again, with the same idempotency key.',
  )

/** @throws {Rejection} `service_unavailable` where the database is away or its disk is full; any other error as it is */
export const orUnavailable = async <T>(result: Promise<T>): Promise<T> => {
  try {
    return await result
  } catch (error) {
    if (error instanceof pg.DatabaseError && error.code === '53100') throw diskFull()
    throw isAway(error) ? unavailable() : error
  }
}

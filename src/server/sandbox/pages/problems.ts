/** What went wrong on a page, in the shape of the API's errors. */
import { asError } from '../../../as-error.ts'
import { ApiError } from '../../api-error.ts'
import { asApiError } from '../../front.ts'
import { Rejection } from '../rejection.ts'

const statusByCode: Record<string, number> = { not_found: 404, service_unavailable: 503 }

/** An error as its client gets it. One that nobody foresaw is logged. */
export const shapedErrorOf = (thrown: unknown): ApiError => {
  const error = asError(thrown)
  if (error instanceof Rejection) return new ApiError(statusByCode[error.code] ?? 422, error.code, error.message, error.param)
  const shaped = asApiError(error)
  if (shaped.status === 500) console.error(error)
  return shaped
}

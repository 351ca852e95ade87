/** What went wrong on a page, in the shape of the API's errors. */
import { asError } from '../../../as-error.ts'
import type { Translate } from '../../../pages/translator.ts'
import { withoutSecrets } from '../../../secrets.ts'
import { ApiError } from '../../api-error.ts'
import { asApiError } from '../../front.ts'
import { Rejection } from '../rejection.ts'

const statusByCode: Record<string, number> = { not_found: 404, service_unavailable: 503 }

/** Message of an error in the language of a page. */
export const messageIn = ({ text, values }: Pick<ApiError, 'text' | 'values'>, translate: Translate): string =>
  withoutSecrets(translate(text, values))

/** An error as its client gets it. One that nobody foresaw is logged. */
export const shapedErrorOf = (thrown: unknown): ApiError => {
  const error = asError(thrown)
  if (error instanceof Rejection) {
    const { code, text, param, values } = error
    return new ApiError(statusByCode[code] ?? 422, code, text, param, { values })
  }
  const shaped = asApiError(error)
  if (shaped.status === 500) console.error(error)
  return shaped
}

/** Errors as KOMOJU shapes them. */
import { english, type Values } from '../pages/translator.ts'
import { withoutSecrets } from '../secrets.ts'

/**
 * A response that is not a success. `param` names the parameter at fault, nested ones in brackets; null where none is.
 * What was sent may be in it, but for what looks like a secret: callers put errors into logs.
 */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly param: string | null
  /** Headers that belong to the response, for example `Allow` with a 405. */
  readonly headers: Record<string, string>
  /** Message before its placeholders are filled: pages translate it. */
  readonly text: string
  readonly values: Values

  /** @param text in English, with placeholders for `values` */
  constructor(
    status: number,
    code: string,
    text: string,
    param: string | null = null,
    { headers = {}, values = {} }: { headers?: Record<string, string>; values?: Values } = {},
  ) {
    super(withoutSecrets(english(text, values)))
    this.status = status
    this.code = code
    this.param = param && withoutSecrets(param)
    this.headers = headers
    this.text = text
    this.values = values
  }

  get body() {
    return { error: { code: this.code, message: this.message, param: this.param } }
  }
}

/** The error for what does not exist. */
export const notFound = (message = 'The requested resource could not be found.') => new ApiError(404, 'not_found', message)

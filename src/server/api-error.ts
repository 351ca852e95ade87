/** Errors as KOMOJU shapes them. */

/** An answer that is not a success. `param` names the parameter at fault, nested ones in brackets; null where none is. */
export class ApiError extends Error {
  override name = 'ApiError'
  readonly status: number
  readonly code: string
  readonly param: string | null
  /** Headers that belong to the answer, for example `Allow` with a 405. */
  readonly headers: Record<string, string>

  constructor(status: number, code: string, message: string, param: string | null = null, headers: Record<string, string> = {}) {
    super(message)
    this.status = status
    this.code = code
    this.param = param
    this.headers = headers
  }

  get body() {
    return { error: { code: this.code, message: this.message, param: this.param } }
  }
}

/** Why the sandbox does not do what a request asks. */

/** A rejection with the API's error code; the document says which status the code has. */
export class Rejection extends Error {
  override name = 'Rejection'
  readonly code: string
  readonly param: string | null

  /** @param param the parameter at fault, nested ones in brackets; null where none is */
  constructor(code: string, message: string, param: string | null = null) {
    super(message)
    this.code = code
    this.param = param
  }
}

/** The rejection for an id that nothing has. */
export const notFound = () => new Rejection('not_found', 'The requested resource could not be found.')

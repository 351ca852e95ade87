/** Why the sandbox does not do what a request asks. */
import { english, type Values } from '../../pages/translator.ts'

/** A rejection with the API's error code; the document says which status the code has. */
export class Rejection extends Error {
  override name = 'Rejection'
  readonly code: string
  readonly param: string | null
  /** Message before its placeholders are filled: pages translate it. */
  readonly text: string
  readonly values: Values

  /**
   * @param text in English, with placeholders for `values`
   * @param param the parameter at fault, nested ones in brackets; null where none is
   */
  constructor(code: string, text: string, param: string | null = null, values: Values = {}) {
    super(english(text, values))
    this.code = code
    this.param = param
    this.text = text
    this.values = values
  }
}

/** A rejection that leaves something all the same: what it did to the state is kept. */
export class KeptRejection extends Rejection {
  override name = 'KeptRejection'
}

/** The rejection for an id that nothing has. */
export const notFound = () => new Rejection('not_found', 'The requested resource could not be found.')

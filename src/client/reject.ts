/**
 * Rejects what a caller passed.
 * @param message names the option or parameter at fault, and says what to pass
 */
export const reject = (message: string): never => {
  throw new TypeError(message)
}

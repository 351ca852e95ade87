/**
 * Rejects what a caller passed.
 * @param message names the option or parameter at fault, and says what to pass
 */
export const reject = (message: string): never => {
  throw new TypeError(message)
}

/** Rejects an option that is not a number from 0 on. */
export const checkNumber = (name: string, value: unknown): void => {
  if (typeof value !== 'number' || !(value >= 0)) reject(`${name}: pass a number, 0 or more`)
}

/**
 * A value that has to be there.
 * @param what names it, for the error
 * @throws {Error} if it is not: a bug of this project, or a document that its lint would not let pass
 */
export const required = <Value>(value: Value | undefined | null, what: string): Value => {
  if (value === undefined || value === null) throw new Error(`${what} is missing.`)
  return value
}

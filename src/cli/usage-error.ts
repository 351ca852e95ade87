/** A command line that makes no sense: nothing was begun. */
export class UsageError extends Error {
  override name = 'UsageError'
}

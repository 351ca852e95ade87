/** What was thrown, as an error: anything can be thrown. */
export const asError = (thrown: unknown): NodeJS.ErrnoException => (thrown instanceof Error ? thrown : new Error(String(thrown)))

/** Text for a shell. */

/** Quotes a text for a POSIX shell and for fish, whole. */
export const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`

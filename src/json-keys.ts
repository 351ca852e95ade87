/** Keys of a JSON text that stand twice in one object. JSON.parse keeps the last of them, other parsers the first. */

const countKeys = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0
  const values: unknown[] = Object.values(value)
  return values.reduce((sum: number, member) => sum + countKeys(member), Array.isArray(value) ? 0 : values.length)
}

/** A text, or a key with what separates it from its value. */
const textOrKey = /"(?:[^"\\]|\\.)*"(\s*:)?/g

/**
 * Whether an object of a JSON text has a key twice.
 * @param text valid JSON
 * @param value what it parses to
 */
export const hasDuplicateKey = (text: string, value: unknown): boolean => {
  let keys = 0
  for (const [, colon] of text.matchAll(textOrKey)) if (colon !== undefined) keys++
  return keys > countKeys(value)
}

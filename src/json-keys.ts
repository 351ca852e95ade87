/** Keys of a JSON text that stand twice in one object. JSON.parse keeps the last of them, other parsers the first. */

const countKeys = (value: unknown): number => {
  if (typeof value !== 'object' || value === null) return 0
  const own = Array.isArray(value) ? 0 : 1
  let keys = 0
  // Not by a list of the values, which would be made for every object of every request.
  for (const key in value) keys += own + countKeys((value as Record<string, unknown>)[key])
  return keys
}

const countColons = (text: string): number => {
  let colons = 0
  for (let at = text.indexOf(':'); at >= 0; at = text.indexOf(':', at + 1)) colons++
  return colons
}

/** A text, or a key with what separates it from its value. */
const textOrKey = /"(?:[^"\\]|\\.)*"(\s*:)?/g

/**
 * Whether an object of a JSON text has a key twice.
 * @param text valid JSON
 * @param value what it parses to
 */
export const hasDuplicateKey = (text: string, value: unknown): boolean => {
  const keysKept = countKeys(value)
  // Each key has a colon, so without more of them none can be lost. Most bodies are done here.
  if (countColons(text) === keysKept) return false
  let keys = 0
  for (const [, colon] of text.matchAll(textOrKey)) if (colon !== undefined) keys++
  return keys > keysKept
}

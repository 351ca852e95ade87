/** Objects as JSON has them, once for the whole project. */

/** JSON object whose members are not known. */
export type JsonObject = Record<string, unknown>

/** Returns whether a value is an object of JSON: neither null nor an array. */
export const isJsonObject = (value: unknown): value is JsonObject => typeof value === 'object' && value !== null && !Array.isArray(value)

/** The value if it is an object of JSON, else an empty one. */
export const jsonObjectOf = (value: unknown): JsonObject => (isJsonObject(value) ? value : {})

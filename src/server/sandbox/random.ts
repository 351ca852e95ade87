/** Identifiers and codes that nobody can guess. */
import { randomFillSync } from 'node:crypto'

const alphabet = '0123456789abcdefghijklmnopqrstuvwxyz'
const digits = '0123456789'
const pool = Buffer.allocUnsafe(8192)
let used = pool.length

const randomByte = () => {
  if (used === pool.length) {
    randomFillSync(pool)
    used = 0
  }
  return pool.readUInt8(used++)
}

/** One character of an alphabet, each as likely as the others. */
const pick = (characters: string): string => {
  const limit = 256 - (256 % characters.length)
  let byte = randomByte()
  while (byte >= limit) byte = randomByte()
  return characters.charAt(byte % characters.length)
}

/** Identifier as the API gives them: 25 characters of `0-9` and `a-z`. */
export const newId = (): string => {
  let id = ''
  for (let index = 0; index < 25; index++) id += pick(alphabet)
  return id
}

/** A template with every `#` replaced by a digit. */
export const fill = (template: string): string => template.replaceAll('#', () => pick(digits))

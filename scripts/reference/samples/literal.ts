/** Values of JSON as literals of a programming language, laid out as a person writes them. */

export type Notation = {
  /** One step of indentation, in spaces. */
  indent: number
  open: string
  close: string
  arrayOpen?: string
  arrayClose?: string
  /** One property without its trailing comma. */
  entry: (key: string, value: string) => string
  text: (value: string) => string
  /** How the language writes true, false and null. */
  true: string
  false: string
  null: string
  /** Whether a comma follows the last entry. */
  trailingComma: boolean
}

const singleQuoted = (value: string) => `'${value.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
const jsonText = (value: string) => JSON.stringify(value)
const javascriptName = /^[A-Za-z_$][\w$]*$/

const base = { indent: 2, open: '{', close: '}', true: 'true', false: 'false', null: 'null', trailingComma: false }

export const notations = {
  json: { ...base, entry: (key, value) => `${jsonText(key)}: ${value}`, text: jsonText },
  javascript: {
    ...base,
    entry: (key, value) => `${javascriptName.test(key) ? key : singleQuoted(key)}: ${value}`,
    text: singleQuoted,
    trailingComma: true,
  },
  ruby: { ...base, entry: (key, value) => `${key}: ${value}`, text: singleQuoted, null: 'nil' },
  python: {
    ...base,
    indent: 4,
    entry: (key, value) => `${jsonText(key)}: ${value}`,
    text: jsonText,
    true: 'True',
    false: 'False',
    null: 'None',
    trailingComma: true,
  },
  php: {
    ...base,
    indent: 4,
    open: '[',
    close: ']',
    entry: (key, value) => `${singleQuoted(key)} => ${value}`,
    text: singleQuoted,
    trailingComma: true,
  },
} satisfies Record<string, Notation>

/**
 * Literal of a value.
 * @param depth how many steps the line that it starts on is indented
 */
export const literal = (value: unknown, notation: Notation, depth = 0): string => {
  const { open, close, arrayOpen = '[', arrayClose = ']', trailingComma } = notation
  const block = (entries: string[], start: string, end: string) => {
    if (entries.length === 0) return start + end
    const pad = ' '.repeat(notation.indent * (depth + 1))
    const lines = entries.map((entry, index) => `${pad}${entry}${trailingComma || index < entries.length - 1 ? ',' : ''}`)
    return [start, ...lines, ' '.repeat(notation.indent * depth) + end].join('\n')
  }
  if (value === null) return notation.null
  if (typeof value === 'boolean') return value ? notation.true : notation.false
  if (typeof value === 'string') return notation.text(value)
  if (Array.isArray(value))
    return block(
      value.map((item) => literal(item, notation, depth + 1)),
      arrayOpen,
      arrayClose,
    )
  if (typeof value === 'object')
    return block(
      Object.entries(value).map(([key, item]) => notation.entry(key, literal(item, notation, depth + 1))),
      open,
      close,
    )
  return String(value)
}

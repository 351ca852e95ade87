/** JSON as somebody types it: its tokens, where each value stands, and what is wrong. It needs no page, so that Node runs it, too. */

/** Part of a text, by the offsets of its first letter and of the one behind its last. */
export type Span = { start: number; end: number }
export type Token = Span & { kind: 'name' | 'string' | 'literal' | 'mark'; text: string }

/** What has to stand at a place: one of JSON's marks, or one of these. */
export type Expected = 'name' | 'value' | 'end' | ',' | ':' | '}' | ']'
/** Where a text stops being JSON. */
export type Fault = Span & {
  expected: Expected[]
  /** What stands there; empty at the end of the text. */
  found: string
  /** Whether it is a string that does not end, or that holds what a string cannot. */
  isString: boolean
}

type Path = (string | number)[]

/** Where the values and members of a text stand. */
export type Places = {
  valueAt: (path: Path) => Span | undefined
  /** A value with its name. */
  memberAt: (path: Path) => Span | undefined
}
export type JsonText = { value: unknown; places: Places; fault?: undefined } | { fault: Fault }

const tokenPattern =
  /("(?:[ !#-[\]-\u{10ffff}]|\\(?:["\\/bfnrt]|u[\da-fA-F]{4}))*")|(-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?|true|false|null)|[{}[\],:]|[ \t\n\r]+/uy

/**
 * Splits a text into its tokens.
 * @returns the tokens up to where there is none, and that place: the end of a text that is made of tokens alone
 */
export const tokensOf = (text: string): { tokens: Token[]; end: number } => {
  const tokens: Token[] = []
  let end = 0
  while (end < text.length) {
    tokenPattern.lastIndex = end
    const [found = '', string, literal] = tokenPattern.exec(text) ?? []
    if (found === '') break
    const start = end
    end += found.length
    if (found.trim() === '') continue
    const before = tokens.at(-1)
    if (found === ':' && before?.kind === 'string') before.kind = 'name'
    tokens.push({ start, end, text: found, kind: string ? 'string' : literal ? 'literal' : 'mark' })
  }
  return { tokens, end }
}

class Stop extends Error {
  readonly fault: Fault
  constructor(fault: Fault) {
    super('not JSON')
    this.fault = fault
  }
}

const keyOf = (path: Path) => JSON.stringify(path)
const startsValue = ({ kind, text }: Token) => kind !== 'mark' || text === '{' || text === '['

/** Reads tokens as JSON is nested. */
class Reader {
  readonly values = new Map<string, Span>()
  readonly members = new Map<string, Span>()
  readonly #text: string
  readonly #tokens: Token[]
  /** Where the tokens end. */
  readonly #end: number
  #next = 0

  constructor(text: string) {
    const { tokens, end } = tokensOf(text)
    this.#text = text
    this.#tokens = tokens
    this.#end = end
  }

  #stop(...expected: Expected[]): never {
    const token = this.#tokens[this.#next]
    const found = token?.text ?? /^(?:[\p{L}\p{N}_'.-]+|.)?/u.exec(this.#text.slice(this.#end))?.[0] ?? ''
    const start = token?.start ?? this.#end
    throw new Stop({ start, end: start + found.length, expected, found, isString: !token && found === '"' })
  }

  #skip(mark: string): boolean {
    if (this.#tokens[this.#next]?.text !== mark) return false
    this.#next++
    return true
  }

  #readMembers(path: Path) {
    if (this.#skip('}')) return
    do {
      const name = this.#tokens[this.#next]
      if (!name || (name.kind !== 'name' && name.kind !== 'string')) return this.#stop('name')
      this.#next++
      if (!this.#skip(':')) return this.#stop(':')
      const member = [...path, JSON.parse(name.text)]
      this.members.set(keyOf(member), { start: name.start, end: this.#readValue(member).end })
    } while (this.#skip(','))
    if (!this.#skip('}')) this.#stop(',', '}')
  }

  #readItems(path: Path) {
    if (this.#skip(']')) return
    let index = 0
    do this.#readValue([...path, index++])
    while (this.#skip(','))
    if (!this.#skip(']')) this.#stop(',', ']')
  }

  #readValue(path: Path): Span {
    const first = this.#tokens[this.#next]
    if (!first || !startsValue(first)) return this.#stop('value')
    this.#next++
    if (first.text === '{') this.#readMembers(path)
    if (first.text === '[') this.#readItems(path)
    const span = { start: first.start, end: this.#tokens[this.#next - 1]?.end ?? first.end }
    this.values.set(keyOf(path), span)
    return span
  }

  read() {
    this.#readValue([])
    if (this.#next < this.#tokens.length || this.#end < this.#text.length) this.#stop('end')
  }
}

/** Reads a text: its value and where everything in it stands, or where it stops being JSON. */
export const readJson = (text: string): JsonText => {
  const reader = new Reader(text)
  try {
    reader.read()
  } catch (error) {
    if (error instanceof Stop) return { fault: error.fault }
    throw error
  }
  return {
    value: JSON.parse(text),
    places: { valueAt: (path) => reader.values.get(keyOf(path)), memberAt: (path) => reader.members.get(keyOf(path)) },
  }
}

/** Line and column of a place, from 1, as editors count them. */
export const positionOf = (text: string, offset: number) => {
  const before = text.slice(0, offset).split('\n')
  return { line: before.length, column: [...(before.at(-1) ?? '')].length + 1 }
}

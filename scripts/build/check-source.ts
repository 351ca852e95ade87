/** Build step: what is wrong with the files of the source as such, before any step makes something of them. */
import { globSync, readFileSync, statSync } from 'node:fs'
import { basename, dirname, extname, resolve } from 'node:path'
import { isNode, parseDocument, visit } from 'yaml'
import { BuildError, shown } from './step.ts'

/** Mistake at a place in a text. */
type Mistake = { index: number; fix: string }

const lineAt = (text: string, index: number) => text.slice(0, index).split('\n').length

const decoder = new TextDecoder('utf-8', { fatal: true })

/** @throws {BuildError} for a byte that is not UTF-8, with its line */
const textOf = (file: string) => {
  const bytes = readFileSync(file)
  try {
    return decoder.decode(bytes)
  } catch {
    // Decoded leniently, a wrong byte is U+FFFD. One that the text has itself encodes to what was there.
    const lines = bytes.toString('latin1').split('\n')
    const wrong = lines.findIndex((line) => !Buffer.from(Buffer.from(line, 'latin1').toString()).equals(Buffer.from(line, 'latin1')))
    throw new BuildError(`${shown(file)}:${wrong + 1}: This line is not UTF-8. Save the file as UTF-8.`)
  }
}

/** Mistakes that are told by a pattern, for files of any kind, or of YAML alone. */
const patterns: [pattern: RegExp, fix: string, kinds?: string][] = [
  [/^[ \t]*(?:<{7}|>{7})(?: |$)/m, 'This is the mark of a merge conflict. Choose one of the sides and remove the marks.'],
  [/(?<=\S\s*\n)---(?: |$)/m, 'Here a second document begins. Give it a file of its own.', '.yaml'],
  [
    /^[ \t-]*['"]?__proto__['"]? *:/m,
    'No property can be called `__proto__`, which JavaScript keeps for itself. Give it another name.',
    '.yaml',
  ],
]

/** The first anchor. Anchors make documents that are endless, or endlessly large, and the source does without. */
const anchorIn = (text: string): Mistake | undefined => {
  // To parse each file would take longer than all else here.
  if (!/(?:^|[\s[{,])&[^\s,[\]{}]/.test(text)) return
  let index: number | undefined
  visit(parseDocument(text), (_, node) => {
    if (!isNode(node) || !('anchor' in node) || !node.anchor) return undefined
    index = node.range?.[0] ?? 0
    return visit.BREAK
  })
  return index === undefined
    ? undefined
    : { index, fix: 'Anchors are not allowed. Write the value out, or put it into a file and use `$ref`.' }
}

const mistakeIn = (text: string, file: string): Mistake | undefined => {
  const kind = extname(file)
  // The step that reads sandbox.yaml says what to write into an empty one.
  if (text.trim() === '' && basename(file) !== 'sandbox.yaml')
    return { index: 0, fix: 'The file is empty. Fill it, or remove it with what refers to it.' }
  for (const [pattern, fix, only = kind] of patterns) {
    const index = only === kind ? text.search(pattern) : -1
    if (index >= 0) return { index, fix }
  }
  return kind === '.yaml' ? anchorIn(text) : undefined
}

/** File that a file consists of, where it is nothing but a reference. */
const wholeReference = (file: string, texts: Map<string, string>) => {
  const ref = /^\$ref: *['"]?([^'"\s#]*)/m.exec(texts.get(file) ?? '')?.[1]
  return ref === undefined ? undefined : resolve(dirname(file), ref || file)
}

/**
 * Checks every file of the source.
 * @throws {BuildError} at the first mistake, with its file, its line and the fix
 */
export const checkSource = (spec: string) => {
  const files = globSync('**/*', { cwd: spec }).map((file) => resolve(spec, file))
  const texts = new Map(files.filter((file) => statSync(file).isFile()).map((file) => [file, textOf(file)]))
  for (const [file, text] of texts) {
    const mistake = mistakeIn(text, file)
    if (mistake) throw new BuildError(`${shown(file)}:${lineAt(text, mistake.index)}: ${mistake.fix}`)
  }
  for (const file of texts.keys()) {
    const seen = new Set<string>()
    for (let next: string | undefined = file; next !== undefined && !seen.has(next); next = wholeReference(next, texts)) {
      seen.add(next)
      if (wholeReference(next, texts) !== file) continue
      const line = lineAt(texts.get(file) ?? '', texts.get(file)?.search(/^\$ref:/m) ?? 0)
      throw new BuildError(`${shown(file)}:${line}: This reference leads back to its own file. Let it lead to a file with content.`)
    }
  }
}

/** Reads a YAML file of the source. A mistake in it is told with its place, and with what to do. */
import { existsSync, readFileSync } from 'node:fs'
import { parse, YAMLParseError } from 'yaml'
import { BuildError, shown } from './step.ts'

/** Mistakes that the parser notices far from where they are, by the line that they are in. */
const lineMistakes: [line: RegExp, fix: string][] = [
  [/^(?:<{7}|={7}|>{7})(?: |$)/, 'This is the mark of a merge conflict. Choose one of the sides and remove the marks.'],
  [/^ *\t/, 'A tab is no indentation in YAML. Use spaces.'],
]

/** What is wrong with a text that does not parse. */
const mistakeIn = (text: string, { code, message, linePos }: YAMLParseError) => {
  for (const [pattern, fix] of lineMistakes) {
    const index = text.split('\n').findIndex((line) => pattern.test(line))
    if (index >= 0) return { line: index + 1, fix }
  }
  const line = linePos?.[0].line ?? 1
  if (code === 'DUPLICATE_KEY') return { line, fix: 'This key stands twice in the same object. Remove one of them.' }
  const [reason = ''] = message.split(/ at line \d+/)
  return { line, fix: `${reason}. Look at the indentation of this line and of the one before.` }
}

/** @throws {BuildError} for a file that is missing or is not YAML */
export const readYaml = (file: string): unknown => {
  if (!existsSync(file)) throw new BuildError(`${shown(file)} is missing. Add it, or remove what refers to it.`)
  const text = readFileSync(file, 'utf8')
  try {
    return parse(text)
  } catch (error) {
    if (!(error instanceof YAMLParseError)) throw error
    const { line, fix } = mistakeIn(text, error)
    throw new BuildError(`${shown(file)}:${line}: ${fix}`)
  }
}

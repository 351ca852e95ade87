/** Every text that the sandbox's dashboard says: what its code calls `t` with, and the messages of the errors that it shows. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import ts from 'typescript'
import { BuildError, projectFolder, shown } from '../../build/step.ts'
import { dependenciesOf } from '../../tools/imports.ts'

type Call = ts.CallExpression | ts.NewExpression

/** Which argument holds the text, by what is called. */
const textPositions = new Map([
  ['t', 0],
  ['Rejection', 1],
  ['KeptRejection', 1],
  ['ApiError', 2],
])

const nameOf = ({ expression }: Call): string => {
  if (ts.isPropertyAccessExpression(expression)) return expression.name.text
  return ts.isIdentifier(expression) ? expression.text : ''
}

/** Text that a call translates or an error carries; undefined for any other call. @throws {BuildError} for one that is put together */
const textOf = (call: Call, root: ts.SourceFile): string | undefined => {
  const name = nameOf(call)
  const argument = call.arguments?.[textPositions.get(name) ?? Number.NaN]
  if (argument === undefined) return
  if (ts.isStringLiteralLike(argument)) return argument.text
  // A rejection that repeats a message, and errors of the API's front that no page shows, have one from elsewhere.
  if (name === 'ApiError' || (name === 'Rejection' && !ts.isTemplateExpression(argument))) return
  const { line } = root.getLineAndCharacterOfPosition(argument.getStart())
  throw new BuildError(
    `${shown(root.fileName)}:${line + 1}: ${name} gets a text that is put together. Write it as one text with placeholders: t('{count} events', { count }).`,
  )
}

/** Texts in a file, in their order. @throws {BuildError} for one that is put together, which no catalogue can translate */
export const textsIn = (file: string, source: string): string[] => {
  const texts: string[] = []
  const root = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
  const visit = (node: ts.Node) => {
    const text = ts.isCallExpression(node) || ts.isNewExpression(node) ? textOf(node, root) : undefined
    if (text !== undefined) texts.push(text)
    ts.forEachChild(node, visit)
  }
  visit(root)
  return texts
}

/** Files of the server whose texts the dashboard shows: those of the sandbox, and what they import. */
const files = () =>
  [...dependenciesOf(resolve(projectFolder, 'src/server/sandbox/sandbox.ts'))]
    .filter((file) => file.startsWith(resolve(projectFolder, 'src/server')))
    .sort()

/** Collects the texts by reading the code, so that no list of them can be forgotten. */
export const dashboardTexts = (): ReadonlySet<string> => new Set(files().flatMap((file) => textsIn(file, readFileSync(file, 'utf8'))))

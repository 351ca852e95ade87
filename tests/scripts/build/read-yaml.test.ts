/** Mistakes in the YAML of a payment method name the file, the line and the fix, whichever step meets them first. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { lintSource } from '../../../scripts/build/lint-source.ts'
import { sandboxFactsOf } from '../../../scripts/build/sandbox-facts.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-yaml-'))
const spec = join(folder, 'spec')
beforeAll(() => cpSync('spec', spec, { recursive: true }))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const mistakes: [name: string, change: ((text: string) => string) | undefined, fix: RegExp][] = [
  ['a tab', (text) => text.replace(/\n {2}/, '\n\t'), /:\d+: A tab is no indentation in YAML\. Use spaces\.$/],
  ['a key that stands twice', (text) => `${text}title: a\ntitle: b\n`, /:\d+: This key stands twice in the same object\./],
  ['a wrong indentation', (text) => text.replace(/\n(\w+:)/, '\n $1'), /:\d+: .*Look at the indentation of this line/],
  ['the marks of a merge', (text) => `<<<<<<< HEAD\n${text}=======\n>>>>>>> other\n`, /:1: This is the mark of a merge conflict\./],
  ['no file', undefined, / is missing\. /],
]
const steps: [file: string, step: () => unknown][] = [
  ['KonbiniRequest.yaml', () => lintSource(join(spec, 'openapi.yaml'))],
  ['sandbox.yaml', () => sandboxFactsOf(spec)],
]
const cases = steps.flatMap(([file, step]) => mistakes.map(([name, change, fix]) => ({ file, step, name, change, fix })))

test.each(cases)('$name in $file', { timeout: 60_000 }, async ({ file, step, change, fix }) => {
  const path = join(spec, 'payment-methods/konbini', file)
  const text = readFileSync(path, 'utf8')
  if (change) writeFileSync(path, change(text))
  else rmSync(path)
  try {
    const { message } = await Promise.resolve()
      .then(step)
      .then(
        () => new Error('Nothing was noticed.'),
        (error: Error) => error,
      )
    expect(message).toMatch(fix)
    expect(message).toContain(`payment-methods/konbini/${file}`)
  } finally {
    writeFileSync(path, text)
  }
})

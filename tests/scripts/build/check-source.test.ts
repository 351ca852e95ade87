/** Mistakes in the files of the source name the file, the line and the fix. */
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { checkSource } from '../../../scripts/build/check-source.ts'
import { build, generate } from '../../../scripts/build.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-source-'))
const spec = join(folder, 'spec')
cpSync('spec', spec, { recursive: true })
afterAll(() => rmSync(folder, { recursive: true }))

const schema = 'components/schemas/Metadata.yaml'
const conflict = (text: string) => `${text}<<<<<<< HEAD\n=======\n>>>>>>> other\n`
const bomb = ['a: &a [x, x, x, x, x, x, x, x, x]', ...'bcdefghi'].map((name, index) =>
  index === 0 ? name : `${name}: &${name} [${Array(9).fill(`*${'abcdefghi'[index - 1]}`)}]`,
)

test('the source has none', () => checkSource('spec'))

test.for([
  ['a byte that is not UTF-8', schema, (text: string) => Buffer.concat([Buffer.from(`${text}# `), Buffer.from([0xe9, 10])]), /not UTF-8/],
  ['merge marks in a guide', 'guides/07-errors.md', conflict, /merge conflict/],
  ['merge marks in a catalogue', 'languages/ja.po', conflict, /merge conflict/],
  ['merge marks in a description', schema, (text: string) => `${text}x: |\n  <<<<<<< HEAD\n`, /merge conflict/],
  ['an empty file', schema, () => ' \n', /is empty/],
  ['two documents', schema, (text: string) => `${text}---\na: 1\n`, /second document/],
  ['__proto__', schema, (text: string) => `${text}x:\n  "__proto__": {}\n`, /`__proto__`/],
  ['an anchor that contains itself', schema, (text: string) => `${text}x: &x\n  y: *x\n`, /Anchors/],
  ['an anchor in a flow', schema, (text: string) => `${text}x: [&x 1]\n`, /Anchors/],
  ['a bomb of anchors', schema, () => bomb.join('\n'), /Anchors/],
  ['a reference to its own file', schema, () => '$ref: ./Metadata.yaml\n', /leads back/],
  ['a reference to itself', schema, () => "$ref: '#/'\n", /leads back/],
] as [string, string, (text: string) => string | Buffer, RegExp][])('%s', async ([, name, change, fix]) => {
  const file = join(spec, name)
  const text = readFileSync(file)
  writeFileSync(file, change(text.toString()))
  try {
    const sentence = new RegExp(`/${name}:\\d+: .*${fix.source}.*\\.$`)
    expect(() => checkSource(spec)).toThrow(sentence)
    await expect(build(spec, join(folder, 'generated'), false)).rejects.toThrow(sentence)
    await expect(generate(spec)).rejects.toThrow(sentence)
  } finally {
    writeFileSync(file, text)
  }
})

test('a cycle of files', () => {
  const files = ['A.yaml', 'B.yaml'].map((name) => join(spec, 'components/schemas', name))
  writeFileSync(files[0]!, '$ref: ./B.yaml\n')
  writeFileSync(files[1]!, '$ref: ./A.yaml\n')
  expect(() => checkSource(spec)).toThrow(/schemas\/[AB]\.yaml:1: This reference leads back/)
  for (const file of files) rmSync(file)
})

test('what only looks like a mistake is none', () => {
  const file = join(spec, schema)
  const text = readFileSync(file, 'utf8')
  writeFileSync(file, `---\n${text}x: |\n  Salt &pepper\n  ---\n  ======= \ny: "&a"\nz: é � \n`)
  expect(() => checkSource(spec)).not.toThrow()
  writeFileSync(file, text)
})

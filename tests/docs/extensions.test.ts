/** docs/extensions.md lists every extension of the document, and no other. */
import { globSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { readDocument } from '../../src/document.ts'

/** Keys of a value, at any depth, that begin with `x-`. */
const extensionsIn = (node: unknown): string[] =>
  typeof node === 'object' && node !== null
    ? Object.entries(node).flatMap(([key, value]) => [...(key.startsWith('x-') ? [key] : []), ...extensionsIn(value)])
    : []

const listed = [...readFileSync('docs/extensions.md', 'utf8').matchAll(/^\| `(x-[\w-]+)` \|/gm)].map(([, name = '']) => name)
const inBundle = new Set(extensionsIn(readDocument()))
const inSource = new Set(globSync('spec/**/*.yaml').flatMap((file) => extensionsIn(parse(readFileSync(file, 'utf8')))))

test('each extension of the bundle and of the source is listed once', () => {
  expect(listed.toSorted()).toEqual([...new Set([...inBundle, ...inSource])].sort())
})

test('the last two are the only ones that are not in the bundle', () => {
  expect(listed.filter((name) => !inBundle.has(name))).toEqual(listed.slice(-2))
})

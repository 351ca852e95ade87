/** The harness itself: what it reads, and that it notices what is not as promised. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { readVersion } from '../../src/version.ts'
import { blocksOf, fits } from './blocks.ts'

test('blocks have their reader, their place and the output behind them', () => {
  const text = [
    '# A',
    '',
    '**From the package.** So:',
    '',
    '```sh',
    'npm i a',
    '```',
    '',
    'Then:',
    '',
    '```sh',
    'a &',
    'b',
    '```',
    '',
    '```text',
    'x…',
    '```',
  ]
  expect(blocksOf(text.join('\n'))).toEqual([
    { line: 5, audience: 'package', shell: 'npm i a', output: undefined },
    { line: 11, audience: 'everybody', shell: 'a &\nb', output: 'x…' },
  ])
  expect(() => blocksOf('```text\nx\n```')).toThrow('Line 1')
  expect(() => blocksOf('```sh\nx')).toThrow('does not end')
})

test('an output has to be what is promised, whole', () => {
  expect(fits('{"id":"a","total":1}\n', '{"id":"…","total":1}')).toBe(true)
  expect(fits('{"id":"a","total":2}', '{"id":"…","total":1}')).toBe(false)
  expect(fits('a curl: (7) error', 'a')).toBe(false)
  expect(fits('a.c', 'abc')).toBe(false)
  expect(fits('abc', 'a.c')).toBe(false)
})

test('the README names the tarball that `npm pack` writes', () => {
  const named = readFileSync('README.md', 'utf8').match(/komoju-openapi-[\w.-]+\.tgz/g)
  expect(new Set(named)).toEqual(new Set([`komoju-openapi-${readVersion()}.tgz`]))
})

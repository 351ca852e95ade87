/** The plain Redoc page, which the build puts together from a page of the document's outline. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { pageOf, renderRedoc } from '../../../scripts/reference/redoc.ts'

test('the page is the one that Redoc makes of the whole document', { timeout: 60_000 }, async () => {
  const json = readFileSync('generated/openapi.json', 'utf8')
  expect((await renderRedoc(json)) === (await pageOf(json))).toBe(true)
})

test('a page that carries no document is an error', async () => {
  const json = readFileSync('generated/openapi.json', 'utf8')
  await expect(renderRedoc(json, async <Result>() => '<html></html>' as Result)).rejects.toThrow('redoc.ts')
})

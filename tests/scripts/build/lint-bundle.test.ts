/** The lint of the bundle, which resolves references and compiles components by itself: it finds what Spectral alone would. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { stringify } from 'yaml'
import { lintBundle } from '../../../scripts/build/lint-bundle.ts'

const json = readFileSync('generated/openapi.json', 'utf8')
const lintOf = (change: (document: ReturnType<typeof JSON.parse>) => void) => {
  const document = JSON.parse(json)
  change(document)
  return lintBundle({ yaml: stringify(document), json: JSON.stringify(document) }, 'spec')
}

test('the bundle has no problems', async () => {
  await expect(lintOf(() => {})).resolves.toBeUndefined()
})

const responseExample = (document: ReturnType<typeof JSON.parse>) => document.components.examples['konbini-createPayment-response'].value

test.each<[what: string, change: Parameters<typeof lintOf>[0], problem: RegExp]>([
  [
    'a wrong value in a component within a component',
    (document) => Object.assign(responseExample(document).payment_details, { store: 5 }),
    /oas3-valid-media-example: "store" property[\s\S]*payment_details\.store/,
  ],
  [
    'a format, which Redocly does not judge',
    (document) => Object.assign(responseExample(document), { created_at: 'yesterday' }),
    /oas3-valid-media-example: "created_at" property must match format "date-time"/,
  ],
  [
    'a component that nothing refers to',
    (document) => Object.assign(document.components.parameters, { Unused: document.components.parameters.Page }),
    /oas3-unused-component: [\s\S]*components\.parameters\.Unused/,
  ],
])('%s is found', { timeout: 30_000 }, async (_what, change, problem) => {
  await expect(lintOf(change)).rejects.toThrow(problem)
})

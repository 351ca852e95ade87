/** What a change has to leave as it is for the rules of examples and schemas not to be repeated. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { lintBundle } from '../../../scripts/build/lint-bundle.ts'
import { shapeOf, shapeRules } from '../../../scripts/build/shape.ts'

const json = readFileSync('generated/openapi.json', 'utf8')
type Change = (document: ReturnType<typeof JSON.parse>) => void
const changed = (change: Change) => {
  const document = JSON.parse(json)
  change(document)
  return JSON.stringify(document)
}

test.each<[what: string, change: Change]>([
  ['a description of a schema', ({ components }) => Object.assign(components.schemas.Refund, { description: 'Other.' })],
  [
    'a summary of an example',
    ({ components }) => Object.assign(components.examples['konbini-createPayment-request'], { summary: 'Other' }),
  ],
])('%s is none of the shape', (_what, change) => {
  expect(shapeOf(changed(change)) === shapeOf(json)).toBe(true)
})

test.each<[what: string, change: Change]>([
  ['a constraint', ({ components }) => Object.assign(components.schemas.Refund, { minProperties: 1 })],
  [
    'a property called description',
    ({ components }) => Object.assign(components.schemas.Refund.properties, { description: { type: 'string' } }),
  ],
  [
    'a value of an example called description',
    ({ components }) => Object.assign(components.examples['konbini-createPayment-request'].value, { description: 'Other' }),
  ],
  [
    'a value of a schema’s own examples',
    ({ components }) => Object.assign(components.schemas.Refund, { examples: [{ description: 'Other' }] }),
  ],
  ['a text that is no text', ({ components }) => Object.assign(components.schemas.Refund, { description: 5 })],
  ['a text that is missing', ({ components }) => delete components.schemas.Refund.description],
])('%s is of the shape', (_what, change) => {
  expect(shapeOf(changed(change)) === shapeOf(json)).toBe(false)
})

test('what is skipped where texts alone have changed judges no text', { timeout: 60_000 }, async () => {
  const texts = changed(({ components }) => Object.assign(components.schemas.Refund, { title: '<script>', description: 'eval(0) whoever' }))
  const problems = (skipped: string[]) => lintBundle({ yaml: texts, json: texts }, 'spec', skipped).catch(({ message }: Error) => message)
  expect(await problems(shapeRules.spectral)).toMatch(/no-script-tags-in-markdown[\s\S]*plain-words/)
  expect(await problems(shapeRules.spectral)).toBe(await problems([]))
})

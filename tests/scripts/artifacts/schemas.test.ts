/** The schemas of messages have the document's opinion of every example and of every wrong request of the corpus. */
import { globSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { Ajv2020 } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'
import { expect, test } from 'vitest'
import { projectFolder } from '../../../scripts/build/step.ts'
import { readCorpus } from '../../../scripts/mutation/corpus.ts'
import { readDocument } from '../../../src/document.ts'

const document = readDocument()
const { messages } = readCorpus(document)
const files = globSync('generated/schemas/*.json', { cwd: projectFolder })

test.each(files)('%s stands alone and says what the document says', (file) => {
  const ajv = new Ajv2020({ strict: false })
  addFormats.default(ajv)
  const schema = JSON.parse(readFileSync(resolve(projectFolder, file), 'utf8'))
  expect(schema.$schema).toBe('https://json-schema.org/draft/2020-12/schema')
  expect(JSON.stringify(schema)).not.toContain('#/components')
  const conforms = ajv.compile(schema)
  const own = messages.filter((message) => message.schema === basename(file, '.json'))
  expect(own.length).toBeGreaterThan(0)
  for (const { value, conforms: expected, why } of own) expect(conforms(value), why).toBe(expected)
})

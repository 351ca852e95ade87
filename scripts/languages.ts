/** `npm run languages`: the catalogues of translations, with every text that the reference has. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { translatedLanguages } from '../src/pages/languages.ts'
import { projectFolder, runStep, writeWhole } from './build/step.ts'
import { catalogueText, checkCatalogue, readCatalogue } from './reference/languages/catalogue.ts'
import { textsOf } from './reference/languages/texts.ts'

const help = `Usage: npm run languages -- [options]

Writes every text of the reference to spec/languages/*.po: new ones without a translation, those that are gone no more.

  --check  write nothing; name texts without a translation, stale ones, and those that lose code or links
  --help   show this help`

if (import.meta.main)
  await runStep(() => {
    const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } })
    if (values.help) return console.log(help)
    const folder = resolve(projectFolder, 'spec/languages')
    const document = JSON.parse(readFileSync(resolve(projectFolder, 'generated/openapi.json'), 'utf8'))
    const texts = textsOf(document, resolve(projectFolder, 'spec/guides'))
    for (const language of translatedLanguages) {
      if (!values.check) {
        writeWhole(resolve(folder, `${language}.po`), catalogueText(language, texts, readCatalogue(folder, language)))
        continue
      }
      const problems = checkCatalogue(folder, language, texts)
      if (problems.length > 0) process.exitCode = 1
      console.log([...problems, `${language}.po: ${problems.length} problems in ${texts.size} texts`].join('\n'))
    }
  })

/** `npm run languages`: the catalogues of translations, with every text that the reference and the sandbox's dashboard have. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { projectFolder, runStep, writeWhole } from './build/step.ts'
import { allCatalogues } from './reference/languages/all.ts'
import { catalogueText, checkCatalogue, readCatalogue } from './reference/languages/catalogue.ts'

const help = `Usage: npm run languages -- [options]

Writes every text of the reference and of the sandbox's dashboard to spec/languages/*.po: new ones without a translation; those
that no longer exist are removed.

  --check  write nothing; name texts without a translation, stale ones, and those that lose code or links
  --help   show this help`

if (import.meta.main)
  await runStep(() => {
    const { values } = parseArgs({ options: { check: { type: 'boolean' }, help: { type: 'boolean' } } })
    if (values.help) return console.log(help)
    const spec = resolve(projectFolder, 'spec')
    const folder = resolve(spec, 'languages')
    const document = JSON.parse(readFileSync(resolve(projectFolder, 'generated/openapi.json'), 'utf8'))
    for (const { name, texts } of allCatalogues(document, spec)) {
      if (!values.check) {
        writeWhole(resolve(folder, `${name}.po`), catalogueText(name, texts, readCatalogue(folder, name)))
        continue
      }
      const problems = checkCatalogue(folder, name, texts)
      if (problems.length > 0) process.exitCode = 1
      console.log([...problems, `${name}.po: ${problems.length} problems in ${texts.size} texts`].join('\n'))
    }
  })

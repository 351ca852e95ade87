/** Build step: the languages of the sandbox's dashboard, so that the server needs no parser of catalogues. */
import { resolve } from 'node:path'
import { translatedLanguages } from '../../src/pages/languages.ts'
import { catalogueOf } from '../../src/server/sandbox/pages/catalogue.ts'
import { readCatalogue } from '../reference/languages/catalogue.ts'

/**
 * Compiles the catalogues of the dashboard, with the names of the payment methods from those of the reference.
 * @param json text of the bundle
 * @param spec folder of the hand-written source
 * @returns text of dashboard.json: translations by their English text, by language
 */
export const dashboardCatalogues = (json: string, spec: string): string => {
  const folder = resolve(spec, 'languages')
  const names = catalogueOf(JSON.parse(json)).methods.map(([, name]) => name)
  const catalogues = translatedLanguages.map((language) => {
    const reference = readCatalogue(folder, language)
    const texts = [...names.map((name) => [name, reference.get(name) ?? ''] as const), ...readCatalogue(folder, `dashboard.${language}`)]
    return [language, Object.fromEntries(texts.filter(([, text]) => text !== ''))]
  })
  return `${JSON.stringify(Object.fromEntries(catalogues), null, 2)}\n`
}

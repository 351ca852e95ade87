/** Every catalogue of translations, with the texts that it has to have. */
import { resolve } from 'node:path'
import type { OpenApiDocument } from '../../../src/document.ts'
import { translatedLanguages } from '../../../src/pages/languages.ts'
import type { CatalogueName } from './catalogue.ts'
import { dashboardTexts } from './dashboard-texts.ts'
import { textsOf } from './texts.ts'

/**
 * Lists the catalogues.
 * @param document the bundle
 * @param spec folder of the hand-written source
 */
export const allCatalogues = (document: OpenApiDocument, spec: string): { name: CatalogueName; texts: ReadonlySet<string> }[] => {
  const reference = textsOf(document, resolve(spec, 'guides'))
  const dashboard = dashboardTexts()
  return [
    ...translatedLanguages.map((language) => ({ name: language, texts: reference })),
    ...translatedLanguages.map((language) => ({ name: `dashboard.${language}` as const, texts: dashboard })),
  ]
}

/** Build step: the document in the forms that other tools read. */
import { resolve } from 'node:path'
import { translatedLanguages } from '../../src/pages/languages.ts'
import { openapiCore } from '../build/openapi-core.ts'
import { translatorFor } from '../reference/languages/catalogue.ts'
import { translateDocument } from '../reference/languages/document.ts'
import { brunoFolderOf } from './bruno.ts'
import { toOpenApi30 } from './openapi30.ts'
import { postmanCollectionOf } from './postman.ts'
import { schemasOf } from './schemas.ts'

const { stringifyYaml } = openapiCore

/** The document with its texts in other languages. */
const translationsOf = (json: string, languagesFolder: string) =>
  Object.fromEntries(
    translatedLanguages.map((language) => [
      `openapi.${language}.yaml`,
      stringifyYaml(translateDocument(JSON.parse(json), translatorFor(languagesFolder, language)), { noRefs: true }),
    ]),
  )

/**
 * Makes all of them.
 * @param json text of the bundle
 * @param spec folder of the source, with the catalogues of translations in languages/
 * @returns texts by file name below generated/
 */
export const artifactsOf = (json: string, spec: string): Record<string, string> => ({
  'openapi-3.0.yaml': stringifyYaml(toOpenApi30(JSON.parse(json)), { noRefs: true }),
  ...translationsOf(json, resolve(spec, 'languages')),
  'postman.json': postmanCollectionOf(json),
  ...brunoFolderOf(json),
  ...schemasOf(json),
})

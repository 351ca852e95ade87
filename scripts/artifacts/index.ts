/** Build step: the document in the forms that other tools read. */
import { stringifyYaml } from '@redocly/openapi-core'
import { brunoFolderOf } from './bruno.ts'
import { toOpenApi30 } from './openapi30.ts'
import { postmanCollectionOf } from './postman.ts'
import { schemasOf } from './schemas.ts'

/**
 * Makes all of them.
 * @param json text of the bundle
 * @returns texts by file name below generated/
 */
export const artifactsOf = (json: string): Record<string, string> => ({
  'openapi-3.0.yaml': stringifyYaml(toOpenApi30(JSON.parse(json)), { noRefs: true }),
  'postman.json': postmanCollectionOf(json),
  ...brunoFolderOf(json),
  ...schemasOf(json),
})

/** What rules judge that read no text, so that a change of texts alone does not repeat them. */
import { translateDocument } from '../reference/languages/document.ts'

/** Rules that compare examples with schemas, or the document with OpenAPI's own schema: the longest work of the linters. */
export const shapeRules = {
  redocly: ['no-invalid-media-type-examples', 'no-invalid-parameter-examples', 'no-invalid-schema-examples'],
  spectral: ['oas3-valid-media-example', 'oas3-valid-schema-example', 'oas3-schema'],
}

/**
 * The document without its texts. Examples and values are no texts, whatever their properties are called.
 * @param json text of the bundle
 */
export const shapeOf = (json: string): string => JSON.stringify(translateDocument(JSON.parse(json), () => ''))

/** The API as the kit judges it. */
import { createValidator, type Validator } from '../../validator.ts'
import { type ApiDescription, readApiDescription } from './api-description.ts'

/** The description of the API, and the judge of its messages. */
export type ApiModel = ApiDescription & { validator: Validator }

let model: ApiModel | undefined

/** Reads the document for the kit, once. */
export const readApiModel = (): ApiModel => {
  const description = readApiDescription()
  model ??= { ...description, validator: createValidator(description.document) }
  return model
}

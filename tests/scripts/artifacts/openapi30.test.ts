/** The document in 3.0, which Dredd is given: valid, and with the same opinion of the examples. */
import { readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import SwaggerParser from '@apidevtools/swagger-parser'
import { createConfig, lint } from '@redocly/openapi-core'
import { Validator } from '@seriousme/openapi-schema-validator'
import { Ajv } from 'ajv'
import { OpenAPIBackend } from 'openapi-backend'
import { expect, test } from 'vitest'
import { parse } from 'yaml'
import { toOpenApi30 } from '../../../scripts/artifacts/openapi30.ts'
import { projectFolder } from '../../../scripts/build/step.ts'
import { operationsOf, readDocument } from '../../../src/document.ts'

const document = readDocument()
const converted = toOpenApi30(document)

test('the conversion is valid OpenAPI 3.0', async () => {
  const validator = new Validator()
  const { valid, errors } = await validator.validate(structuredClone(converted))
  expect(errors).toBeUndefined()
  expect(valid).toBe(true)
  expect(validator.version).toBe('3.0')
})

test('the committed file is it, and swagger-parser, Redocly and openapi-backend read it', async () => {
  const file = resolve(projectFolder, 'generated/openapi-3.0.yaml')
  expect(parse(readFileSync(file, 'utf8'))).toEqual(JSON.parse(JSON.stringify(converted)))
  await expect(SwaggerParser.validate(file)).resolves.toBeDefined()
  const problems = await lint({ ref: file, config: await createConfig({ extends: ['minimal'] }) })
  expect(problems.filter(({ severity }) => severity === 'error').map(({ message }) => message)).toEqual([])
  const backend = new OpenAPIBackend({ definition: structuredClone(converted), ajvOpts: { validateFormats: false } })
  await backend.init()
  expect(backend.getOperations()).toHaveLength(operationsOf(document).length)
})

test('it loses no operation, example or response', () => {
  const shape = (of: typeof document) =>
    operationsOf(of).map(({ operationId, request, responses }) => [
      operationId,
      request?.mediaTypes,
      request?.examples,
      Object.keys(responses),
    ])
  expect(shape(converted)).toEqual(shape(document))
})

const ajv = new Ajv({ strict: false, validateFormats: false }).addSchema(converted, 'api')
const conforms = (name: string, value: unknown) => ajv.validate(`api#/components/schemas/${name}`, value) as boolean

test.each(operationsOf(document).filter(({ request }) => request !== undefined))('$operationId takes its examples', ({ request }) => {
  const name = (request!.schema as { $ref: string }).$ref.split('/').at(-1)!
  for (const { value } of Object.values(request!.examples)) expect(conforms(name, value), JSON.stringify(ajv.errors)).toBe(true)
})

const payment = { amount: 1000, currency: 'JPY', payment_details: { type: 'line_pay' } }

test.each([
  ['text where 3.1 lists two types', { ...payment, amount: '1000' }, true],
  ['a third type', { ...payment, amount: true }, false],
  ['null where 3.1 lists it', { ...payment, description: null }, true],
  ['null where it does not', { ...payment, currency: null }, false],
  ['another value than a constant', { ...payment, payment_details: { type: 'line' } }, false],
  ['a bound', { ...payment, amount: -1 }, false],
])('createPayment: %s', (_what, value, isRight) => {
  expect(conforms('CreatePaymentRequest', value), JSON.stringify(ajv.errors)).toBe(isRight)
})

test('null alone is an empty choice of text that may be null', () => {
  const [withDetails, withCustomer] = converted.components.schemas.CreatePaymentRequest.oneOf
  const nothing = { type: 'string', nullable: true, enum: [null] }
  expect(withDetails.properties.customer).toMatchObject(nothing)
  expect(withCustomer.properties.payment_details).toMatchObject(nothing)
})

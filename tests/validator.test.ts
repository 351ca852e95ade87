/** The judge: Ajv's verdict, and reasons in the words of the branch that was chosen. */
import { describe, expect, test } from 'vitest'
import { operationsOf, readDocument, type SchemaObject } from '../src/document.ts'
import { createValidator } from '../src/validator.ts'

const validatorOf = (schemas: Record<string, SchemaObject>) => createValidator({ components: { schemas } })
const reasons = (schema: SchemaObject, value: unknown, schemas: Record<string, SchemaObject> = {}) =>
  validatorOf(schemas)
    .violations(schema, value)
    .map(({ path, rule }) => `${path.join('.')} ${rule}`)

describe('reasons', () => {
  const cat = {
    type: 'object',
    required: ['kind', 'lives'],
    properties: { kind: { const: 'cat' }, lives: { type: 'integer', maximum: 9 } },
    additionalProperties: false,
  }
  const dog = {
    type: 'object',
    required: ['kind'],
    properties: { kind: { const: 'dog' }, tricks: { type: 'array', items: { type: 'string' } } },
    additionalProperties: false,
  }
  const schemas = { Cat: cat, Dog: dog }
  const pet: SchemaObject = {
    type: 'object',
    discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } },
    oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
  }
  test.for<[value: unknown, expected: string[]]>([
    [{ kind: 'cat', lives: 3 }, []],
    [{ kind: 'cat' }, ['lives missing']],
    [{ kind: 'cat', lives: 10 }, ['lives maximum']],
    [{ kind: 'cat', lives: 1.5 }, ['lives type']],
    [{ kind: 'cat', lives: 1, tricks: [] }, ['tricks additionalProperties']],
    [{ kind: 'dog', tricks: ['sit', 1] }, ['tricks.1 type']],
    [{ kind: 'cow' }, ['kind unknown_tag']],
    [{ kind: 'constructor' }, ['kind unknown_tag']],
    [{}, ['kind missing']],
    ['cat', [' type']],
    [null, [' type']],
  ])('%j', ([value, expected]) => {
    expect(reasons(pet, value, schemas)).toEqual(expected)
    expect(validatorOf(schemas).conforms(pet, value)).toBe(expected.length === 0)
  })
  test('one of two kinds of value explains the kind that was sent', () => {
    const either: SchemaObject = { oneOf: [pet, { type: 'string', pattern: '^tok_' }] }
    expect(reasons(either, 'abc', schemas)).toEqual([' pattern'])
    expect(reasons(either, { kind: 'cat' }, schemas)).toEqual(['lives missing'])
    expect(reasons(either, 7, schemas)).toEqual([' type'])
  })
  test('alternatives that all lack something are named together', () => {
    const [violation] = validatorOf({}).violations({ oneOf: [{ required: ['a'] }, { required: ['b'] }] }, {})
    expect(violation).toMatchObject({ path: ['a'], rule: 'missing', message: 'is missing: send a or b' })
  })
  test('the alternative whose properties were sent explains, however much is wrong in it', () => {
    const source: SchemaObject = { type: 'object', required: ['a', 'b', 'c', 'd'] }
    const either: SchemaObject = {
      properties: { card: { anyOf: [source, { type: 'null' }] } },
      oneOf: [
        { required: ['card'], properties: { card: source, customer: { type: 'null' } } },
        { required: ['customer'], properties: { card: { type: 'null' } } },
      ],
    }
    expect(reasons(either, { card: { a: 1 } })).toEqual(['card.b missing', 'card.c missing', 'card.d missing'])
  })
  test('matching both alternatives of oneOf is a reason', () => {
    expect(reasons({ oneOf: [{ required: ['a'] }, { required: ['b'] }] }, { a: 1, b: 1 })).toEqual([' oneOf'])
  })
  test('a property that needs another', () => {
    expect(reasons({ type: 'object', dependentRequired: { a: ['b'] } }, { a: 1 })).toEqual(['b missing'])
  })
  test('keys that are too long', () => {
    expect(reasons({ type: 'object', propertyNames: { maxLength: 2 } }, { abc: 1 })).toEqual([' propertyNames'])
  })
  test('missing properties come first', () => {
    expect(reasons({ type: 'object', required: ['b'], properties: { a: { type: 'string' } } }, { a: 1 })).toEqual(['b missing', 'a type'])
  })
  test('of a large list or map that is all wrong, the beginning is enough', { timeout: 5000 }, () => {
    const items = Array(100_000).fill('x')
    expect(reasons({ type: 'array', items: { type: 'integer' } }, items)).toHaveLength(100)
    expect(reasons({ type: 'object', additionalProperties: { type: 'integer' } }, { ...items })).toHaveLength(100)
    expect(reasons({ type: 'object', additionalProperties: false }, { ...items })).toHaveLength(100)
  })
  test('no message repeats the value', () => {
    const secret = '4111111111111111'
    for (const schema of [{ enum: ['a'] }, { const: 1 }, { pattern: '^a$' }, { format: 'email' }, { maxLength: 3 }, { type: 'integer' }])
      for (const { message } of validatorOf({}).violations(schema as SchemaObject, secret)) expect(message).not.toContain(secret)
  })
})

test('every example of the document conforms', () => {
  const document = readDocument()
  const { violations } = createValidator(document)
  let checked = 0
  for (const { operationId, request, responses } of operationsOf(document))
    for (const body of [request, ...Object.values(responses).map((response) => response.body)])
      for (const [key, { value }] of Object.entries(body?.examples ?? {})) {
        expect(violations(body!.schema, value), `${operationId} ${key}`).toEqual([])
        checked++
      }
  expect(checked).toBeGreaterThan(200)
})

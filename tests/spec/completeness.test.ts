/** Everything that has to agree does: the payment methods, the error codes, the operations, and what each part makes of them. */
import { existsSync, globSync, readdirSync, readFileSync } from 'node:fs'
import { basename, resolve } from 'node:path'
import { describe, expect, test } from 'vitest'
import { parse } from 'yaml'
import { projectFolder } from '../../scripts/build/step.ts'
import { readCorpus } from '../../scripts/mutation/corpus.ts'
import { guidesOf } from '../../scripts/reference/guides.ts'
import { samplesOf } from '../../scripts/reference/samples/index.ts'
import { readApiModel } from '../../src/contract/api/api-model.ts'
import { allChecks } from '../../src/contract/run/wanted-checks.ts'
import { operationsOf, readDocument, type SchemaObject } from '../../src/document.ts'
import { english } from '../../src/pages/translator.ts'
import { createMockServer, createSandboxServer } from '../../src/server/index.ts'

const document = readDocument()
const operations = operationsOf(document)
const operationIds = operations.map(({ operationId }) => operationId)
const createPayment = operations.find(({ operationId }) => operationId === 'createPayment')!
const getPayment = operations.find(({ operationId }) => operationId === 'getPayment')!
const schema = (name: string): SchemaObject => document.components.schemas[name]
const source = (...path: string[]) => resolve(projectFolder, ...path)
const textOf = (...path: string[]) => readFileSync(source(...path), 'utf8')
const samples = samplesOf(document)
const guides = guidesOf(source('spec/guides'), document, english)
// The page's anchors stand before what they name.
const guideText = guides.guides.map(({ text }) => text.replaceAll(/<a id="[^"]*"><\/a>/g, '')).join('\n')

const methods = readdirSync(source('spec/payment-methods')).sort()

describe('the payment methods, which are the folders of spec/payment-methods,', () => {
  const kinds = { request: schema('PaymentDetailsRequest'), response: schema('PaymentDetails') }
  const membersOf = ({ oneOf }: SchemaObject) => oneOf!.map((member) => (member as { $ref: string }).$ref)

  test.each(Object.entries(kinds))('are the members of the union of the %s, its mapping, and what each member pins', (_kind, union) => {
    const { propertyName, mapping } = union.discriminator as { propertyName: string; mapping: Record<string, string> }
    expect(Object.keys(mapping).sort()).toEqual(methods)
    expect(Object.values(mapping)).toEqual(membersOf(union))
    for (const [method, $ref] of Object.entries(mapping)) {
      const member = schema($ref.split('/').at(-1)!)
      expect((member.properties![propertyName] as SchemaObject).const, method).toBe(method)
    }
  })

  test('come in the same order in both unions', () => {
    const order = (union: SchemaObject) => Object.keys(union.discriminator!.mapping!)
    expect(order(kinds.request)).toEqual(order(kinds.response))
  })

  test('own both schemas and both examples of a creation', () => {
    for (const method of methods) {
      const folder = source('spec/payment-methods', method)
      expect(
        readdirSync(folder).filter((name) => /(Request|Details)\.yaml$/.test(name)),
        method,
      ).toHaveLength(2)
      for (const side of ['request', 'response'])
        expect(existsSync(resolve(folder, 'examples', `${method}-createPayment-${side}.yaml`)), `${method} ${side}`).toBe(true)
      for (const file of readdirSync(resolve(folder, 'examples')))
        expect(file).toMatch(new RegExp(`^${method}-\\w+-(request|response)\\.yaml$`))
    }
  })

  test('are the examples of createPayment, with a response of the method that was asked for', () => {
    const { request, responses } = createPayment
    // One more is a card that is short.
    const keys = [...methods, 'web_money_short'].sort()
    expect(Object.keys(request!.examples).sort()).toEqual(keys)
    expect(Object.keys(responses['200']!.body!.examples).sort()).toEqual(keys)
    for (const method of methods) {
      expect(request!.examples[method]!.value).toMatchObject({ payment_details: { type: method } })
      expect(responses['200']!.body!.examples[method]!.value).toMatchObject({ payment_details: { type: method } })
    }
    expect(Object.keys(getPayment.responses['200']!.body!.examples)).toEqual(expect.arrayContaining(methods))
  })

  test('have verdicts of their own', () => {
    const files = globSync('*.yaml', { cwd: source('tests/spec/verdicts/payment-methods') })
    expect(files.map((file) => basename(file, '.yaml')).sort()).toEqual(methods)
    const { tags } = readCorpus(document)
    expect(tags.PaymentDetailsRequest!.values.toSorted()).toEqual(methods)
    expect(tags.PaymentDetails!.values.toSorted()).toEqual(methods)
  })

  test('are in the guide and in the samples', () => {
    for (const method of methods) expect(guideText, method).toContain(`| \`${method}\` |`)
    const shown = samples.filter(({ call }) => call.operation.operationId === 'createPayment').map(({ call }) => call.example)
    expect([...new Set(shown)].sort()).toEqual([...methods, 'web_money_short'].sort())
  })

  test('are members of the unions that the client exports', () => {
    const types = textOf('generated/schema.d.ts')
    for (const union of ['PaymentDetailsRequest', 'PaymentDetails']) {
      const [, members = ''] = new RegExp(`\\nexport type ${union} = ([^;]+);`).exec(types) ?? []
      const named = members.split(' | ').map((name) => `#/components/schemas/${name}`)
      expect(named).toEqual(membersOf(schema(union)))
    }
  })
})

describe('every error code', () => {
  const codes = (schema('ErrorCode').anyOf![0] as SchemaObject).enum as string[]
  const carried = new Map<string, unknown[]>()
  for (const { responses } of operations)
    for (const [status, { body }] of Object.entries(responses))
      for (const [key, { value }] of Object.entries(status >= '400' ? (body?.examples ?? {}) : {}))
        carried.set(key, [...(carried.get(key) ?? []), value])

  test('has an example, and each example a code', () => {
    const files = readdirSync(source('spec/components/examples/errors')).map((file) => basename(file, '.yaml'))
    expect(files.sort()).toEqual(codes.toSorted())
  })

  test('is carried by the response to an operation, under its own name', () => {
    expect([...carried.keys()].sort()).toEqual(codes.toSorted())
    for (const [code, values] of carried)
      for (const value of values) expect(value).toMatchObject({ error: { code, message: expect.stringMatching(/\S/) } })
  })

  test('has a row in the guide', () => {
    for (const code of codes) expect(guideText, code).toContain(`| \`${code}\` |`)
  })

  test('is a member of the union that the client exports', () => {
    const [, members = ''] = /\nexport type ErrorCode = ([^;]+);/.exec(textOf('generated/schema.d.ts')) ?? []
    expect([...members.matchAll(/"(\w+)"/g)].map(([, code]) => code)).toEqual(codes)
  })
})

describe('every operation', () => {
  test('has verdicts', () => {
    expect(Object.keys(readCorpus(document).operations).sort()).toEqual(operationIds.toSorted())
  })

  test('is a method of the client, and the client has no other', () => {
    const calls = [...textOf('generated/client.ts').matchAll(/#(?:call|pages)\('([A-Z]+)', '([^']+)'|pagesOf\([^)]*'([^']+)'/g)]
    const called = new Set(calls.map(([, method, path]) => `${method} ${path}`))
    expect([...called].sort()).toEqual([...new Set(operations.map(({ method, path }) => `${method} ${path}`))].sort())
  })

  test('is checked by the kit, and so is every payment method', () => {
    const { checks, last } = allChecks(readApiModel())
    const checked = [...checks, ...last]
    expect([...new Set(checked.map(({ operationId }) => operationId))].sort()).toEqual(operationIds.toSorted())
    expect(new Set(checked.flatMap(({ paymentMethod }) => paymentMethod ?? []))).toEqual(new Set(methods))
  })

  test('has samples in every language, and no sample calls anything else', () => {
    const labels = new Set(samples.map(({ label }) => label))
    expect(labels.size).toBe(6)
    for (const operationId of operationIds) {
      const own = samples.filter(({ call }) => call.operation.operationId === operationId)
      expect(new Set(own.map(({ label }) => label)), operationId).toEqual(labels)
    }
  })

  test('is a step of a workflow, and no step is anything else', () => {
    type Workflow = { workflows: { steps: { operationId?: string }[] }[] }
    const steps = globSync('*.arazzo.yaml', { cwd: source('spec/workflows') })
      .flatMap((file) => (parse(textOf('spec/workflows', file)) as Workflow).workflows)
      .flatMap(({ steps }) => steps.flatMap(({ operationId }) => operationId?.split('.').at(-1) ?? []))
    expect([...new Set(steps)].sort()).toEqual(operationIds.toSorted())
  })

  test.each([
    ['mock', createMockServer],
    ['sandbox', createSandboxServer],
  ] as const)('is served by the %s', async (_name, create) => {
    const server = await create()
    const origin = await server.listen()
    try {
      const returned: string[] = []
      for (const { operationId, method, path, request } of operations) {
        const body = Object.values(request?.examples ?? {})[0]?.value
        const response = await fetch(`${origin}/api/v1${path.replace('{id}', '7h2ywj2xwzqm7g4e0s3ed9tmv')}`, {
          method,
          headers: { authorization: `Basic ${btoa('sk_test:')}`, ...(body !== undefined && { 'content-type': 'application/json' }) },
          ...(body !== undefined && { body: JSON.stringify(body) }),
        })
        const returnedBody = (await response.json()) as { resource?: string; error?: { code: string } }
        // The sandbox has no such object: it looked for it, which only an operation that it knows does.
        if (returnedBody.resource !== undefined || (path.includes('{id}') && returnedBody.error?.code === 'not_found'))
          returned.push(operationId)
      }
      expect(returned).toEqual(operationIds)
    } finally {
      await server.close()
    }
  })
})

test('the guides lead to operations and webhooks that exist', () => {
  const webhookIds = Object.values<{ post: { operationId: string } }>(document.webhooks).map(({ post }) => post.operationId)
  const named = [...`${guides.introduction}\n${guideText}`.matchAll(/#([a-z]+[A-Z]\w+)/g)].map(([, id]) => id!)
  expect(named.length).toBeGreaterThan(0)
  expect(named.filter((id) => ![...operationIds, ...webhookIds].includes(id))).toEqual([])
})

describe('every component', () => {
  test('is used', () => {
    const { components, ...rest } = document
    const refs = (node: unknown) => [...JSON.stringify(node).matchAll(/"#\/components\/([^"]+)"/g)].map(([, name]) => name!)
    const used = new Set<string>()
    const visit = (names: string[]) => {
      for (const name of names) {
        if (used.has(name)) continue
        used.add(name)
        const [group = '', key = ''] = name.split('/')
        visit(refs(components[group][key] ?? {}))
      }
    }
    visit(refs(rest))
    const all = Object.entries<object>(components)
      .filter(([group]) => group !== 'securitySchemes')
      .flatMap(([group, named]) => Object.keys(named).map((key) => `${group}/${key}`))
    expect(all.filter((name) => !used.has(name))).toEqual([])
    expect([...used].filter((name) => !all.includes(name))).toEqual([])
  })
})

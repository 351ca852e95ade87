/** What an editor shows in the main call, asked of TypeScript's language service: completions, hovers and the first line of errors. */
import { resolve } from 'node:path'
import ts from 'typescript'
import { describe, expect, onTestFinished, test } from 'vitest'
import { readDocument, resolveRef, type SchemaObject } from '../../src/document.ts'

const document = readDocument()
const file = resolve('tests/client/edited.ts')

const options: ts.CompilerOptions = {
  noEmit: true,
  skipLibCheck: true,
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.NodeNext,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  types: [],
  allowImportingTsExtensions: true,
}

let strict = true
let text = ''
let version = 0
const host: ts.LanguageServiceHost = {
  fileExists: ts.sys.fileExists,
  readFile: ts.sys.readFile,
  directoryExists: ts.sys.directoryExists,
  getScriptFileNames: () => [file],
  getScriptVersion: (name) => (name === file ? String(version) : '0'),
  getScriptSnapshot: (name) => {
    const content = name === file ? text : ts.sys.readFile(name)
    return content === undefined ? undefined : ts.ScriptSnapshot.fromString(content)
  },
  getCurrentDirectory: () => resolve('.'),
  getCompilationSettings: () => ({ ...options, strict }),
  getDefaultLibFileName: ts.getDefaultLibFilePath,
}
const service = ts.createLanguageService(host)

/** Opens a file with a call of the client; `|` is where the cursor is. */
const edit = (code: string) => {
  const before = `import { Komoju, type CreatePaymentRequest } from '../../src/client/index.ts'\ndeclare const komoju: Komoju\n`
  text = before + code.replace('|', '')
  version++
  return before.length + code.indexOf('|')
}

const inDetails = (fields: string) => `komoju.payments.create({ amount: 1, currency: 'JPY', payment_details: { ${fields} } })`

/** Names that the editor offers, each with its description. */
const completionsOf = (code: string) => {
  const position = edit(code)
  const entries = service.getCompletionsAtPosition(file, position, {})?.entries ?? []
  return Object.fromEntries(
    entries.map(({ name, data }) => {
      const details = service.getCompletionEntryDetails(file, position, name, {}, undefined, {}, data)
      return [name, ts.displayPartsToString(details?.documentation)]
    }),
  )
}

const hoverOf = (code: string) => {
  const info = service.getQuickInfoAtPosition(file, edit(code))
  return { type: ts.displayPartsToString(info?.displayParts), says: ts.displayPartsToString(info?.documentation) }
}

/** First line of each error. */
const errorsOf = (code: string) => {
  edit(code)
  return service.getSemanticDiagnostics(file).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n').split('\n')[0])
}

const schemaOf = (name: string) => document.components.schemas[name] as SchemaObject
const descriptionOf = (property: object): string =>
  'description' in property ? String(property.description) : descriptionOf(resolveRef(document, property as { $ref: string }))

/** Properties of a schema with what the document says of each. */
const described = ({ properties = {} }: SchemaObject) =>
  Object.fromEntries(Object.entries(properties).map(([key, property]) => [key, descriptionOf(property as object)]))

const methods = (schemaOf('PaymentDetailsRequest').oneOf ?? []).map((member) => {
  const schema = resolveRef(document, member) as SchemaObject
  const fields = Object.entries(described(schema)).filter(([key]) => key !== 'type')
  return { name: (schema.properties as { type: { const: string } }).type.const, fields: Object.fromEntries(fields) }
})

/** Descriptions as an editor gets them: TypeScript drops the indent of further lines. */
const plain = (fields: Record<string, string>) =>
  Object.fromEntries(Object.entries(fields).map(([key, says]) => [key, says.trim().replaceAll(/\s+/g, ' ')]))

describe('completions', () => {
  test('there are fifteen methods', () => expect(methods).toHaveLength(15))

  test.for(methods)('after the type $name: its own fields, each with its description', ({ name, fields }) => {
    for (const code of [inDetails(`type: '${name}', |`), `const body: CreatePaymentRequest = { payment_details: { type: '${name}', | } }`])
      expect(plain(completionsOf(code))).toEqual(plain(fields))
  })

  test('in the body: all but what is there', () => {
    const others = Object.keys(described(schemaOf('CreatePaymentRequest'))).filter((key) => key !== 'amount' && key !== 'currency')
    expect(Object.keys(completionsOf(`komoju.payments.create({ amount: 1, currency: 'JPY', | })`)).sort()).toEqual(others.sort())
  })

  test('the values of a type, a currency and a store', () => {
    expect(Object.keys(completionsOf(inDetails(`type: '|'`))).sort()).toEqual(methods.map(({ name }) => name).sort())
    expect(Object.keys(completionsOf(`komoju.payments.create({ currency: '|' })`))).toEqual(schemaOf('PaymentCurrency').enum)
    const { store } = schemaOf('KonbiniRequest').properties as { store: { enum: string[] } }
    expect(Object.keys(completionsOf(inDetails(`type: 'konbini', store: '|'`)))).toEqual(store.enum)
  })
})

describe('hovers', () => {
  const call = inDetails(`type: 'konbini', store: 'lawson', email: 'a@example.com'`)
  const says = described(schemaOf('CreatePaymentRequest'))

  test.for([
    ['amount', '(property) amount: AmountInput'],
    ['currency', '(property) currency: PaymentCurrency'],
    ['payment_details', '(property) payment_details: KonbiniRequest'],
  ] as const)('%s', ([name, type]) => {
    expect(hoverOf(call.replace(name, `|${name}`))).toEqual({ type, says: says[name] })
  })

  test('create', () => {
    const { type, says } = hoverOf(call.replace('create', '|create'))
    expect(type).toContain('Payments.create<"konbini">(body: CreatePaymentRequestWith<"konbini">, options?: CallOptions)')
    expect(type.length).toBeLessThan(250)
    expect(says).toMatch(/^Create a payment\.\n/)
  })

  // Next.js turns `strict` off in a project that says nothing.
  test.for([true, false])('the result, strict %s', (isStrict) => {
    strict = isStrict
    onTestFinished(() => {
      strict = true
    })
    expect(hoverOf(`const { |payment_details } = await ${call}`).type).toBe('const payment_details: KonbiniDetails')
  })
})

describe('errors', () => {
  test.for([
    [
      'a missing field',
      `type: 'konbini', store: 'lawson'`,
      /^Property 'email' is missing in type .* but required in type 'KonbiniRequest'\.$/,
    ],
    ['an unknown field', `type: 'konbini', store: 'lawson', email: 'a', shop: 1`, /'shop' does not exist in type 'KonbiniRequest'\.$/],
    ['an unknown method', `type: 'cheque'`, /^Type '"cheque"' is not assignable to type '"credit_card" \| "konbini"/],
  ] as const)('%s', ([, fields, message]) => {
    expect(errorsOf(inDetails(fields))).toEqual([expect.stringMatching(message)])
  })
})

/** Each rule of .spectral.yaml alone, on a small document that keeps it and on documents that break it. */
import { promises as fs } from 'node:fs'
import { bundleAndLoadRuleset } from '@stoplight/spectral-ruleset-bundler/with-loader'
import { beforeAll, expect, test } from 'vitest'
import { parse, stringify } from 'yaml'
import { spectral as packages } from '../../scripts/build/spectral.ts'
import { loadRuleset } from '../../scripts/build/spectral-ruleset.ts'

const { core, parsers } = packages
const { Document, Spectral } = core
const text = await fs.readFile('.spectral.yaml', 'utf8')
// A rule of Spectral's own that is switched off is no rule of ours.
const ownRules = Object.entries(parse(text).rules).flatMap(([name, rule]) => (rule === 'off' ? [] : [name]))

const good = () => ({
  paths: {
    '/things/{id}': {
      parameters: [{ name: 'id', in: 'path', description: 'Identifier of the thing.' }],
      post: {
        operationId: 'createThing',
        parameters: [{ name: 'dry', in: 'query', description: 'Whether to try only.' }],
        requestBody: { content: { 'application/json': { examples: { one: { value: {} } } } } },
        responses: { '200': { content: { 'application/json': { examples: { one: { value: {} } } } } }, '401': {}, '404': {} } as Record<
          string,
          unknown
        >,
      },
    },
  },
  webhooks: {
    'thing.made': {
      post: {
        operationId: 'receiveThing',
        'x-source': ['docs'],
        requestBody: { content: { 'application/json': { examples: { a: {} } } } },
      },
    },
  },
  components: {
    parameters: { Dry: { name: 'X-Dry', in: 'header', description: 'Whether to try only.', 'x-source': ['docs'] } },
    responses: { Missing: { description: 'Nothing here.', 'x-source': ['docs', 'client'] } },
    schemas: {
      Name: { type: 'string', minLength: 1, 'x-source': ['schema2019'] },
      // What holds a bound may name the source for all of it.
      Box: {
        'x-source': ['sdk'],
        properties: { names: { description: 'Names.', type: 'array', items: { type: 'string', maxLength: 9 } } },
      },
      Cat: { type: 'object', required: ['kind'], properties: { kind: { description: 'Kind.', const: 'cat' } } },
      Dog: { type: 'object', required: ['kind'], properties: { kind: { description: 'Kind.', const: 'dog' } } },
      Pet: {
        oneOf: [{ $ref: '#/components/schemas/Cat' }, { $ref: '#/components/schemas/Dog' }],
        discriminator: { propertyName: 'kind', mapping: { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' } },
      },
      // An alternative of one object is no union of objects, and needs no tag.
      Either: { properties: { pet: { description: 'Pet.', type: 'string' } }, oneOf: [{ required: ['a'] }, { required: ['b'] }] },
    },
  },
})
type Good = ReturnType<typeof good>
// biome-ignore lint/suspicious/noExplicitAny: breaking a document is the point.
type Broken = any

const operation = (document: Broken): Good['paths']['/things/{id}']['post'] => document.paths['/things/{id}'].post
const at = 'paths./things/{id}.post'

const cases: [rule: string, what: string, breakIt: (document: Broken) => void, path: string, message: RegExp][] = [
  ['operation-has-401', 'no 401', (document) => delete operation(document).responses['401'], `${at}.responses`, /Add `'401'/],
  ['operation-with-id-has-404', 'no 404', (document) => delete operation(document).responses['404'], `${at}.responses`, /Add `'404'/],
  [
    'body-has-examples',
    'request without examples',
    (document) => delete (operation(document).requestBody.content['application/json'] as Broken).examples,
    `${at}.requestBody.content.application/json`,
    /Add `examples/,
  ],
  [
    'body-has-examples',
    'response without examples',
    (document) => delete (operation(document) as Broken).responses['200'].content['application/json'].examples,
    `${at}.responses.200.content.application/json`,
    /Add `examples/,
  ],
  [
    'body-has-examples',
    'webhook without examples',
    (document) => delete document.webhooks['thing.made'].post.requestBody.content['application/json'].examples,
    'webhooks.thing.made.post.requestBody.content.application/json',
    /Add `examples/,
  ],
  [
    'examples-pair',
    'request example without a response',
    (document) => {
      ;(operation(document).requestBody.content['application/json'].examples as Broken).two = { value: {} }
    },
    at,
    /`two` of application\/json has no partner in application\/json of the response/,
  ],
  [
    'examples-pair',
    'response without a request',
    (document) => {
      ;(operation(document) as Broken).responses['200'].content['application/json'].examples.three = { value: {} }
    },
    at,
    /`three` .* no partner .* request/,
  ],
  [
    'described',
    'property',
    (document) => delete document.components.schemas.Cat.properties.kind.description,
    'components.schemas.Cat.properties.kind',
    /`kind` has no description/,
  ],
  [
    'described',
    'blank description',
    (document) => (document.components.schemas.Either.properties.pet.description = ' '),
    'components.schemas.Either.properties.pet',
    /`pet` has no/,
  ],
  [
    'described',
    'parameter of a path',
    (document) => delete document.paths['/things/{id}'].parameters[0].description,
    'paths./things/{id}.parameters.0',
    /`id` has no description/,
  ],
  [
    'described',
    'parameter of an operation',
    (document) => delete (operation(document).parameters[0] as Broken).description,
    `${at}.parameters.0`,
    /`dry` has no description/,
  ],
  [
    'union-tagged',
    'no mapping',
    (document) => delete document.components.schemas.Pet.discriminator.mapping,
    'components.schemas.Pet',
    /no mapping/,
  ],
  [
    'union-tagged',
    'no discriminator',
    (document) => delete document.components.schemas.Pet.discriminator,
    'components.schemas.Pet',
    /no mapping/,
  ],
  [
    'union-tagged',
    'member without const',
    (document) => delete document.components.schemas.Dog.properties.kind.const,
    'components.schemas.Pet.oneOf.1',
    /Member 2 .* does not pin/,
  ],
  [
    'union-tagged',
    'tag not required',
    (document) => delete document.components.schemas.Cat.required,
    'components.schemas.Pet.oneOf.0',
    /Member 1 .* does not pin/,
  ],
  [
    'union-tagged',
    'member missing in the mapping',
    (document) => delete document.components.schemas.Pet.discriminator.mapping.dog,
    'components.schemas.Pet.oneOf.1',
    /Member 2/,
  ],
  [
    'operation-id-verb-resource',
    'noun',
    (document) => (operation(document).operationId = 'thing'),
    `${at}.operationId`,
    /verb and a resource/,
  ],
  [
    'operation-id-verb-resource',
    'unknown verb',
    (document) => (operation(document).operationId = 'doThing'),
    `${at}.operationId`,
    /capturePayment/,
  ],
  [
    'operation-id-verb-resource',
    'webhook',
    (document) => (document.webhooks['thing.made'].post.operationId = 'thing_made'),
    'webhooks.thing.made.post.operationId',
    /verb and a resource/,
  ],
  [
    'bound-sourced',
    'schema',
    (document) => delete document.components.schemas.Name['x-source'],
    'components.schemas.Name',
    /`minLength` has no source/,
  ],
  [
    'bound-sourced',
    'item of a list in an object',
    (document) => delete document.components.schemas.Box['x-source'],
    'components.schemas.Box.properties.names.items',
    /`maxLength` has no source/,
  ],
  [
    'bound-sourced',
    'alternative',
    (document) => (document.components.schemas.Either.oneOf[0].pattern = '^a'),
    'components.schemas.Either.oneOf.0',
    /`pattern` has no source/,
  ],
  [
    'bound-sourced',
    'schema of a parameter',
    (document) => {
      document.components.parameters.Page = { name: 'page', in: 'query', schema: { type: 'integer', minimum: 1 } }
    },
    'components.parameters.Page.schema',
    /`minimum` has no source/,
  ],
  [
    'silence-sourced',
    'header',
    (document) => delete document.components.parameters.Dry['x-source'],
    'components.parameters.Dry',
    /has no source/,
  ],
  [
    'silence-sourced',
    'error',
    (document) => delete document.components.responses.Missing['x-source'],
    'components.responses.Missing',
    /has no source/,
  ],
  [
    'silence-sourced',
    'webhook',
    (document) => delete document.webhooks['thing.made'].post['x-source'],
    'webhooks.thing.made.post',
    /has no source/,
  ],
  [
    'source-known',
    'hearsay',
    (document) => (document.components.schemas.Name['x-source'] = ['rumour']),
    'components.schemas.Name.x-source.0',
    /Unknown source/,
  ],
  [
    'source-known',
    'text',
    (document) => (document.components.schemas.Name['x-source'] = 'docs'),
    'components.schemas.Name.x-source',
    /Unknown source/,
  ],
  [
    'plain-words',
    'a summary with a word of another vocabulary',
    (document: Broken) => {
      document.paths['/things/{id}'].post.summary = 'The server answers 200.'
    },
    'paths./things/{id}.post.summary',
    /`summary` says .*docs\/style\.md/,
  ],
  [
    'plain-words',
    'a description with a habit that is banned',
    (document: Broken) => {
      document.components.schemas.Name.description = 'Name, undefined where there is none.'
    },
    'components.schemas.Name.description',
    /docs\/style\.md/,
  ],
]

const spectral = new Spectral()
beforeAll(async () => {
  spectral.setRuleset(await loadRuleset())
})

test('the rules are those that the command of Spectral reads', async () => {
  const theirs = await bundleAndLoadRuleset(`${process.cwd()}/.spectral.yaml`, { fs: { promises: fs }, fetch })
  // Functions of the project's own are default exports, which each loader names in its way; in one file, equal names are numbered.
  const { functions } = parse(text)
  const isOwn = (name: string) => functions.includes(name) || name.includes('default')
  const shown = ({ rules }: typeof theirs) =>
    Object.values(rules).map(({ name, enabled, severity, message, given, then }) => ({
      ...{ name, enabled, severity, message, given },
      calls: then.map((each) => ({ ...each, function: isOwn(each.function.name) ? 'own' : each.function.name.replace(/\d+$/, '') })),
    }))
  const [{ ruleset: ours }] = [spectral] as unknown as [{ ruleset: typeof theirs }]
  expect(shown(ours)).toEqual(shown(theirs))
  expect(shown(ours).filter(({ enabled }) => enabled).length).toBeGreaterThan(ownRules.length)
})
const problems = async (document: unknown, rule: string) =>
  (await spectral.run(new Document(stringify(document, { aliasDuplicateObjects: false }), parsers.Yaml))).filter(
    ({ code }) => code === rule,
  )

test('every rule has a case', () => {
  expect([...new Set(cases.map(([rule]) => rule))].sort()).toEqual(ownRules.sort())
})
test.for(ownRules)('%s keeps quiet on a good document', async (rule) => {
  expect(await problems(good(), rule)).toEqual([])
})
test.for(cases)('%s: %s', async ([rule, , breakIt, path, message]) => {
  const document = good()
  breakIt(document)
  const found = await problems(document, rule)
  expect(found.map((problem) => ({ path: problem.path.join('.'), message: problem.message }))).toContainEqual({
    path,
    message: expect.stringMatching(message),
  })
})

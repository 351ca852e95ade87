/** Collection for Postman and Newman: one request a method and operation, in an order that runs on the mock and on the sandbox. */
import type { OpenApiDocument } from '../../src/document.ts'
import { exampleKey } from '../../src/example-key.ts'
import { type CollectionCall, type CollectionFolder, foldersOf } from './calls.ts'

const script = (listen: 'prerequest' | 'test', exec: string[]) => ({ listen, script: { type: 'text/javascript', exec } })

/** The sandbox plays the customer. Nothing is sent to any other host than this machine. */
const pay = [
  "const base = pm.variables.get('base_url')",
  'if (/^http:\\/\\/(127\\.0\\.0\\.1|localhost|\\[::1\\])[:/]/.test(base))',
  "  pm.sendRequest({ url: base.replace(/\\/api\\/v1$/, '/sandbox/pay/' + pm.variables.get('payment_id')), method: 'POST' }, () => {})",
]

const itemOf = ({ name, operation, path, body, keeps, isPaidFirst }: CollectionCall) => ({
  name,
  event: [
    ...(isPaidFirst ? [script('prerequest', pay)] : []),
    script('test', [
      "pm.test('status is 200', () => pm.response.to.have.status(200))",
      ...(keeps ? [`pm.collectionVariables.set('${keeps}', pm.response.json().id)`] : []),
    ]),
  ],
  request: {
    method: operation.method,
    header: body === undefined ? [] : [{ key: 'Content-Type', value: 'application/json' }],
    url: `{{base_url}}${path}`,
    description: operation.description,
    ...(body !== undefined && { body: { mode: 'raw', raw: JSON.stringify(body, null, 2), options: { raw: { language: 'json' } } } }),
  },
})

const folderOf = ({ name, calls }: CollectionFolder) => ({ name, item: calls.map(itemOf) })

/**
 * Makes the collection, format 2.1.
 * @param json text of the bundle
 * @returns text of the file
 */
export const postmanCollectionOf = (json: string): string => {
  const document = JSON.parse(json) as OpenApiDocument
  const [, mock, sandbox] = document.servers
  const basic = (key: string, value: string) => ({ key, value, type: 'string' })
  const collection = {
    info: {
      name: document.info.title,
      description: document.info.description,
      schema: 'https://schema.getpostman.com/json/collection/v2.1.0/collection.json',
    },
    auth: { type: 'basic', basic: [basic('username', '{{secret_key}}'), basic('password', '')] },
    variable: [
      { key: 'base_url', value: mock.url, description: `Address of the API, here of the mock. The sandbox is at ${sandbox.url}.` },
      { key: 'secret_key', value: exampleKey, description: 'Secret key of the merchant.' },
      { key: 'payment_id', value: '' },
      { key: 'account_id', value: '' },
    ],
    item: foldersOf(document).map(folderOf),
  }
  return `${JSON.stringify(collection, null, 2)}\n`
}

/** Folder for Bruno: the requests of the Postman collection as text files that a repository can hold. */
import type { OpenApiDocument } from '../../src/document.ts'
import { exampleKey } from '../../src/example-key.ts'
import { type CollectionCall, foldersOf } from './calls.ts'

/** A block of Bruno's language: its lines are indented by two. */
const block = (name: string, lines: string[]) => `${name} {\n${lines.map((line) => `  ${line}`.trimEnd()).join('\n')}\n}\n`

const payScript = [
  "const base = bru.getEnvVar('base_url')",
  "const axios = require('axios')",
  'if (/^http:\\/\\/(127\\.0\\.0\\.1|localhost|\\[::1\\])[:/]/.test(base))',
  "  await axios.post(base.replace(/\\/api\\/v1$/, '/sandbox/pay/' + bru.getVar('payment_id'))).catch(() => {})",
]

const requestText = ({ name, operation, path, body, keeps, isPaidFirst }: CollectionCall, position: number) => {
  const verb = operation.method.toLowerCase()
  const hasBody = body !== undefined
  return [
    block('meta', [`name: ${position} ${name}`, 'type: http', `seq: ${position}`]),
    block(verb, [`url: {{base_url}}${path}`, `body: ${hasBody ? 'json' : 'none'}`, 'auth: inherit']),
    ...(hasBody ? [block('body:json', JSON.stringify(body, null, 2).split('\n'))] : []),
    block('assert', ['res.status: eq 200']),
    ...(isPaidFirst ? [block('script:pre-request', payScript)] : []),
    ...(keeps ? [block('vars:post-response', [`${keeps}: res.body.id`])] : []),
  ].join('\n')
}

/**
 * Makes the folder.
 * @param json text of the bundle
 * @returns texts by file name, for example `bruno/konbini/1 Create a payment.bru`
 */
export const brunoFolderOf = (json: string): Record<string, string> => {
  const document = JSON.parse(json) as OpenApiDocument
  const files: Record<string, string> = {
    'bruno/bruno.json': `${JSON.stringify({ version: '1', name: document.info.title, type: 'collection' }, null, 2)}\n`,
    'bruno/collection.bru': [block('auth', ['mode: basic']), block('auth:basic', ['username: {{secret_key}}', 'password:'])].join('\n'),
    'bruno/environments/local.bru': block('vars', [`base_url: ${document.servers[1].url}`, `secret_key: ${exampleKey}`]),
  }
  for (const { name, calls } of foldersOf(document))
    for (const [index, call] of calls.entries()) files[`bruno/${name}/${index + 1} ${call.name}.bru`] = requestText(call, index + 1)
  return files
}

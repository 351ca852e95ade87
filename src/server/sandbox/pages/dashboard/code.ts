/** Code that makes a payment, for a terminal and for the client. */
import { exampleKey } from '../../../../example-key.ts'
import { isJsonObject, type JsonObject } from '../../../../json-object.ts'
import { quoted } from '../../../../shell.ts'
import type { Frame } from './frame.ts'

/** Fields of a body as a form names them. */
export const formFields = (body: JsonObject, prefix = ''): [name: string, value: string][] =>
  Object.entries(body).flatMap(([name, value]) => {
    const full = prefix ? `${prefix}[${name}]` : name
    if (isJsonObject(value)) return formFields(value, full)
    return value === undefined || value === null ? [] : [[full, String(value)] as [string, string]]
  })

/** A word of a shell. */
const wordOf = (text: string) => (/^[\w@%+=:,./-]+$/.test(text) ? text : quoted(text))

/** A field of a form for cURL, which encodes what a form cannot hold as it is. */
const fieldOf = ([name, value]: [name: string, value: string]) =>
  `  ${/^[\w@:,./-]*$/.test(value) ? '-d' : '--data-urlencode'} ${wordOf(`${name}=${value}`)}`

/** Where code is sent, and with which key: a server's own comes from the environment, for others may read the page. */
type Target = Pick<Frame, 'origin' | 'hasOwnKey'>

/** A cURL line that creates a payment. */
export const curlOf = ({ origin, hasOwnKey }: Target, body: JsonObject): string =>
  [
    `curl ${wordOf(`${origin}/api/v1/payments`)} -u ${hasOwnKey ? '"$KOMOJU_SECRET_KEY:"' : `${exampleKey}:`}`,
    ...formFields(body).map(fieldOf),
  ].join(' \\\n')

/** A text of JavaScript. */
const textLiteral = (text: string) => (/^[^'\\\p{C}]*$/u.test(text) ? `'${text}'` : JSON.stringify(text))

/** A value of JSON as it is written in JavaScript. */
const literalOf = (value: unknown, indent = ''): string => {
  if (typeof value === 'string') return textLiteral(value)
  if (!isJsonObject(value)) return JSON.stringify(value)
  const inner = `${indent}  `
  const members = Object.entries(value).map(
    ([name, member]) => `${inner}${/^[a-z_]\w*$/i.test(name) ? name : textLiteral(name)}: ${literalOf(member, inner)}`,
  )
  return `{\n${members.join(',\n')}\n${indent}}`
}

/** The same with the client. */
export const clientCodeOf = ({ origin, hasOwnKey }: Target, body: JsonObject): string => {
  const secretKey = hasOwnKey ? 'process.env.KOMOJU_SECRET_KEY' : `'${exampleKey}'`
  return `import { Komoju } from 'komoju-openapi'\n\nconst komoju = new Komoju({ secretKey: ${secretKey}, baseUrl: '${origin}/api/v1' })\nconst payment = await komoju.payments.create(${literalOf(body)})`
}

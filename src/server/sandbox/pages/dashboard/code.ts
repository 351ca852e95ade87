/** Code that makes a payment, for a terminal and for the client. */
import { isJsonObject, type JsonObject } from '../../../../json-object.ts'

/** Fields of a body as a form names them. */
export const formFields = (body: JsonObject, prefix = ''): [name: string, value: string][] =>
  Object.entries(body).flatMap(([name, value]) => {
    const full = prefix ? `${prefix}[${name}]` : name
    if (isJsonObject(value)) return formFields(value, full)
    return value === undefined || value === null ? [] : [[full, String(value)] as [string, string]]
  })

/** A word of a shell. */
const quoted = (text: string) => (/^[\w@%+=:,./-]+$/.test(text) ? text : `'${text.replaceAll("'", String.raw`'\''`)}'`)

/** A cURL line that creates a payment. */
export const curlOf = (origin: string, body: JsonObject, secretKey = 'sk_123456'): string =>
  [
    `curl ${origin}/api/v1/payments -u ${secretKey}:`,
    ...formFields(body).map(([name, value]) => `  -d ${quoted(`${name}=${value}`)}`),
  ].join(' \\\n')

/** The same with the client. */
export const clientCodeOf = (origin: string, body: JsonObject, secretKey = 'sk_123456'): string => {
  const literal = JSON.stringify(body, null, 2)
    .replaceAll(/^(\s*)"([a-z_]\w*)":/gim, '$1$2:')
    .replaceAll('"', "'")
  return `import { Komoju } from 'komoju-openapi'\n\nconst komoju = new Komoju({ secretKey: '${secretKey}', baseUrl: '${origin}/api/v1' })\nconst payment = await komoju.payments.create(${literal})`
}

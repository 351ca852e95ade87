/** Samples for the cURL command, with the body as JSON or as a form. */
import { exampleKey } from '../../../src/example-key.ts'
import { baseUrl, type Call } from './call.ts'
import { literal, notations } from './literal.ts'

const shellQuoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`
const plainWord = /^[\w@%+=:,./-]+$/

/** A value's form fields, nested ones in brackets: `payment_details[type]=konbini`. */
const formFields = (value: unknown, name = ''): string[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([key, item]) => formFields(item, name ? `${name}[${key}]` : key))
    : [`${name}=${value ?? ''}`]

/** `-d` sends a field as it is: what has a meaning in a form needs `--data-urlencode`. */
const formOption = (field: string) => {
  const option = /[&+%#]|[^ -~]/.test(field) ? '--data-urlencode' : '-d'
  return `${option} ${plainWord.test(field) ? field : shellQuoted(field)}`
}

const command = ({ method, path, body }: Call, options: string[]) => {
  const verb = method === 'GET' || (method === 'POST' && body) ? '' : `-X ${method} `
  return [`curl ${verb}${baseUrl}${path}`, `-u ${exampleKey}:`, ...options].join(' \\\n  ')
}

export const curlJson = (call: Call) =>
  command(
    call,
    call.body
      ? ["-H 'Content-Type: application/json'", `-d ${shellQuoted(literal(call.body, notations.json, 0).replaceAll('\n', '\n  '))}`]
      : [],
  )

export const curlForm = (call: Call) => command(call, call.body ? formFields(call.body).map(formOption) : [])

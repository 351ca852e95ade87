/** Samples for Node.js: this project's client, and bare `fetch`. */
import { exampleKey } from '../../../src/example-key.ts'
import { baseUrl, type Call } from './call.ts'
import { literal, notations } from './literal.ts'

/** Methods of the client by operation: the group is the tag, the name is the operationId without it. */
const clientMethod = ({ operation: { operationId, tag } }: Call) => {
  const thing = tag.replace(/s$/, '')
  return `${tag.toLowerCase()}.${operationId.replace(new RegExp(`${thing}s?$`), '')}`
}

const variable = ({ operation: { operationId, tag } }: Call) =>
  operationId.startsWith('list') ? 'page' : tag.replace(/s$/, '').toLowerCase()

export const nodeClient = (call: Call) => {
  const parameters = [...(call.id ? [`'${call.id}'`] : []), ...(call.body ? [literal(call.body, notations.javascript)] : [])]
  return `import { Komoju } from 'komoju-openapi'

const komoju = new Komoju({ secretKey: '${exampleKey}' })

const ${variable(call)} = await komoju.${clientMethod(call)}(${parameters.join(', ')})
console.log(${variable(call)})`
}

export const nodeFetch = ({ method, path, body }: Call) => {
  const options = [
    ...(method === 'GET' ? [] : [`  method: '${method}',`]),
    '  headers: {',
    `    Authorization: \`Basic \${btoa('${exampleKey}:')}\`,`,
    ...(body ? [`    'Content-Type': 'application/json',`] : []),
    '  },',
    ...(body ? [`  body: JSON.stringify(${literal(body, notations.javascript, 1)}),`] : []),
  ]
  return `const response = await fetch('${baseUrl}${path}', {
${options.join('\n')}
})
console.log(await response.json())`
}

/** docs/sandbox.md lists the routes of the sandbox that exist, with the fields that they take. */
import { readFileSync } from 'node:fs'
import { describe, expect, onTestFinished, test } from 'vitest'
import { createSandbox } from '../../../src/server/sandbox/sandbox.ts'

const start = async () => {
  const app = await createSandbox({})
  onTestFinished(() => app.close())
  await app.ready()
  return app
}

const authorization = `Basic ${btoa('sk_123456:')}`

/** Rows of the tables: a route, and the names of its fields. */
const documented = [...readFileSync('docs/sandbox.md', 'utf8').matchAll(/^\| `(GET|POST) (\S+)` \| (.*?) \|/gm)].map(
  ([, method = '', path = '', fields = '']) => ({
    route: `${method} ${path}`,
    // What is in parentheses belongs to a field.
    fields: [...fields.replaceAll(/\(.*?\)|, each with .*?optional/g, '').matchAll(/`(\w+)`/g)].map(([, name]) => name),
  }),
)

/** Routes of a server, as its router prints them. */
const routesOf = (tree: string): string[] => {
  const parts: string[] = []
  return tree.split('\n').flatMap((line) => {
    const found = /^([│ ]*)[├└]── (\S*)(?: \((.*)\))?$/.exec(line)
    if (!found) return []
    const [, indent = '', part = '', methods] = found
    const depth = indent.length / 4
    parts.length = depth
    parts[depth] = part
    const path = parts.join('').replaceAll(/:(\w+)/g, '{$1}')
    return methods === undefined ? [] : methods.split(', ').map((method) => `${method} ${path}`)
  })
}

test('every route is in the table, and none that does not exist', async () => {
  const app = await start()
  const routes = routesOf(app.printRoutes()).filter((route) => /^(GET|POST) \/sandbox/.test(route))
  expect(routes).toContain('POST /sandbox/complete-request/{id}')
  expect(documented.map(({ route }) => route).sort()).toEqual(routes.sort())
})

describe.each(documented.filter(({ route }) => route.startsWith('POST') && !route.endsWith('/new')))('$route', ({ route, fields }) => {
  const url = route.replace('POST ', '').replace('{id}', 'a'.repeat(25))
  const send = async (payload: Record<string, unknown>, path = url) => {
    const app = await start()
    return (await app.inject({ method: 'POST', url: path, headers: { authorization }, payload })).json()
  }

  test('takes the fields of the table and no other', async () => {
    const { error } = await send({ surprise: 1 })
    expect(error).toMatchObject({ code: 'invalid_parameter', param: 'surprise' })
    const named = /this takes (.*)\.$/.exec(error.message)?.[1]
    expect(named === 'none' ? [] : named?.split(', ').sort()).toEqual(fields.toSorted())
  })

  test('takes none of the address', async () => {
    const { error } = await send({}, `${url}?amount=1`)
    expect(error).toMatchObject({ code: 'invalid_parameter', param: 'amount' })
  })
})

test.each([
  ['collect-refund', 'refund'],
  ['complete-request', 'request'],
  ['reject-request', 'request'],
])('%s names the field that is missing, and the one that fits nothing', async (action, param) => {
  const app = await start()
  const body = { amount: 1000, currency: 'JPY', payment_details: { type: 'konbini', store: 'lawson', email: 'a@example.com' } }
  const { id } = (await app.inject({ method: 'POST', url: '/api/v1/payments', headers: { authorization }, payload: body })).json()
  const send = async (payload: Record<string, unknown>) => {
    const response = await app.inject({ method: 'POST', url: `/sandbox/${action}/${id}`, payload })
    return { status: response.statusCode, error: response.json().error }
  }
  for (const fields of [{}, { [param]: '' }, { [param]: null }, { [param]: ['x'] }])
    expect(await send(fields)).toMatchObject({ status: 422, error: { code: 'invalid_parameter', param } })
  expect(await send({ [param]: 'nothing' })).toMatchObject({
    status: 404,
    error: { code: 'not_found', param, message: expect.stringContaining('nothing') },
  })
})

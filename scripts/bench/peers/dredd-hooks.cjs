/** Hooks of Dredd: credentials, ids that exist, what provokes the rejections that the document has; at the end, what failed. */
const { readFileSync, writeFileSync } = require('node:fs')
const hooks = require('hooks')

/** Told by the bench: operations by method and path, with the example of each body as a value and as a form; ids. */
const told = JSON.parse(readFileSync(process.env.PEER_SETUP, 'utf8'))

const provoked = { 200: true, 400: true, 401: true, 404: true, 422: true }

hooks.beforeEach((transaction, done) => {
  const { request, expected, origin } = transaction
  const status = Number(expected.statusCode)
  const { operationId, json, form } = told.operations[`${request.method} ${origin.resourceName}`]
  const isForm = (request.headers['Content-Type'] ?? '').includes('form')
  // 400 is malformed JSON, so it needs a body; forms are never malformed.
  transaction.skip = !provoked[status] || (status === 400 && (json === undefined || isForm)) || (status === 422 && json === undefined)
  if (transaction.skip) return done()

  // Dredd compares the content type with its parameters, and the document gives none.
  expected.headers['Content-Type'] = 'application/json; charset=utf-8'
  // The first is a failure asked for; the other would make each request a retry of the one before.
  delete request.headers['Komoju-Scenario']
  delete request.headers['X-KOMOJU-IDEMPOTENCY']
  if (status !== 401) request.headers.Authorization = told.authorization
  const id = status === 404 ? told.unknownId : told.ids[operationId]?.pop()
  transaction.fullPath = told.base + origin.resourceName.replace('{id}', id)
  if (json !== undefined) {
    if (isForm) request.body = status === 422 ? `${form}&no_such_property=x` : form
    else request.body = status === 400 ? '{"amount": ' : JSON.stringify(status === 422 ? { ...json, no_such_property: 'x' } : json)
  }
  done()
})

hooks.afterAll((transactions, done) => {
  const tests = transactions.filter(({ skip }) => !skip)
  const said = tests.map(({ name, request, test }) => {
    const isForm = (request.headers['Content-Type'] ?? '').includes('form')
    return { name: `${name}${isForm ? ', form' : ''}`, failure: test?.status === 'pass' ? undefined : (test?.message ?? 'did not run') }
  })
  writeFileSync(told.results, JSON.stringify(said))
  done()
})

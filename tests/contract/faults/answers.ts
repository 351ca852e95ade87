/** Faults in answers: bodies, statuses, headers, errors. */
import { answers, type Body, details, errorsOf, type Fault, fault, isOperation, successes } from './fault.ts'
import { answering, json, type ProxyAnswer, parsed } from './target.ts'

const status = (operation: string, from: number, to: number) =>
  answers(
    (request, answer) => request.operationId === operation && answer.status === from,
    (answer) => ({ ...answer, status: to }),
  )

const headers = (operation: string, change: (headers: Record<string, string>) => Record<string, string>, only?: number) =>
  answers(
    (request, answer) => request.operationId === operation && (only === undefined || answer.status === only),
    (answer) => ({ ...answer, headers: change(answer.headers) }),
  )

const errors = (change: (error: Body) => Body, wanted: (answer: ProxyAnswer) => boolean = () => true) => errorsOf(wanted, change)

export const schemaFaults: Fault[] = [
  fault(
    'createPayment leaves resource out',
    'schema',
    'createPayment',
    'answer.schema',
    successes('createPayment', (body) => delete body.resource),
  ),
  fault(
    'createPayment answers the amount as text',
    'schema',
    'createPayment',
    'answer.schema',
    successes('createPayment', (body) => {
      body.amount = String(body.amount)
    }),
  ),
  fault(
    'capturePayment calls the status paid',
    'schema',
    'capturePayment',
    'answer.schema',
    successes('capturePayment', (body) => {
      body.status = 'paid'
    }),
  ),
  fault(
    'createPayment leaves the type of the payment method out',
    'schema',
    'createPayment',
    'answer.schema',
    successes('createPayment', (body) => delete details(body).type),
  ),
  fault(
    'getPayment writes times with slashes',
    'schema',
    'getPayment',
    'answer.schema',
    successes('getPayment', (body) => {
      body.created_at = body.created_at.replaceAll('-', '/').replace('T', ' ').replace('Z', '')
    }),
  ),
  fault(
    'createPayment writes ids in capitals',
    'schema',
    'createPayment',
    'answer.schema',
    successes('createPayment', (body) => {
      body.id = body.id.toUpperCase()
    }),
  ),
  fault(
    'capturePayment answers no list of refunds',
    'schema',
    'capturePayment',
    'answer.schema',
    successes('capturePayment', (body) => {
      body.refunds = 'none'
    }),
  ),
  fault(
    'refundPayment calls a refund done',
    'schema',
    'refundPayment',
    'answer.schema',
    successes('refundPayment', (body) => {
      for (const refund of body.refunds) refund.status = 'done'
    }),
  ),
  fault(
    'refundPayment answers the chargeback as text',
    'schema',
    'refundPayment',
    'answer.schema',
    successes('refundPayment', (body) => {
      for (const refund of body.refunds) refund.chargeback = 'false'
    }),
  ),
  fault(
    'listPayments answers last_page as text',
    'schema',
    'listPayments',
    'answer.schema',
    successes('listPayments', (body) => {
      body.last_page = String(body.last_page)
    }),
  ),
  fault(
    'listPayments calls its data payments',
    'schema',
    'listPayments',
    'answer.schema',
    successes('listPayments', (body) => {
      body.payments = body.data
      delete body.data
    }),
  ),
  fault(
    'listPayments leaves the currency of its items out',
    'schema',
    'listPayments',
    'answer.schema',
    successes('listPayments', (body) => {
      for (const payment of body.data) delete payment.currency
    }),
  ),
  fault(
    'createAccount leaves the live merchant out',
    'schema',
    'createAccount',
    'answer.schema',
    successes('createAccount', (body) => delete body.live_merchant),
  ),
  fault(
    'cancelPayment answers the metadata as text',
    'schema',
    'cancelPayment',
    'answer.schema',
    successes('cancelPayment', (body) => {
      body.metadata = JSON.stringify(body.metadata)
    }),
  ),
  fault(
    'createPayment answers a relative instructions_url',
    'schema',
    'createPayment',
    'answer.schema',
    successes('createPayment', (body) => {
      if (details(body).instructions_url) details(body).instructions_url = `/instructions/${body.id}`
    }),
  ),
  fault(
    'updatePayment leaves the total out',
    'schema',
    'updatePayment',
    'answer.schema',
    successes('updatePayment', (body) => delete body.total),
  ),
  fault(
    'requestRefund leaves the bank out',
    'schema',
    'requestRefund',
    'answer.schema',
    successes('requestRefund', (body) => {
      for (const request of body.refund_requests) delete request.bank_name
    }),
  ),
  fault(
    'getPayment calls itself payments',
    'schema',
    'getPayment',
    'answer.schema',
    successes('getPayment', (body) => {
      body.resource = 'payments'
    }),
  ),
  fault(
    'getAccount shortens the time zone',
    'schema',
    'getAccount',
    'answer.schema',
    successes('getAccount', (body) => {
      body.time_zone = 'London'
    }),
  ),
  fault(
    'createPayment answers a month of a card as text',
    'schema',
    'createPayment',
    'answer.schema',
    successes('createPayment', (body) => {
      if (details(body).month) details(body).month = String(details(body).month)
    }),
  ),
]

export const statusFaults: Fault[] = [
  fault('createPayment answers 201', 'status', 'createPayment', 'answer.status', status('createPayment', 200, 201)),
  fault('createAccount answers 201', 'status', 'createAccount', 'answer.status', status('createAccount', 200, 201)),
  fault('refundPayment answers 202', 'status', 'refundPayment', 'answer.status', status('refundPayment', 200, 202)),
  fault(
    'cancelPayment answers 204',
    'status',
    'cancelPayment',
    'answer.status',
    answers(
      (request, answer) => request.operationId === 'cancelPayment' && answer.status === 200,
      () => ({ status: 204, headers: {}, text: '' }),
    ),
  ),
  fault(
    'getPayment answers 200 for an unknown id',
    'status',
    'getPayment',
    'id.unknown',
    answers(
      (request, answer) => request.operationId === 'getPayment' && answer.status === 404,
      () => json(200, { resource: 'payment' }),
    ),
  ),
  fault('capturePayment answers 422 for an unknown id', 'status', 'capturePayment', 'id.unknown', status('capturePayment', 404, 422)),
  fault('getAccount answers 400 for an unknown id', 'status', 'getAccount', 'id.unknown', status('getAccount', 404, 400)),
  fault('updatePayment answers 200 for an unknown id', 'status', 'updatePayment', 'id.unknown', status('updatePayment', 404, 200)),
  fault('refundPayment answers 403 for an unknown id', 'status', 'refundPayment', 'id.unknown', status('refundPayment', 404, 403)),
  fault(
    'cancelPayment answers 404 in the wrong state',
    'status',
    'cancelPayment',
    'state.cancel-refused',
    status('cancelPayment', 422, 404),
  ),
  fault('createPayment answers 403 for wrong parameters', 'status', 'createPayment', 'refusal.required', status('createPayment', 422, 403)),
  fault(
    'getPayment redirects',
    'status',
    'createPayment',
    'consistency.get',
    answers(
      (request, answer) => request.operationId === 'getPayment' && answer.status === 200,
      (answer) => ({ ...answer, status: 302, headers: { ...answer.headers, location: '/elsewhere' } }),
    ),
  ),
]

export const errorFaults: Fault[] = [
  fault(
    'errors are a bare message',
    'error',
    'createPayment',
    'error.shape',
    errors((error) => ({ message: error.message })),
  ),
  fault(
    'errors are lists',
    'error',
    'createPayment',
    'error.shape',
    errors((error) => ({ errors: [error] })),
  ),
  fault(
    'errors are problem details',
    'error',
    'createPayment',
    'error.shape',
    errors((error) => ({ type: 'about:blank', title: error.message, status: 422 })),
  ),
  fault(
    'errors have no message',
    'error',
    'createPayment',
    'error.shape',
    errors(({ message: _message, ...error }) => ({ error })),
  ),
  fault(
    'error codes are numbers',
    'error',
    'createPayment',
    'error.shape',
    errors((error) => ({ error: { ...error, code: 4001 } })),
  ),
  fault(
    'errors name several parameters',
    'error',
    'createPayment',
    'error.shape',
    errors((error) => ({ error: { ...error, param: [error.param] } })),
  ),
  fault(
    'errors of getAccount have another shape',
    'error',
    'getAccount',
    'error.shape',
    answers(
      (request, answer) => request.operationId === 'getAccount' && answer.status === 404,
      (answer) => answering(answer, { error: 'not_found' }),
    ),
  ),
  fault(
    'errors always name the amount',
    'error',
    'createPayment',
    'error.param',
    errors(
      (error) => ({ error: { ...error, param: error.param && 'amount' } }),
      ({ status }) => status === 422,
    ),
  ),
  fault(
    'errors name the parent of the wrong parameter’s neighbour',
    'error',
    'updatePayment',
    'error.param',
    errors(
      (error) => ({ error: { ...error, param: error.param && 'payment_details[store]' } }),
      ({ status }) => status === 422,
    ),
  ),
  fault(
    'wrong parameters are called unauthorized',
    'error',
    'createPayment',
    'error.code',
    errors(
      (error) => ({ error: { ...error, code: 'unauthorized' } }),
      ({ status }) => status === 422,
    ),
  ),
  fault(
    'unknown ids are called invalid_parameter',
    'error',
    'getPayment',
    'error.code',
    errors(
      (error) => ({ error: { ...error, code: 'invalid_parameter' } }),
      ({ status }) => status === 404,
    ),
  ),
  fault(
    'wrong credentials are called not_found',
    'error',
    'listPayments',
    'error.code',
    errors(
      (error) => ({ error: { ...error, code: 'not_found' } }),
      ({ status }) => status === 401,
    ),
  ),
  fault(
    'a second cancellation is called not_refundable',
    'error',
    'cancelPayment',
    'error.code',
    answers(
      (request, answer) => request.operationId === 'cancelPayment' && answer.status === 422,
      (answer) => answering(answer, { error: { ...(parsed(answer).error as object), code: 'not_refundable' } }),
    ),
  ),
  fault(
    'refusals of credentials have no body',
    'error',
    'listPayments',
    'answer.json',
    answers(
      (request, answer) => request.operationId === 'listPayments' && answer.status === 401,
      (answer) => ({ ...answer, text: '' }),
    ),
  ),
  fault(
    'errors are pages',
    'error',
    'createPayment',
    'answer.json',
    answers(
      (_request, answer) => answer.status === 422,
      (answer) => ({ ...answer, headers: { ...answer.headers, 'content-type': 'text/html' }, text: '<h1>Unprocessable</h1>' }),
    ),
  ),
]

export const headerFaults: Fault[] = [
  fault(
    'createPayment says its JSON is text',
    'header',
    'createPayment',
    'answer.content-type',
    headers('createPayment', (all) => ({ ...all, 'content-type': 'text/plain' }), 200),
  ),
  fault(
    'getPayment has no content type',
    'header',
    'getPayment',
    'answer.content-type',
    headers('getPayment', ({ 'content-type': _type, ...all }) => all, 200),
  ),
  fault(
    'listPayments says its JSON is a page',
    'header',
    'listPayments',
    'answer.content-type',
    headers('listPayments', (all) => ({ ...all, 'content-type': 'text/html; charset=utf-8' }), 200),
  ),
  fault(
    'errors say they are pages',
    'header',
    'cancelPayment',
    'answer.content-type',
    headers('cancelPayment', (all) => ({ ...all, 'content-type': 'text/html' }), 422),
  ),
  fault(
    'createAccount says its JSON is a script',
    'header',
    'createAccount',
    'answer.content-type',
    headers('createAccount', (all) => ({ ...all, 'content-type': 'application/javascript' }), 200),
  ),
]

export const bodyFaults: Fault[] = [
  fault(
    'getPayment ends its JSON with a comma',
    'robustness',
    'getPayment',
    'answer.json',
    answers(isOperation('getPayment'), (answer) => ({ ...answer, text: `${answer.text},` })),
  ),
  fault(
    'cancelPayment answers nothing',
    'robustness',
    'cancelPayment',
    'answer.json',
    answers(isOperation('cancelPayment'), (answer) => ({ ...answer, text: '' })),
  ),
]

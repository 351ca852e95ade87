/** Faults in responses: bodies, statuses, headers, errors. */
import {
  type Body,
  details,
  errorsOf,
  everyOperation,
  everyOperationWith422,
  everyOperationWithId,
  everyOperationWithParameters,
  type Fault,
  fault,
  isOperation,
  responses,
  successes,
} from './fault.ts'
import { bodyOf, json, type ProxyRequest, type ProxyResponse, parsed, responding } from './target.ts'

const status = (operation: string, from: number, to: number) =>
  responses(
    (request, response) => request.operationId === operation && response.status === from,
    (response) => ({ ...response, status: to }),
  )

const headers = (operation: string, change: (headers: Record<string, string>) => Record<string, string>, only?: number) =>
  responses(
    (request, response) => request.operationId === operation && (only === undefined || response.status === only),
    (response) => ({ ...response, headers: change(response.headers) }),
  )

const errors = (change: (error: Body) => Body, wanted: (response: ProxyResponse) => boolean = () => true) => errorsOf(wanted, change)

/** The user name of a request, which is its secret key. */
const keyOf = ({ headers }: ProxyRequest) =>
  Buffer.from(headers.authorization?.split(' ')[1] ?? '', 'base64')
    .toString('utf8')
    .split(':')[0]

export const schemaFaults: Fault[] = [
  fault(
    'createPayment leaves resource out',
    'schema',
    'createPayment',
    'response.schema',
    successes('createPayment', (body) => delete body.resource),
  ),
  fault(
    'createPayment returns the amount as text',
    'schema',
    'createPayment',
    'response.schema',
    successes('createPayment', (body) => {
      body.amount = String(body.amount)
    }),
  ),
  fault(
    'capturePayment calls the status paid',
    'schema',
    'capturePayment',
    'response.schema',
    successes('capturePayment', (body) => {
      body.status = 'paid'
    }),
  ),
  fault(
    'createPayment leaves the type of the payment method out',
    'schema',
    'createPayment',
    'response.schema',
    successes('createPayment', (body) => delete details(body).type),
  ),
  fault(
    'getPayment writes times with slashes',
    'schema',
    'getPayment',
    'response.schema',
    successes('getPayment', (body) => {
      body.created_at = body.created_at.replaceAll('-', '/').replace('T', ' ').replace('Z', '')
    }),
  ),
  fault(
    'createPayment writes ids in capitals',
    'schema',
    'createPayment',
    'response.schema',
    successes('createPayment', (body) => {
      body.id = body.id.toUpperCase()
    }),
  ),
  fault(
    'capturePayment returns no list of refunds',
    'schema',
    'capturePayment',
    'response.schema',
    successes('capturePayment', (body) => {
      body.refunds = 'none'
    }),
  ),
  fault(
    'refundPayment calls a refund done',
    'schema',
    'refundPayment',
    'response.schema',
    successes('refundPayment', (body) => {
      for (const refund of body.refunds) refund.status = 'done'
    }),
  ),
  fault(
    'refundPayment returns the chargeback as text',
    'schema',
    'refundPayment',
    'response.schema',
    successes('refundPayment', (body) => {
      for (const refund of body.refunds) refund.chargeback = 'false'
    }),
  ),
  fault(
    'listPayments returns last_page as text',
    'schema',
    'listPayments',
    'response.schema',
    successes('listPayments', (body) => {
      body.last_page = String(body.last_page)
    }),
  ),
  fault(
    'listPayments calls its data payments',
    'schema',
    'listPayments',
    'response.schema',
    successes('listPayments', (body) => {
      body.payments = body.data
      delete body.data
    }),
  ),
  fault(
    'listPayments leaves the currency of its items out',
    'schema',
    'listPayments',
    'response.schema',
    successes('listPayments', (body) => {
      for (const payment of body.data) delete payment.currency
    }),
  ),
  fault(
    'createAccount leaves the live merchant out',
    'schema',
    'createAccount',
    'response.schema',
    successes('createAccount', (body) => delete body.live_merchant),
  ),
  fault(
    'cancelPayment returns the metadata as text',
    'schema',
    'cancelPayment',
    'response.schema',
    successes('cancelPayment', (body) => {
      body.metadata = JSON.stringify(body.metadata)
    }),
  ),
  fault(
    'createPayment returns a relative instructions_url',
    'schema',
    'createPayment',
    'response.schema',
    successes('createPayment', (body) => {
      if (details(body).instructions_url) details(body).instructions_url = `/instructions/${body.id}`
    }),
  ),
  fault(
    'updatePayment leaves the total out',
    'schema',
    'updatePayment',
    'response.schema',
    successes('updatePayment', (body) => delete body.total),
  ),
  fault(
    'requestRefund leaves the bank out',
    'schema',
    'requestRefund',
    'response.schema',
    successes('requestRefund', (body) => {
      for (const request of body.refund_requests) delete request.bank_name
    }),
  ),
  fault(
    'getPayment calls itself payments',
    'schema',
    'getPayment',
    'response.schema',
    successes('getPayment', (body) => {
      body.resource = 'payments'
    }),
  ),
  fault(
    'getAccount shortens the time zone',
    'schema',
    'getAccount',
    'response.schema',
    successes('getAccount', (body) => {
      body.time_zone = 'London'
    }),
  ),
  fault(
    'createPayment returns a month of a card as text',
    'schema',
    'createPayment',
    'response.schema',
    successes('createPayment', (body) => {
      if (details(body).month) details(body).month = String(details(body).month)
    }),
  ),
  fault(
    'getPayment holds the key that reads it',
    'schema',
    'getPayment',
    'response.secrets',
    successes('getPayment', (body, request) => {
      body.read_by = keyOf(request)
    }),
  ),
]

export const statusFaults: Fault[] = [
  fault('createPayment returns 201', 'status', 'createPayment', 'response.status', status('createPayment', 200, 201)),
  fault('createAccount returns 201', 'status', 'createAccount', 'response.status', status('createAccount', 200, 201)),
  fault('refundPayment returns 202', 'status', 'refundPayment', 'response.status', status('refundPayment', 200, 202)),
  fault(
    'cancelPayment returns 204',
    'status',
    'cancelPayment',
    'response.status',
    responses(
      (request, response) => request.operationId === 'cancelPayment' && response.status === 200,
      () => ({ status: 204, headers: {}, text: '' }),
    ),
  ),
  fault(
    'getPayment returns 200 for an unknown id',
    'status',
    'getPayment',
    'id.unknown',
    responses(
      (request, response) => request.operationId === 'getPayment' && response.status === 404,
      () => json(200, { resource: 'payment' }),
    ),
  ),
  fault('capturePayment returns 422 for an unknown id', 'status', 'capturePayment', 'id.unknown', status('capturePayment', 404, 422)),
  fault('getAccount returns 400 for an unknown id', 'status', 'getAccount', 'id.unknown', status('getAccount', 404, 400)),
  fault('updatePayment returns 200 for an unknown id', 'status', 'updatePayment', 'id.unknown', status('updatePayment', 404, 200)),
  fault('refundPayment returns 403 for an unknown id', 'status', 'refundPayment', 'id.unknown', status('refundPayment', 404, 403)),
  fault(
    'cancelPayment returns 404 in the wrong state',
    'status',
    'cancelPayment',
    'state.cancel-rejected',
    status('cancelPayment', 422, 404),
  ),
  fault(
    'createPayment returns 403 for wrong parameters',
    'status',
    'createPayment',
    'rejection.required',
    status('createPayment', 422, 403),
  ),
  fault(
    'getPayment redirects',
    'status',
    'getPayment',
    'consistency.get',
    responses(
      (request, response) => request.operationId === 'getPayment' && response.status === 200,
      (response) => ({ ...response, status: 302, headers: { ...response.headers, location: '/elsewhere' } }),
    ),
  ),
]

export const errorFaults: Fault[] = [
  fault(
    'errors are a bare message',
    'error',
    everyOperation,
    'error.shape',
    errors((error) => ({ message: error.message })),
  ),
  fault(
    'errors are lists',
    'error',
    everyOperation,
    'error.shape',
    errors((error) => ({ errors: [error] })),
  ),
  fault(
    'errors are problem details',
    'error',
    everyOperation,
    'error.shape',
    errors((error) => ({ type: 'about:blank', title: error.message, status: 422 })),
  ),
  fault(
    'errors have no message',
    'error',
    everyOperation,
    'error.shape',
    errors(({ message: _message, ...error }) => ({ error })),
  ),
  fault(
    'error codes are numbers',
    'error',
    everyOperation,
    'error.shape',
    errors((error) => ({ error: { ...error, code: 4001 } })),
  ),
  fault(
    'errors name several parameters',
    'error',
    everyOperation,
    'error.shape',
    errors((error) => ({ error: { ...error, param: [error.param] } })),
  ),
  fault(
    'errors of getAccount have another shape',
    'error',
    'getAccount',
    'error.shape',
    responses(
      (request, response) => request.operationId === 'getAccount' && response.status === 404,
      (response) => responding(response, { error: 'not_found' }),
    ),
  ),
  fault(
    'errors always name the amount',
    'error',
    everyOperationWithParameters,
    'error.param',
    errors(
      (error) => ({ error: { ...error, param: error.param && 'amount' } }),
      ({ status }) => status === 422,
    ),
  ),
  fault(
    'errors name the parent of the wrong parameter’s neighbour',
    'error',
    everyOperationWithParameters,
    'error.param',
    errors(
      (error) => ({ error: { ...error, param: error.param && 'payment_details[store]' } }),
      ({ status }) => status === 422,
    ),
  ),
  fault(
    'wrong parameters are called unauthorized',
    'error',
    everyOperationWith422,
    'error.code',
    errors(
      (error) => ({ error: { ...error, code: 'unauthorized' } }),
      ({ status }) => status === 422,
    ),
  ),
  fault(
    'unknown ids are called invalid_parameter',
    'error',
    everyOperationWithId,
    'error.code',
    errors(
      (error) => ({ error: { ...error, code: 'invalid_parameter' } }),
      ({ status }) => status === 404,
    ),
  ),
  fault(
    'wrong credentials are called not_found',
    'error',
    everyOperation,
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
    responses(
      (request, response) => request.operationId === 'cancelPayment' && response.status === 422,
      (response) => responding(response, { error: { ...(parsed(response).error as object), code: 'not_refundable' } }),
    ),
  ),
  fault(
    'rejections of credentials have no body',
    'error',
    'listPayments',
    'response.json',
    responses(
      (request, response) => request.operationId === 'listPayments' && response.status === 401,
      (response) => ({ ...response, text: '' }),
    ),
  ),
  fault(
    'errors are pages',
    'error',
    everyOperationWith422,
    'response.json',
    responses(
      (_request, response) => response.status === 422,
      (response) => ({ ...response, headers: { ...response.headers, 'content-type': 'text/html' }, text: '<h1>Unprocessable</h1>' }),
    ),
  ),
  fault(
    'errors name the secret key of their request',
    'error',
    everyOperation,
    'response.secrets',
    responses(
      (_request, response) => response.status >= 400 && response.text !== '',
      (response, request) => {
        const { error } = parsed(response) as Body
        return responding(response, { error: { ...error, message: `${keyOf(request)} may not do that.` } })
      },
    ),
  ),
  fault(
    'errors show the number of a card in groups',
    'error',
    'createPayment',
    'response.secrets',
    responses(
      (request, response) => response.status >= 400 && details(bodyOf(request) ?? {}).number !== undefined,
      (response, request) => {
        const number = String(details(bodyOf(request) ?? {}).number).replaceAll(/(\d{4})/g, '$1 ')
        return responding(response, { error: { ...(parsed(response) as Body).error, message: `${number}is no card.` } })
      },
    ),
  ),
]

export const headerFaults: Fault[] = [
  fault(
    'createPayment says its JSON is text',
    'header',
    'createPayment',
    'response.content-type',
    headers('createPayment', (all) => ({ ...all, 'content-type': 'text/plain' }), 200),
  ),
  fault(
    'getPayment has no content type',
    'header',
    'getPayment',
    'response.content-type',
    headers('getPayment', ({ 'content-type': _type, ...all }) => all, 200),
  ),
  fault(
    'listPayments says its JSON is a page',
    'header',
    'listPayments',
    'response.content-type',
    headers('listPayments', (all) => ({ ...all, 'content-type': 'text/html; charset=utf-8' }), 200),
  ),
  fault(
    'errors say they are pages',
    'header',
    'cancelPayment',
    'response.content-type',
    headers('cancelPayment', (all) => ({ ...all, 'content-type': 'text/html' }), 422),
  ),
  fault(
    'createAccount says its JSON is a script',
    'header',
    'createAccount',
    'response.content-type',
    headers('createAccount', (all) => ({ ...all, 'content-type': 'application/javascript' }), 200),
  ),
  fault(
    'every response has the credentials of its request in a header',
    'header',
    everyOperation,
    'response.secrets',
    responses(
      () => true,
      (response, request) => ({ ...response, headers: { ...response.headers, 'x-debug': request.headers.authorization ?? '' } }),
    ),
  ),
  fault(
    'createPayment has the number of a card in a header',
    'header',
    'createPayment',
    'response.secrets',
    responses(
      (request) => details(bodyOf(request) ?? {}).number !== undefined,
      (response, request) => ({ ...response, headers: { ...response.headers, 'x-card': String(details(bodyOf(request) ?? {}).number) } }),
    ),
  ),
]

export const bodyFaults: Fault[] = [
  fault(
    'getPayment ends its JSON with a comma',
    'robustness',
    'getPayment',
    'response.json',
    responses(isOperation('getPayment'), (response) => ({ ...response, text: `${response.text},` })),
  ),
  fault(
    'cancelPayment returns nothing',
    'robustness',
    'cancelPayment',
    'response.json',
    responses(isOperation('cancelPayment'), (response) => ({ ...response, text: '' })),
  ),
  fault(
    'createPayment returns its amount twice',
    'robustness',
    'createPayment',
    'response.json',
    responses(isOperation('createPayment'), (response) => ({
      ...response,
      text: response.text.replace('"amount":', '"amount":1,"amount":'),
    })),
  ),
  fault(
    'getPayment cuts an emoji in half',
    'robustness',
    'getPayment',
    'response.json',
    responses(isOperation('getPayment'), (response) => ({ ...response, text: response.text.replace('{', '{"note":"\\ud83d",') })),
  ),
]

/** Single faults in every request, in both encodings: rejected, in the error's shape, naming the parameter, without effect. */
import type { Account } from '../../../generated/schema.d.ts'
import { encodings } from '../encoding.ts'
import { type RequestFault, requestFaults } from '../request-faults.ts'
import { type CheckSession, isFields, together } from '../session.ts'
import type { Subject } from '../subject.ts'
import { type Check, create, createExample, ownOrder, pay, sendInTurn } from './check.ts'

type Fields = Record<string, unknown>

const isDetailsFault = ({ path }: RequestFault) => path[0] === 'payment_details' && path.length > 1

/** Names of the parameters that a path goes through, in any spelling. */
const spellings = (path: (string | number)[]) => path.map(String)

const namesFault = (param: string, fault: RequestFault) => {
  const named = param.split(/[^A-Za-z0-9_]+/).filter(Boolean)
  const allowed = new Set(spellings(fault.path))
  if (fault.rule === 'rejection.exclusive') for (const name of ['customer', 'payment_details']) allowed.add(name)
  // A wrong type of payment method makes every other property of it wrong as well.
  if (fault.path.at(-1) === 'type' || fault.path.length === 0) return true
  // Names of the holder stand for each other.
  if (/name$/.test(String(fault.path.at(-1)))) for (const name of ['name', 'given_name', 'family_name']) allowed.add(name)
  if (fault.path[0] === 'fraud_details') allowed.add('customer_ip')
  return named.some((name) => allowed.has(name))
}

/** Sends a fault and checks its rejection. */
const rejectFault = async (session: CheckSession, operationId: string, fault: RequestFault, path?: Record<string, string>) => {
  const exchange = await session.reject(operationId, { ...(path && { path }), body: fault.body }, fault.rule, fault.name, {
    place: fault.place,
  })
  const error = isFields(exchange.body) && isFields(exchange.body.error) ? exchange.body.error : undefined
  if (exchange.status >= 400 && exchange.status < 500 && typeof error?.param === 'string')
    session.expect('error.param', {
      operationId,
      holds: namesFault(error.param, fault),
      message: `${fault.name}, and the error names ${error.param}.`,
      exchanges: [exchange],
      place: '#/components/schemas/ErrorBody/properties/error/properties/param',
    })
  return exchange
}

/** Faults of what creates something: each stands for itself. */
const rejectCreations = (session: CheckSession, operationId: string, faults: (() => RequestFault)[]) =>
  together(faults.map((faultOf) => rejectFault(session, operationId, faultOf())))

/** Faults of what changes something. */
const rejectChanges = (session: CheckSession, operationId: string, make: () => Promise<string>, faults: RequestFault[]) =>
  sendInTurn(
    make,
    faults.map((fault) => (id: string) => rejectFault(session, operationId, fault, { id })),
  )

/** The same faults in a body that is an order of its own, so that each trace can be told from the others. */
const orderFaults = (session: CheckSession, type: string, wanted: (fault: RequestFault) => boolean) => {
  const { encoding = 'json' } = session.check
  const body = ownOrder({ freshName: () => 'kit-order' }, createExample(session.subject, type))
  return requestFaults(session.subject, 'createPayment', body, encoding)
    .filter(wanted)
    .map((fault) => () => {
      if (!isFields(fault.body)) return fault
      const order = session.freshName()
      const named: Fields = { ...fault.body }
      const [first] = fault.path
      if (first !== 'external_order_num') named.external_order_num = order
      if (first !== 'metadata') named.metadata = { kit_request: order }
      return { ...fault, body: named }
    })
}

/** Id in the document's own response: what a server without state knows. */
const exampleId = (subject: Subject, operationId: string) =>
  String((Object.values(subject.operations.get(operationId)!.responses['200']!.body!.examples)[0]!.value as Fields).id)

const rejectPaymentChange = async (session: CheckSession, operationId: string) => {
  const { subject, check } = session
  const make = async () => {
    if (!session.has('state')) return exampleId(subject, operationId)
    const waits = operationId === 'capturePayment' || operationId === 'cancelPayment'
    const { body } = await create(session, operationId === 'requestRefund' ? 'konbini' : 'credit_card', waits ? { capture: false } : {})
    if (operationId === 'requestRefund' && session.has('pay')) await pay(session, body)
    return body.id
  }
  const examples = Object.values(subject.operations.get(operationId)!.request!.examples).map(({ value }) => value as Fields)
  const fullest = examples.reduce((most, example) => (Object.keys(example).length > Object.keys(most).length ? example : most), {})
  await rejectChanges(session, operationId, make, requestFaults(subject, operationId, fullest, check.encoding!))
}

const rejectAccount = async (session: CheckSession, operationId: string) => {
  const { subject, check } = session
  const example = Object.values(subject.operations.get(operationId)!.request!.examples)[0]!.value as Fields
  if (operationId === 'createAccount') {
    const faults = requestFaults(subject, operationId, { ...example, name: 'kit-account' }, check.encoding!)
    const named = faults.map(
      (fault) => () =>
        isFields(fault.body) && fault.path[0] !== 'name'
          ? { ...fault, body: { ...fault.body, name: session.freshName('account') } }
          : fault,
    )
    await rejectCreations(session, operationId, named)
    return
  }
  const make = async () => {
    if (!session.has('state')) return exampleId(subject, operationId)
    const account = { name: session.freshName('account'), default_currency: 'JPY', time_zone: 'Asia/Tokyo' }
    return (await session.accept<Account>('createAccount', { body: account })).body.id
  }
  await rejectChanges(session, operationId, make, requestFaults(subject, operationId, example, check.encoding!))
}

const badQueries: [name: string, value: string][] = [
  ['page', '0'],
  ['page', '-1'],
  ['page', 'unexpected'],
  ['per_page', '0'],
  ['per_page', '-1'],
  ['per_page', 'unexpected'],
  ['currency', 'XXX'],
  ['status', 'no_such_status'],
  ['start_time', 'yesterday'],
  ['end_time', 'yesterday'],
  ['external_order_num', 'x'.repeat(256)],
]

/** Wrong filters: rejected, or returning a list that is right in itself. */
const rejectQueries = async (session: CheckSession) => {
  await together(
    badQueries.map(async ([name, value]) => {
      const exchange = await session.send('listPayments', { query: { [name]: value } })
      const { status, body } = exchange
      if (status >= 500) return
      const data = isFields(body) && Array.isArray(body.data) ? body.data : []
      const isPaging = name === 'page' || name === 'per_page' || name.endsWith('_time')
      session.expect('list.filter', {
        operationId: 'listPayments',
        holds: status === 400 || status === 422 || (status === 200 && (isPaging || data.length === 0)),
        message: `${name}=${value.slice(0, 20)} returns ${status} and ${data.length} payments.`,
        exchanges: [exchange],
        place: `#/components/parameters/${name === 'page' ? 'Page' : name === 'per_page' ? 'PerPage' : name}`,
      })
    }),
  )
}

/** Checks of everything that is wrong with a request by the document's schemas. */
export const rejectionChecks = (subject: Subject): Check[] => {
  const checks: Check[] = []
  for (const encoding of encodings) {
    const suffix = encoding === 'form' ? ' in a form' : ''
    checks.push({
      name: `createPayment rejects every wrong parameter${suffix}`,
      group: 'rejections',
      operationId: 'createPayment',
      encoding,
      needs: ['writes'],
      run: async (session) => {
        await rejectCreations(
          session,
          'createPayment',
          orderFaults(session, 'konbini', (fault) => !isDetailsFault(fault)),
        )
      },
    })
    for (const { type } of subject.methods)
      checks.push({
        name: `createPayment rejects every wrong detail of ${type}${suffix}`,
        group: 'rejections',
        operationId: 'createPayment',
        encoding,
        paymentMethod: type,
        needs: ['writes'],
        run: async (session) => {
          await rejectCreations(session, 'createPayment', orderFaults(session, type, isDetailsFault))
        },
      })
    for (const { operationId, request, tag } of subject.operations.values()) {
      if (!request || operationId === 'createPayment') continue
      checks.push({
        name: `${operationId} rejects every wrong parameter${suffix}`,
        group: 'rejections',
        operationId,
        encoding,
        needs: tag === 'Accounts' ? ['writes', 'accounts'] : ['writes'],
        run: (session) => (tag === 'Accounts' ? rejectAccount(session, operationId) : rejectPaymentChange(session, operationId)),
      })
    }
  }
  checks.push({
    name: 'listPayments returns no wrong filter with payments',
    group: 'rejections',
    operationId: 'listPayments',
    needs: ['state'],
    run: rejectQueries,
  })
  return checks
}

/**
 * The run: what every check shares. It sends requests, looks at every response, remembers every payment,
 * and collects findings. Checks only say what to send and what to expect.
 */
import { randomBytes } from 'node:crypto'
import type { Payment } from '../../generated/schema.d.ts'
import type { Operation, SchemaObject } from '../document.ts'
import { bracketed, type Violation } from '../validator.ts'
import { type Client, createClient } from './client.ts'
import { type Encoding, encodeBody, mediaTypes } from './encoding.ts'
import { curlLine, type Exchange, withoutCredentials } from './exchange.ts'
import { type BrokenLaw, brokenBetween, brokenLaws, cashMethodsOf, firstDifference } from './laws.ts'
import type { Settings } from './options.ts'
import { pointerOf, schemaPlace } from './places.ts'
import type { RuleId } from './rules.ts'
import { type PaymentMethod, readSubject, type Subject } from './subject.ts'
import {
  type Coverage,
  type Finding,
  joinedFinding,
  keyOfCoverage,
  keyOfFinding,
  keyOfNotChecked,
  type NotChecked,
  sortedBy,
  type Verdict,
} from './verdict.ts'

/** What a target may lack. What needs it is not checked there. */
export type Capability = 'state' | 'writes' | 'pay' | 'accounts' | 'scenarios' | 'test-numbers' | 'other-merchant'

export type RequestInput = {
  /** Values of the path's parameters by name. */
  path?: Record<string, string>
  query?: Record<string, string>
  headers?: Record<string, string>
  body?: unknown
  encoding?: Encoding
  /** The body as text, sent as it is with `contentType`. */
  text?: string
  contentType?: string
  /** The `Authorization` header; null sends none. */
  authorization?: string | null
  /** Another method or path than the operation's, for requests that the document does not have. */
  method?: string
  rawPath?: string
}

/** The check cannot go on. Why is a finding already, or a reason given to `notChecked`. */
export class CheckEnded extends Error {
  override name = 'CheckEnded'
}

type Expectation = {
  operationId: string
  holds: boolean
  message: string
  exchanges: Exchange[]
  place?: string
  paymentMethod?: string | undefined
}

/** What was last said of a payment, when, and by what; and the rejections since. */
type Remembered = { payment: Payment; exchange: Exchange; respondedAt: number; rejected: Exchange[] }

/** Laws of a payment alone, and against what it was before. */
const lawsAlone = [
  'law.total',
  'law.refunded',
  'law.captured-at',
  'law.status-refunded',
  'law.refund-belongs',
  'law.refund-redirect',
  'law.times',
  'law.unique-ids',
] as const
const lawsBetween = ['law.immutable', 'law.transition', 'law.refunds-stay'] as const

/** Waits for all, and only then fails as the first of them: nothing goes on behind a check that has ended. */
export const together = async <Result>(work: Promise<Result>[]): Promise<Result[]> => {
  await Promise.allSettled(work)
  return Promise.all(work)
}

const isList = ({ operationId, status }: Exchange) => operationId === 'listPayments' && status >= 200 && status < 300

const basic = (key: string) => `Basic ${Buffer.from(`${key}:`).toString('base64')}`

export const isFields = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const isPayment = (value: unknown): value is Payment => isFields(value) && value.resource === 'payment' && typeof value.id === 'string'

/** Kind of a status, for errors: what the code must fit. */
const kindOfStatus = (status: number) => {
  if (status === 401 || status === 403) return 'credentials'
  if (status === 404 || status === 405 || status === 410) return 'address'
  if (status === 429) return 'rate'
  return status >= 500 || status === 402 ? 'failure' : 'input'
}

export type Session = ReturnType<typeof createSession>
export type CheckSession = ReturnType<Session['forCheck']>

export const createSession = (settings: Settings) => {
  const subject: Subject = readSubject()
  const { document, validator, operations, methods } = subject
  const client: Client = createClient(settings)
  const runId = `kit-${randomBytes(5).toString('hex')}`
  const startedAt = Date.now()
  const findings = new Map<string, Finding>()
  const notChecked: NotChecked[] = []
  const coverage = new Map<string, Coverage>()
  const payments = new Map<string, Remembered>()
  /** Orders by their number: the exchange that sent each, and the payment that came of it. */
  const orders = new Map<string, { exchange: Exchange; paymentId: string | undefined }>()
  const ownersOfIds = new Map<string, { order: string; exchange: Exchange }>()
  const secrets = new Set<string>()
  const lacking = new Map<Capability, string>()
  const cashMethods = cashMethodsOf(methods)
  const ran: string[] = []
  /** Exchanges of requests that raced each other. */
  const raced = new Set<Exchange>()
  let named = 0
  /** Counts requests as they are asked for and as they get a response: which was before which, whatever a clock says. */
  let moment = 0
  let stopped = false

  if (settings.readOnly) lacking.set('writes', 'the run is read-only')
  if (settings.payUrl === undefined) lacking.set('pay', 'without --pay-url no cash payment can be paid')
  if (settings.otherSecretKey === undefined) lacking.set('other-merchant', 'without --other-secret-key there is no other merchant')
  for (const word of settings.skip)
    if (['state', 'writes', 'pay', 'accounts', 'scenarios', 'test-numbers', 'other-merchant'].includes(word))
      lacking.set(word as Capability, `switched off with --skip ${word}`)

  /** Properties that the document knows; others may come and go between responses. */
  const knownProperties = new Set(
    Object.values(document.components.schemas as Record<string, SchemaObject>).flatMap(({ properties }) => Object.keys(properties ?? {})),
  )
  const isCompared = (path: string) => {
    const [, inMetadata, last] = /^(metadata)?.*?([^[\]]+)\]?$/.exec(path) ?? []
    return inMetadata !== undefined || /^\d+$/.test(last ?? '') || knownProperties.has(last ?? path)
  }
  const difference = (one: unknown, other: unknown) => firstDifference(one, other, isCompared)

  const operationOf = (operationId: string): Operation => operations.get(operationId)!
  const operationPlace = (operationId: string, ...keys: string[]) => {
    const operation = operations.get(operationId)
    return operation ? pointerOf('paths', operation.path, operation.method.toLowerCase(), ...keys) : '#/paths'
  }
  const responsePlace = (operationId: string, status: number | string) => operationPlace(operationId, 'responses', String(status))

  /** A name that no other request of any run carries: the number of an order, the name of an account, a key. */
  const freshName = (what = 'order') => `${runId}-${what}-${++named}`

  const wireRequest = (operationId: string, input: RequestInput) => {
    const operation = operations.get(operationId)!
    const path = (input.rawPath ?? operation.path).replaceAll(/\{(\w+)\}/g, (_match, name) => encodeURIComponent(input.path?.[name] ?? ''))
    const query = input.query ? `?${new URLSearchParams(input.query)}` : ''
    const headers: Record<string, string> = {}
    const authorization = input.authorization === undefined ? basic(settings.secretKey) : input.authorization
    if (authorization !== null) headers.authorization = authorization
    const encoding = input.encoding ?? (input.body === undefined ? undefined : 'json')
    const body = input.text ?? (input.body === undefined ? undefined : encodeBody(input.body, encoding!))
    const contentType = input.contentType ?? (input.body === undefined ? undefined : mediaTypes[encoding!])
    if (contentType !== undefined) headers['content-type'] = contentType
    headers.accept = 'application/json'
    Object.assign(headers, input.headers)
    return { operationId, method: input.method ?? operation.method, path: path + query, headers, body, encoding }
  }

  const rememberSecrets = ({ body }: RequestInput) => {
    const details = isFields(body) ? body.payment_details : undefined
    // In a wrong request a secret can be any word, which a response may hold for another reason.
    if (!isFields(details) || !validator.conforms(operations.get('createPayment')!.request!.schema, body)) return
    const open = Object.entries(details)
      .filter(([name]) => !methods.some((method) => method.secrets.includes(name)))
      .map(([, value]) => String(value))
    for (const method of methods)
      for (const name of method.secrets) {
        const value = details[name]
        if (typeof value === 'string' && value.length >= 10 && !open.includes(value)) secrets.add(value)
      }
  }

  /** Error codes that the document gives anywhere, with the kinds of status they come with; others are newer than the document. */
  const knownCodes = new Map<string, Set<string>>()
  for (const { responses } of operations.values())
    for (const [status, { body }] of Object.entries(responses))
      if (Number(status) >= 400)
        for (const code of Object.keys(body?.examples ?? {}))
          knownCodes.set(code, (knownCodes.get(code) ?? new Set()).add(kindOfStatus(Number(status))))

  const stop = () => {
    stopped = true
    client.stop()
  }
  settings.signal?.addEventListener('abort', stop, { once: true })

  const secretNames = new Set(methods.flatMap((method) => method.secrets))

  const forCheck = (check: { name: string; operationId: string; group?: string; encoding?: Encoding; paymentMethod?: string }) => {
    /** Findings of a trial do not count yet: the generator looks for the smallest request first. */
    let trial: Finding[] | undefined
    const own: Finding[] = []
    let left: string | undefined

    const expect = (rule: RuleId, expectation: Expectation): boolean => {
      const { operationId, holds, message, exchanges, place = operationPlace(operationId) } = expectation
      const last = exchanges.at(-1)
      if (!trial && !(holds && last && raced.has(last))) {
        const cell = {
          check: check.name,
          operationId,
          rule,
          status: last?.status ?? 0,
          encoding: last?.encoding ?? '',
          paymentMethod: expectation.paymentMethod ?? check.paymentMethod ?? '',
        }
        const row = coverage.get(keyOfCoverage(cell)) ?? { ...cell, checked: 0, failed: 0 }
        const most = check.group === 'lists' || exchanges.some(isList) ? 1 : Number.POSITIVE_INFINITY
        row.checked = Math.min(row.checked + 1, most)
        row.failed = Math.min(row.failed + (holds ? 0 : 1), most)
        coverage.set(keyOfCoverage(cell), row)
      }
      if (holds) return true
      const finding: Finding = {
        rule,
        operationId,
        message,
        place,
        check: check.name,
        checks: [check.name],
        exchanges,
        curl: exchanges.map((exchange) => curlLine(exchange, settings)),
      }
      if (trial) {
        trial.push(finding)
        return false
      }
      const reported = withoutCredentials(finding, settings)
      own.push(reported)
      const known = findings.get(keyOfFinding(finding))
      // Enough is enough: what is still under way adds nothing.
      if (!known && findings.size >= (settings.bail ?? Number.POSITIVE_INFINITY)) return false
      findings.set(keyOfFinding(finding), known ? joinedFinding(known, reported) : reported)
      if (!known) {
        settings.onFinding?.(reported)
        if (settings.bail !== undefined && findings.size >= settings.bail) stop()
      }
      return false
    }

    /** Violations of a response's schema. A property that may be null may be absent as well. */
    const schemaViolations = (schema: SchemaObject | boolean, place: string, value: unknown) =>
      validator
        .violations(schema, value)
        .map((violation: Violation) => ({ ...violation, at: schemaPlace(document, validator, schema, place, value, violation.path) }))
        .filter(({ rule, at }) => !(rule === 'missing' && at.schema !== undefined && validator.conforms(at.schema, null)))

    const inspectError = (exchange: Exchange) => {
      const { operationId, status, body } = exchange
      const place = responsePlace(operationId, status)
      const error = isFields(body) ? body.error : undefined
      const shaped = isFields(error) && typeof error.code === 'string' && error.code !== '' && typeof error.message === 'string'
      const paramShaped = isFields(error) && (error.param == null || typeof error.param === 'string')
      // A proxy or an HTTP server before the target rejects what is too large in its own words.
      if (!shaped && [413, 414, 431].includes(status)) return
      if (
        !expect('error.shape', {
          operationId,
          holds: shaped && paramShaped,
          message: 'The body of the rejection is not {"error": {"code", "message", "param"}}.',
          exchanges: [exchange],
          place: '#/components/schemas/ErrorBody',
        })
      )
        return
      const { code } = error as { code: string }
      const operation = operations.get(operationId)
      if (!operation || !isDocumentedRequest(exchange)) return
      const ofOperation = new Set(
        Object.entries(operation.responses)
          .filter(([documented]) => Number(documented) >= 400 && kindOfStatus(Number(documented)) === kindOfStatus(status))
          .flatMap(([, response]) => Object.keys(response.body?.examples ?? {})),
      )
      // The general codes of malformed input fit every rejected request.
      for (const general of ['bad_request', 'invalid_parameter', 'missing_parameter', 'unprocessable_entity'])
        if (kindOfStatus(status) === 'input') ofOperation.add(general)
      // Where the operation has no status of this kind, any code of the kind fits.
      const isFitting =
        !knownCodes.has(code) || ofOperation.has(code) || (ofOperation.size === 0 && knownCodes.get(code)!.has(kindOfStatus(status)))
      expect('error.code', {
        operationId,
        holds: isFitting,
        message: `The code ${code} does not belong to a ${status} of ${operationId}.`,
        exchanges: [exchange],
        place,
      })
    }

    /** Whether the request is one that the document has: not another method, not another path. */
    const isDocumentedRequest = (exchange: Exchange) => {
      const { method, path } = operationOf(exchange.operationId)
      const pattern = new RegExp(`^${path.replaceAll(/\{\w+\}/g, '[^/]*')}$`)
      return method === exchange.method && pattern.test(new URL(exchange.url).pathname.slice(new URL(settings.url).pathname.length))
    }

    const inspectSecrets = (exchange: Exchange) => {
      const { operationId, text, body } = exchange
      const found: string[] = []
      for (const secret of secrets) if (text.includes(secret)) found.push('a secret of a request')
      const visit = (node: unknown) => {
        if (Array.isArray(node)) node.forEach(visit)
        else if (isFields(node))
          for (const [name, value] of Object.entries(node)) {
            if (name === 'metadata') continue
            if (secretNames.has(name) && value != null) found.push(name)
            visit(value)
          }
      }
      visit(body)
      expect('response.secrets', {
        operationId,
        holds: found.length === 0,
        message: `The response holds ${[...new Set(found)].join(', ')}.`,
        exchanges: [exchange],
        place: '#/components/schemas/PaymentDetails',
      })
    }

    const canSee = (capability: Capability) => !lacking.has(capability)

    type Seen = BrokenLaw & { exchanges: Exchange[] }

    /** Says of each law whether it holds, and of each property by which it is broken where it does not. */
    const expectLaws = (laws: readonly RuleId[], broken: Seen[], exchange: Exchange, paymentMethod: string | undefined) => {
      const holding = { property: 'id', message: '', exchanges: [exchange] }
      for (const rule of laws) {
        const found = broken.filter((law) => law.rule === rule)
        for (const { property, message, exchanges } of found.length > 0 ? found : [holding])
          expect(rule, {
            operationId: exchange.operationId,
            holds: found.length === 0,
            message,
            exchanges,
            place: pointerOf('components', 'schemas', 'Payment', 'properties', property),
            paymentMethod,
          })
      }
    }

    /** Laws of the payments in a response, alone and against what they were before. A list keeps a law where all its payments do. */
    const inspectPayments = (found: Payment[], exchange: Exchange, askedAt: number) => {
      const paymentMethod = isList(exchange) ? undefined : found[0]!.payment_details?.type
      const alone = found.flatMap((payment) => brokenLaws(payment, cashMethods))
      expectLaws(
        lawsAlone,
        alone.map((law) => ({ ...law, exchanges: [exchange] })),
        exchange,
        paymentMethod,
      )
      if (!canSee('state') || trial) return
      // A response that was under way while another request changed the payment may tell of before or after.
      const isLater = (known: Remembered) => askedAt > known.respondedAt
      const between = found.flatMap((payment) => {
        const known = payments.get(payment.id)
        return known && isLater(known)
          ? brokenBetween(known.payment, payment).map((law) => ({ ...law, exchanges: [known.exchange, exchange] }))
          : []
      })
      const isKnown = found.some(({ id }) => payments.has(id) && isLater(payments.get(id)!))
      if (isList(exchange) || isKnown) expectLaws(lawsBetween, between, exchange, paymentMethod)
      for (const payment of found) {
        const known = payments.get(payment.id)
        // A list is compared with what was said before, and teaches nothing.
        if (exchange.method !== 'GET' || !known || (isLater(known) && !isList(exchange)))
          payments.set(payment.id, { payment, exchange, respondedAt: ++moment, rejected: [] })
      }
    }

    const inspect = (exchange: Exchange, askedAt: number) => {
      const { operationId, status, body, text } = exchange
      if (
        !expect('response.reached', {
          operationId,
          holds: status !== 0,
          message: `No response: ${exchange.failure}.`,
          exchanges: [exchange],
        })
      )
        throw new CheckEnded()
      // A failure that nobody asked for is the server's own.
      const askedFor =
        'Komoju-Scenario' in exchange.requestHeaders || failingNumbers.some((number) => exchange.requestBody?.includes(number))
      if (
        !expect('response.server-error', {
          operationId,
          holds: status < 500 || askedFor,
          message: `The server failed with ${status}.`,
          exchanges: [exchange],
          place: responsePlace(operationId, status),
        })
      )
        return
      if (status >= 300 && status < 400) return
      if ([413, 414, 431].includes(status)) return
      const type = exchange.headers['content-type'] ?? ''
      expect('response.content-type', {
        operationId,
        holds: /^application\/(json|[\w.+-]+\+json)(\s*;.*)?$/i.test(type),
        message: type === '' ? 'The response has no content type.' : `The content type of the response is ${type}.`,
        exchanges: [exchange],
        place: responsePlace(operationId, status),
      })
      if (
        !expect('response.json', {
          operationId,
          holds: body !== undefined,
          message: text === '' ? 'The response has no body.' : 'The body of the response is not JSON.',
          exchanges: [exchange],
          place: responsePlace(operationId, status),
        })
      )
        return
      inspectSecrets(exchange)
      if (status >= 400) return inspectError(exchange)
      if (!isDocumentedRequest(exchange)) return
      const response = operationOf(operationId).responses['200']
      const schema = response?.body?.schema as SchemaObject
      const place = schema.$ref ?? responsePlace(operationId, 200)
      const violations = schemaViolations(schema, place, body)
      if (violations.length === 0) expect('response.schema', { operationId, holds: true, message: '', exchanges: [exchange], place })
      for (const { path, message, at } of violations)
        expect('response.schema', {
          operationId,
          holds: false,
          message: `${path.length > 0 ? bracketed(path) : 'The body'} ${message}.`,
          exchanges: [exchange],
          place: at.place,
        })
      if (violations.length > 0) return
      if (isPayment(body)) inspectPayments([body], exchange, askedAt)
      if (isList(exchange) && isFields(body) && Array.isArray(body.data)) inspectPayments(body.data.filter(isPayment), exchange, askedAt)
    }

    const failingNumbers = methods.flatMap(({ failing }) => failing.map(({ value }) => value))

    const exchangeFor = async (operationId: string, input: RequestInput, isRaced: boolean): Promise<Exchange> => {
      rememberSecrets(input)
      const askedAt = ++moment
      const exchange = await client.send(
        wireRequest(operationId, { ...(check.encoding && input.body !== undefined && { encoding: check.encoding }), ...input }),
      )
      if (isRaced) raced.add(exchange)
      const order = isFields(input.body) ? orderOf(input.body) : undefined
      const isNewOrder = operationId === 'createPayment' && isPayment(exchange.body) && exchange.status === 200 && order !== undefined
      if (isNewOrder && canSee('state')) {
        const { id } = exchange.body as Payment
        const owner = ownersOfIds.get(id) ?? { order, exchange }
        ownersOfIds.set(id, owner)
        expect('law.unique-ids', {
          operationId,
          holds: owner.order === order || 'X-KOMOJU-IDEMPOTENCY' in exchange.requestHeaders,
          message: `Two orders got payments with the id ${id}.`,
          exchanges: [owner.exchange, exchange],
          place: '#/components/schemas/Payment/properties/id',
        })
      }
      if (operationId === 'createPayment' && order !== undefined && !orders.get(order)?.paymentId)
        orders.set(order, { exchange, paymentId: isPayment(exchange.body) ? exchange.body.id : undefined })
      if (exchange.status >= 400 && input.path?.id !== undefined) payments.get(input.path.id)?.rejected.push(exchange)
      inspect(exchange, askedAt)
      return exchange
    }

    /** Sends a request and looks at its response. What the response has to be is the caller's to say. */
    const send = (operationId: string, input: RequestInput = {}) => exchangeFor(operationId, input, false)

    /** Sends a request several times at once. It looks at the responses as `send` does; who wins is open, so only what they break is a case. */
    const race = (operationId: string, input: RequestInput, times: number) =>
      together(Array.from({ length: times }, () => exchangeFor(operationId, input, true)))

    /**
     * Sends a request that has to work.
     * @returns the body and the exchange
     * @throws {CheckEnded} where it did not work, which is then a finding
     */
    const accept = async <Body = Payment>(
      operationId: string,
      input: RequestInput = {},
      rule: RuleId = 'request.accepted',
    ): Promise<{ body: Body; exchange: Exchange }> => {
      const exchange = await send(operationId, input)
      const { status, body } = exchange
      const error = isFields(body) && isFields(body.error) ? `: ${body.error.code}, ${body.error.message}` : ''
      const isAccepted = expect(rule, {
        operationId,
        holds: status >= 200 && status < 300,
        message: `The valid request returned ${status}${error}.`,
        exchanges: [exchange],
        place: operationPlace(operationId),
      })
      if (!isAccepted) throw new CheckEnded()
      expect('response.status', {
        operationId,
        holds: status === 200,
        message: `The status is ${status}, the document gives 200.`,
        exchanges: [exchange],
        place: operationPlace(operationId, 'responses', '200'),
      })
      if (!isFields(body)) throw new CheckEnded()
      return { body: body as Body, exchange }
    }

    /** Sends a request that has to be rejected with one of some statuses. */
    const reject = async (
      operationId: string,
      input: RequestInput,
      rule: RuleId,
      what: string,
      { statuses = [400, 422], place, evidence = [] }: { statuses?: number[]; place?: string; evidence?: Exchange[] } = {},
    ): Promise<Exchange> => {
      const exchange = await send(operationId, input)
      const { status } = exchange
      // A server that failed has its finding already.
      if (status >= 500) return exchange
      expect(rule, {
        operationId,
        holds: statuses.includes(status),
        message: `${what} returns ${status} instead of ${statuses.join(' or ')}.`,
        exchanges: [...evidence, exchange],
        place: place ?? responsePlace(operationId, statuses.at(-1)!),
      })
      return exchange
    }

    /** Leaves the check, or the rest of it, and says why. */
    const leave = (reason: string, operationId = check.operationId): never => {
      notChecked.push({ check: check.name, operationId, reason })
      left = reason
      throw new CheckEnded()
    }

    /**
     * Runs something without counting what it finds.
     * @returns what it would have found
     */
    const attempt = async (run: () => Promise<void>): Promise<Finding[]> => {
      trial = []
      try {
        await run()
      } catch (error) {
        if (!(error instanceof CheckEnded)) throw error
      } finally {
        const found = trial
        trial = undefined
        // biome-ignore lint/correctness/noUnsafeFinally: the findings are the result, also after an early end.
        return found
      }
    }

    return {
      ...shared,
      check,
      own,
      left: () => left,
      expect,
      send,
      race,
      pause: client.pause,
      accept,
      reject,
      leave,
      attempt,
      reason: (capability: Capability) => lacking.get(capability),
    }
  }

  /** Number of the order that a request carries, in the property for it or in its metadata. */
  const orderOf = (body: Record<string, unknown>): string | undefined => {
    const inMetadata = isFields(body.metadata) ? body.metadata.kit_request : undefined
    return [inMetadata, body.external_order_num].find((name): name is string => typeof name === 'string' && name.startsWith(runId))
  }

  const shared = {
    subject,
    settings,
    runId,
    payments,
    orders,
    freshName,
    difference,
    operationOf,
    operationPlace,
    responsePlace,
    has: (capability: Capability) => !lacking.has(capability),
    orderOf,
    method: (type: string): PaymentMethod => methods.find((method) => method.type === type)!,
  }

  return {
    ...shared,
    forCheck,
    lack: (capability: Capability, reason: string) => lacking.set(capability, reason),
    lacks: (capability: Capability) => lacking.get(capability),
    skip: (check: string, operationId: string, reason: string) => void notChecked.push({ check, operationId, reason }),
    countCheck: (name: string) => void ran.push(name),
    sent: () => client.exchanges.length,
    /** Everything that went over the wire, for reports. */
    exchanges: () => client.exchanges.map((exchange) => withoutCredentials(exchange, settings)),
    findings: () => [...findings.values()],
    stop,
    isStopped: () => stopped,
    verdict: (): Verdict => ({
      target: settings.url,
      runId,
      seed: settings.seed,
      startedAt: new Date(startedAt).toISOString(),
      duration: Date.now() - startedAt,
      requests: client.exchanges.length,
      checks: ran.length,
      ran: ran.toSorted(),
      ...(settings.shard && { shard: settings.shard }),
      findings: sortedBy(findings.values(), keyOfFinding),
      notChecked: sortedBy(notChecked, keyOfNotChecked),
      coverage: sortedBy(coverage.values(), keyOfCoverage),
      stopped,
    }),
  }
}

/** From a request to its response: failures on demand, idempotency, the state, and the check that the response keeps to the document. */
import { setTimeout } from 'node:timers/promises'
import { type OpenApiDocument, type Operation, type OperationResponse, operationsOf } from '../../document.ts'
import { jsonObjectOf } from '../../json-object.ts'
import type { Validator } from '../../validator.ts'
import { ApiError } from '../api-error.ts'
import type { Breakage } from '../broken-response.ts'
import type { ApiRequest, ApiResponse, RequestHandler } from '../front.ts'
import { createScenarios } from '../scenarios.ts'
import type { Idempotency } from './idempotency.ts'
import { assertObjectLength } from './limits.ts'
import { type MerchantRequest, merchantOf } from './merchant.ts'
import type { OnDemandFaults } from './on-demand-faults.ts'
import { KeptRejection, Rejection } from './rejection.ts'
import type { Settings } from './settings.ts'
import { type Situation, situationOf, slowResponseMs } from './situations.ts'
import type { State } from './state/index.ts'
import type { Work } from './state/store.ts'
import type { Storage } from './storage.ts'

export type RequestHandlerOptions = {
  document: OpenApiDocument
  validator: Validator
  state: State
  storage: Storage
  settings: Settings
  idempotency: Idempotency
  faults: OnDemandFaults
}

/** Status of an error code by operation, undefined for a code that the operation does not document. */
const statusesByCode = (document: OpenApiDocument) => {
  const statuses = new Map(
    operationsOf(document).flatMap(({ operationId, responses }) =>
      Object.entries(responses).flatMap(([status, { body }]) =>
        Object.keys(body?.examples ?? {}).map((code) => [`${operationId} ${code}`, Number(status)] as const),
      ),
    ),
  )
  return ({ operationId }: Operation, code: string) => statuses.get(`${operationId} ${code}`)
}

/** Error that an operation's example of a code shows. */
const exampleErrorOf = ({ responses }: Operation, status: number, code: string) => {
  const example = responses[status]?.body?.examples[code]?.value as { error: { message: string; param: string | null } }
  return example.error
}

/** @throws {Error} for an operation that the sandbox does not implement */
const handlerOf = <Handler>(handlers: Record<string, Handler>, { operation }: ApiRequest): Handler => {
  const handler = handlers[operation.operationId]
  if (!handler) throw new Error(`The sandbox does not implement ${operation.operationId}.`)
  return handler
}

/** Situations in which the response to a new payment breaks, and how. The payment is made all the same. */
const breakages: Partial<Record<Situation, Breakage>> = {
  lost_response: 'lost',
  hanging_response: 'hanging',
  empty_response: 'empty',
  html_response: 'html',
}

/**
 * Makes what turns a body into the response that is sent.
 * @returns a function that throws an Error for a response that breaks the document: a bug of the sandbox
 */
const createResponseCheck = (validator: Validator) => {
  const headersOf = new WeakMap<OperationResponse, Record<string, string>>()
  return ({ operationId, responses }: Operation, status: number, body: unknown): ApiResponse & { body: string } => {
    const described = responses[status]
    if (!described?.body || !validator.conforms(described.body.schema, body)) {
      const reasons = described?.body
        ? JSON.stringify(validator.violations(described.body.schema, body))
        : 'The document has no such response.'
      throw new Error(`${operationId} would return ${status} against the document: ${reasons}`)
    }
    let headers = headersOf.get(described)
    if (!headers) {
      headers = Object.fromEntries(Object.entries(described.headers).map(([name, { example }]) => [name, String(example)]))
      headersOf.set(described, headers)
    }
    return { status, headers, body: JSON.stringify(body) }
  }
}

/** What a change waits for where others change it, too: the object that it names, or the name that it takes. */
const subjectOf = ({ parameters, body, merchant }: MerchantRequest): string | undefined => {
  const { id } = parameters
  const { name } = jsonObjectOf(body)
  return id !== undefined ? String(id) : name !== undefined ? `${merchant} ${name}` : undefined
}

type ChangeParts = Pick<RequestHandlerOptions, 'state' | 'idempotency' | 'faults'>

/** Makes what does the changes: each once, and with a response that breaks where its request asks for that. */
const createChanges = (
  { state, idempotency, faults }: ChangeParts,
  handleChange: (request: MerchantRequest, work: Work) => Promise<ApiResponse>,
) => {
  /** Does a change once, whatever its idempotency key has been used for. @returns the response, and whether it was made now */
  const handleOnce = async (request: MerchantRequest): Promise<{ response: ApiResponse; isNew: boolean }> => {
    const key = idempotency.keyOf(request)
    if (key === undefined) {
      await faults.inject(request.merchant)
      return {
        response: await state.withExpired(() => state.transact((work) => handleChange(request, work), subjectOf(request))),
        isNew: true,
      }
    }
    return idempotency.withKeyLock(key, async () => {
      await faults.inject(request.merchant)
      let isNew = false
      const make = (work: Work) => {
        isNew = true
        return handleChange(request, work)
      }
      const response = await state.withExpired(() =>
        state.transact((work) => idempotency.first(key, request, work, () => make(work)), subjectOf(request)),
      )
      return { response, isNew }
    })
  }

  // The first response to a payment may break: the payment is made, and its client does not hear of it.
  return async (request: MerchantRequest): Promise<ApiResponse> => {
    const { response, isNew } = await handleOnce(request)
    if (!isNew || response.status !== 200 || request.operation.operationId !== 'createPayment') return response
    const situation = situationOf(request)
    const breakage = situation && breakages[situation]
    if (breakage) return { ...response, breakage }
    // Nothing is open any more but the response: no timer keeps the process.
    if (situation === 'slow_response') await setTimeout(slowResponseMs, undefined, { ref: false })
    return response
  }
}

/** Makes the handler of the sandbox. */
export const createRequestHandler = ({
  document,
  validator,
  state,
  storage,
  settings,
  idempotency,
  faults,
}: RequestHandlerOptions): RequestHandler => {
  const scenarioOf = createScenarios(document)
  const statusOf = statusesByCode(document)

  const checked = createResponseCheck(validator)

  /** The response that a rejection is. An error code that the operation does not document is a bug of the sandbox. */
  const rejected = (operation: Operation, { code, message, param }: Rejection): ApiResponse =>
    checked(operation, statusOf(operation, code) ?? 500, { error: { code, message, param } })

  /** @throws {Rejection} the failure that the request asks for */
  const failOnDemand = (request: ApiRequest) => {
    const code = scenarioOf(request)
    if (code === undefined) return
    const status = statusOf(request.operation, code)
    if (status === undefined)
      throw new Rejection('invalid_parameter', 'Parameter Komoju-Scenario must be an error code of this operation.', 'Komoju-Scenario')
    const { message, param } = exampleErrorOf(request.operation, status, code)
    throw new Rejection(code, message, param)
  }

  // No document changes in place: what was checked is right as long as it is the same one, which in memory it is until it is replaced.
  const readBefore = new WeakMap<object, ApiResponse>()
  const handleRead = async (request: MerchantRequest): Promise<ApiResponse> => {
    const body = await state.withExpired(async () => handlerOf(state.reads, request)(request, storage))
    const response = readBefore.get(body) ?? checked(request.operation, 200, body)
    readBefore.set(body, response)
    return response
  }

  const handleChange = async (request: MerchantRequest, work: Work): Promise<ApiResponse> => {
    try {
      failOnDemand(request)
      const response = checked(request.operation, 200, await handlerOf(state.changes, request)(request, work))
      assertObjectLength(request.operation.operationId, response.body)
      return response
    } catch (error) {
      if (!(error instanceof Rejection)) throw error
      if (!(error instanceof KeptRejection)) work.rollBack()
      return rejected(request.operation, error)
    }
  }

  const handleBreakably = createChanges({ state, idempotency, faults }, handleChange)

  return async (apiRequest) => {
    const { operationId } = apiRequest.operation
    const request: MerchantRequest = { ...apiRequest, merchant: merchantOf(apiRequest.secretKey) }
    try {
      await settings.sync(request.merchant)
      if (operationId in state.changes) return await handleBreakably(request)
      await faults.inject(request.merchant)
      return await handleRead(request)
    } catch (error) {
      if (error instanceof Rejection) return rejected(request.operation, error)
      console.error(error)
      throw new ApiError(500, 'internal_server_error', 'The sandbox has a bug: it would have broken the document. Its log says how.')
    }
  }
}

/** From a request to its response: failures on demand, idempotency, the state, and the check that the response keeps to the document. */
import { type OpenApiDocument, type Operation, operationsOf } from '../../document.ts'
import type { Validator } from '../../validator.ts'
import { ApiError } from '../api-error.ts'
import type { ApiRequest, ApiResponse, RequestHandler } from '../front.ts'
import { createScenarios } from '../scenarios.ts'
import { createFaults, type FaultOptions } from './faults.ts'
import type { Idempotency } from './idempotency.ts'
import { Rejection } from './rejection.ts'
import type { State, Work } from './state.ts'
import type { Storage } from './storage.ts'

export type RequestHandlerOptions = {
  document: OpenApiDocument
  validator: Validator
  state: State
  storage: Storage
  idempotency: Idempotency
  faults?: FaultOptions | undefined
}

/** Makes the handler of the sandbox. */
export const createRequestHandler = ({
  document,
  validator,
  state,
  storage,
  idempotency,
  faults = {},
}: RequestHandlerOptions): RequestHandler => {
  const scenarioOf = createScenarios(document)
  const suffer = createFaults(faults)
  const statusesByCode = new Map(
    operationsOf(document).map(({ operationId, responses }) => [
      operationId,
      new Map(
        Object.entries(responses).flatMap(([status, { body }]) =>
          Object.keys(body?.examples ?? {}).map((code) => [code, Number(status)] as const),
        ),
      ),
    ]),
  )

  /** @throws {Error} for a response that breaks the document: a bug of the sandbox */
  const checked = ({ operationId, responses }: Operation, status: number, body: unknown): ApiResponse => {
    const { headers = {}, body: described } = responses[status] ?? {}
    if (!described || !validator.conforms(described.schema, body)) {
      const reasons = described ? JSON.stringify(validator.violations(described.schema, body)) : 'The document has no such response.'
      throw new Error(`${operationId} would return ${status} against the document: ${reasons}`)
    }
    const sent = Object.entries(headers).map(([name, { example }]) => [name, String(example)])
    return { status, headers: Object.fromEntries(sent), body: JSON.stringify(body) }
  }

  /** The response that a rejection is. An error code that the operation does not document is a bug of the sandbox. */
  const rejected = (operation: Operation, { code, message, param }: Rejection): ApiResponse =>
    checked(operation, statusesByCode.get(operation.operationId)!.get(code) ?? 500, { error: { code, message, param } })

  /** @throws {Rejection} the failure that the request asks for */
  const failOnDemand = (request: ApiRequest) => {
    const code = scenarioOf(request)
    if (code === undefined) return
    const status = statusesByCode.get(request.operation.operationId)!.get(code)
    if (status === undefined)
      throw new Rejection('invalid_parameter', 'Parameter Komoju-Scenario must be an error code of this operation.', 'Komoju-Scenario')
    const example = request.operation.responses[status]!.body!.examples[code]!.value as { error: { message: string; param: string | null } }
    throw new Rejection(code, example.error.message, example.error.param)
  }

  const responseRead = async (request: ApiRequest): Promise<ApiResponse> =>
    checked(request.operation, 200, await state.reads[request.operation.operationId]!(request, storage))

  const responseChange = async (request: ApiRequest, work: Work): Promise<ApiResponse> => {
    try {
      failOnDemand(request)
      return checked(request.operation, 200, await state.changes[request.operation.operationId]!(request, work))
    } catch (error) {
      if (!(error instanceof Rejection)) throw error
      work.rollBack()
      return rejected(request.operation, error)
    }
  }

  const respondInTurn = async (request: ApiRequest): Promise<ApiResponse> => {
    const key = idempotency.keyOf(request)
    if (key === undefined) {
      await suffer()
      return state.transact((work) => responseChange(request, work))
    }
    return idempotency.alone(key, async () => {
      await suffer()
      return state.transact((work) => idempotency.first(key, request, work, () => responseChange(request, work)))
    })
  }

  return async (request) => {
    const { operationId } = request.operation
    try {
      await state.expireDue()
      if (operationId in state.changes) return await respondInTurn(request)
      await suffer()
      return await responseRead(request)
    } catch (error) {
      if (error instanceof Rejection) return rejected(request.operation, error)
      console.error(error)
      throw new ApiError(500, 'internal_server_error', 'The sandbox has a bug: it would have broken the document. Its log says how.')
    }
  }
}

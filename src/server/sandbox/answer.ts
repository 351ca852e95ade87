/** From a request to its answer: failures on demand, idempotency, the state, and the check that the answer keeps to the document. */
import { type OpenApiDocument, type Operation, operationsOf } from '../../document.ts'
import type { Validator } from '../../validator.ts'
import { ApiError } from '../api-error.ts'
import type { Answerer, ApiAnswer, ApiRequest } from '../front.ts'
import { createScenarios } from '../scenarios.ts'
import { createFaults, type FaultOptions } from './faults.ts'
import type { Idempotency } from './idempotency.ts'
import { Refusal } from './refusal.ts'
import type { State, Work } from './state.ts'
import type { Storage } from './storage.ts'

export type AnswererOptions = {
  document: OpenApiDocument
  validator: Validator
  state: State
  storage: Storage
  idempotency: Idempotency
  faults?: FaultOptions | undefined
}

/** Makes the answerer of the sandbox. */
export const createAnswerer = ({ document, validator, state, storage, idempotency, faults = {} }: AnswererOptions): Answerer => {
  const scenarioOf = createScenarios(document)
  const suffer = createFaults(faults)
  const statusesByCode = new Map(
    operationsOf(document).map(({ operationId, answers }) => [
      operationId,
      new Map(
        Object.entries(answers).flatMap(([status, { body }]) =>
          Object.keys(body?.examples ?? {}).map((code) => [code, Number(status)] as const),
        ),
      ),
    ]),
  )

  /** @throws {Error} for an answer that breaks the document: a bug of the sandbox */
  const checked = ({ operationId, answers }: Operation, status: number, body: unknown): ApiAnswer => {
    const { headers = {}, body: described } = answers[status] ?? {}
    if (!described || !validator.conforms(described.schema, body)) {
      const reasons = described ? JSON.stringify(validator.violations(described.schema, body)) : 'The document has no such answer.'
      throw new Error(`${operationId} would answer ${status} against the document: ${reasons}`)
    }
    const sent = Object.entries(headers).map(([name, { example }]) => [name, String(example)])
    return { status, headers: Object.fromEntries(sent), body: JSON.stringify(body) }
  }

  /** The answer that a refusal is. An error code that the operation does not document is a bug of the sandbox. */
  const refused = (operation: Operation, { code, message, param }: Refusal): ApiAnswer =>
    checked(operation, statusesByCode.get(operation.operationId)!.get(code) ?? 500, { error: { code, message, param } })

  /** @throws {Refusal} the failure that the request asks for */
  const failOnDemand = (request: ApiRequest) => {
    const code = scenarioOf(request)
    if (code === undefined) return
    const status = statusesByCode.get(request.operation.operationId)!.get(code)
    if (status === undefined)
      throw new Refusal('invalid_parameter', 'Parameter Komoju-Scenario must be an error code of this operation.', 'Komoju-Scenario')
    const example = request.operation.answers[status]!.body!.examples[code]!.value as { error: { message: string; param: string | null } }
    throw new Refusal(code, example.error.message, example.error.param)
  }

  const answerRead = async (request: ApiRequest): Promise<ApiAnswer> =>
    checked(request.operation, 200, await state.reads[request.operation.operationId]!(request, storage))

  const answerChange = async (request: ApiRequest, work: Work): Promise<ApiAnswer> => {
    try {
      failOnDemand(request)
      return checked(request.operation, 200, await state.changes[request.operation.operationId]!(request, work))
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      work.rollBack()
      return refused(request.operation, error)
    }
  }

  const answerInTurn = async (request: ApiRequest): Promise<ApiAnswer> => {
    const key = idempotency.keyOf(request)
    if (key === undefined) {
      await suffer()
      return state.transact((work) => answerChange(request, work))
    }
    return idempotency.alone(key, async () => {
      await suffer()
      return state.transact((work) => idempotency.first(key, request, work, () => answerChange(request, work)))
    })
  }

  return async (request) => {
    const { operationId } = request.operation
    try {
      await state.expireDue()
      if (operationId in state.changes) return await answerInTurn(request)
      await suffer()
      return await answerRead(request)
    } catch (error) {
      if (error instanceof Refusal) return refused(request.operation, error)
      console.error(error)
      throw new ApiError(500, 'internal_server_error', 'The sandbox has a bug: it would have broken the document. Its log says how.')
    }
  }
}

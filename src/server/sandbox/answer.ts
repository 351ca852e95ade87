/** From a request to its answer: failures on demand, idempotency, the state, and the check that the answer keeps to the document. */
import { hash } from 'node:crypto'
import { type OpenApiDocument, type Operation, operationsOf } from '../../document.ts'
import type { Validator } from '../../validator.ts'
import { ApiError } from '../api-error.ts'
import type { Answerer, ApiAnswer, ApiRequest } from '../front.ts'
import { createScenarios } from '../scenarios.ts'
import type { Clock } from './clock.ts'
import { createFaults, type FaultOptions } from './faults.ts'
import { Refusal } from './refusal.ts'
import { merchantOf, type State, type Work } from './state.ts'
import type { Storage } from './storage.ts'

const idempotencyHeader = 'X-KOMOJU-IDEMPOTENCY'
/** How long a key is remembered, in milliseconds. */
const idempotencyAge = 24 * 60 * 60 * 1000

type Remembered = { fingerprint: string; answer: ApiAnswer; time: number }

/** A body without its secrets: not even their hash is kept. */
const withoutSecrets = (key: string, value: unknown) => {
  if (key === 'number' && typeof value === 'string') return value.slice(-4)
  return /^(verification_value|prepaid_number|.*_password)$/.test(key) ? null : value
}

const fingerprintOf = ({ operation, parameters, body }: ApiRequest) =>
  hash('sha256', JSON.stringify([operation.operationId, parameters.id, body], withoutSecrets))

export type AnswererOptions = {
  document: OpenApiDocument
  validator: Validator
  state: State
  storage: Storage
  clock: Clock
  faults?: FaultOptions | undefined
}

/** Makes the answerer of the sandbox. */
export const createAnswerer = ({ document, validator, state, storage, clock, faults = {} }: AnswererOptions): Answerer => {
  const scenarioOf = createScenarios(document)
  const suffer = createFaults(faults)
  const inFlight = new Set<string>()
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

  const answerOnce = async (key: string, request: ApiRequest, work: Work): Promise<ApiAnswer> => {
    const fingerprint = fingerprintOf(request)
    const first = (await work.get('idempotency', key)) as Remembered | undefined
    if (first && first.time > clock.now() - idempotencyAge) {
      if (first.fingerprint === fingerprint) return first.answer
      throw new Refusal(
        'invalid_parameter',
        `Parameter ${idempotencyHeader} was used for another request. Use a new key for each new request.`,
        idempotencyHeader,
      )
    }
    const answer = await answerChange(request, work)
    const time = clock.now()
    work.put('idempotency', { id: key, index: { created_at: time }, document: { fingerprint, answer, time } satisfies Remembered })
    return answer
  }

  const answerInTurn = async (request: ApiRequest): Promise<ApiAnswer> => {
    const sent = request.parameters[idempotencyHeader]
    if (sent === undefined) {
      await suffer()
      return state.transact((work) => answerChange(request, work))
    }
    const key = `${merchantOf(request.secretKey)} ${sent}`
    if (inFlight.has(key)) throw new Refusal('conflict', 'A request with the same idempotency key is in progress.')
    inFlight.add(key)
    try {
      await suffer()
      return await state.transact((work) => answerOnce(key, request, work))
    } finally {
      inFlight.delete(key)
    }
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

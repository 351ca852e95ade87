/** The mock: Prism responds with the document's examples, chosen to fit the request. */

import { createInstance, getHttpOperationsFromSpec, type IHttpConfig, type IHttpRequest } from '@stoplight/prism-http'
import { type OpenApiDocument, type Operation, operationsOf } from '../document.ts'
import { isJsonObject, jsonObjectOf } from '../json-object.ts'
import { required } from '../required.ts'
import { type ShortCard, shortCardOf } from '../short-card.ts'
import { ApiError } from './api-error.ts'
import type { ApiRequest, ApiResponse, RequestHandler } from './front.ts'
import { createScenarios, createShortCardCheck } from './scenarios.ts'

type Choice = { status: number; exampleKey?: string; dynamic?: boolean }

/** Prism's own log lines stay out of ours. */
const silent = Object.fromEntries(
  ['info', 'warn', 'error', 'debug', 'trace', 'fatal', 'success'].map((level) => [level, () => undefined]),
) as unknown as Parameters<typeof createInstance>[1]['logger']
silent.child = () => silent as never

const prismConfig = {
  isProxy: false,
  // The front has checked the request, more strictly than Prism can.
  checkSecurity: false,
  validateRequest: false,
  validateResponse: false,
  errors: false,
  upstreamProxy: undefined,
  mock: { dynamic: false },
} as IHttpConfig

/** Preferences of a `Prefer` header, for example `code=404, example=not_found`. */
const preferencesOf = (header: string | string[] | undefined): Record<string, string> =>
  Object.fromEntries(
    [header ?? []]
      .flat()
      .flatMap((value) => value.split(/[,;]/))
      .map((preference) => preference.split('=').map((part) => part.trim().replace(/^"|"$/g, '')))
      .map(([name = '', value = 'true']) => [name.toLowerCase(), value]),
  )

const statusWithExample = ({ responses }: Operation, key: string) =>
  Object.keys(responses).find((status) => responses[status]?.body?.examples[key] !== undefined)

/** What the client asked for in `Prefer`; nothing where it asked for nothing. */
const preferred = ({ operation, headers }: ApiRequest): Choice | undefined => {
  const { code, example, dynamic } = preferencesOf(headers.prefer)
  if (code === undefined && example === undefined && dynamic === undefined) return
  const reject = (what: string, known: string[]) =>
    new ApiError(400, 'bad_request', `${operation.operationId} has no ${what}. It has ${known.join(', ')}.`)
  if (code !== undefined && !operation.responses[code]) throw reject(`status ${code.slice(0, 20)}`, Object.keys(operation.responses))
  const status = code ?? (example === undefined ? '200' : statusWithExample(operation, example))
  const examples = status === undefined ? undefined : operation.responses[status]?.body?.examples
  if (example !== undefined && !examples?.[example]) {
    const known = Object.entries(operation.responses)
      .filter(([other]) => code === undefined || other === code)
      .flatMap(([, { body }]) => Object.keys(body?.examples ?? {}))
    throw reject(`example ${example.slice(0, 50)}`, known)
  }
  return { status: Number(status), ...(example !== undefined && { exampleKey: example }), dynamic: dynamic === 'true' }
}

/** Key of the one example whose request has the properties of this body, where that is not the first example. */
const keyBySameProperties = ({ request }: Operation, body: unknown): string | undefined => {
  const propertiesOf = (value: unknown) => Object.keys(jsonObjectOf(value)).sort().join()
  return Object.entries(request?.examples ?? {}).find(([, { value }]) => propertiesOf(value) === propertiesOf(body))?.[0]
}

/** The example that fits what was sent: the payment method asked for, the object addressed, what is changed, or the first one. */
const fitting = ({ operation, parameters, body }: ApiRequest, shortCard: ShortCard | undefined): Choice => {
  const examples = operation.responses['200']?.body?.examples ?? {}
  const [first] = Object.keys(examples)
  const details = jsonObjectOf(body).payment_details
  const method = isJsonObject(details) ? String(details.type) : 'credit_card'
  const byId = () => Object.keys(examples).find((key) => jsonObjectOf(examples[key]?.value).id === parameters.id)
  const keys =
    parameters.id === undefined
      ? [method === shortCard?.paymentMethod ? shortCard.createKey : method]
      : [details === undefined ? '' : keyBySameProperties(operation, body), byId()]
  const exampleKey = keys.find((key) => key !== undefined && key in examples) ?? first
  return { status: 200, ...(exampleKey !== undefined && { exampleKey }) }
}

/** A response about the object that the path names: an example that has another id gets that id, wherever it stands. */
const withIdOf = ({ parameters: { id } }: ApiRequest, response: ApiResponse): ApiResponse => {
  if (id === undefined || response.status !== 200) return response
  const text = String(response.body)
  const exampleId = /^\{"id":"(\w+)"/.exec(text)?.[1]
  return exampleId === undefined || exampleId === id ? response : { ...response, body: text.replaceAll(exampleId, String(id)) }
}

/**
 * Makes the handler of the mock.
 * @param document the bundle
 */
export const createMock = async (document: OpenApiDocument): Promise<RequestHandler> => {
  const prism = createInstance(prismConfig, { logger: silent })
  const resources = new Map((await getHttpOperationsFromSpec(document)).map((resource) => [resource.iid ?? resource.id, resource]))
  const scenarioOf = createScenarios(document)
  const hasShortCard = createShortCardCheck(document)
  const shortCard = shortCardOf(operationsOf(document))

  const failing = (request: ApiRequest): Choice | undefined => {
    const code = scenarioOf(request)
    if (code === undefined) return
    const status = statusWithExample(request.operation, code)
    if (status === undefined)
      throw new ApiError(422, 'invalid_parameter', 'The scenario is not an error code of this operation.', 'Komoju-Scenario')
    return { status: Number(status), exampleKey: code }
  }

  const ask = async ({ operation, parameters }: ApiRequest, { status, exampleKey, dynamic = false }: Choice): Promise<ApiResponse> => {
    const resource = required(resources.get(operation.operationId), operation.operationId)
    // The path of the first server is stripped from the document's own paths, so Prism sees them as they are written.
    const path = operation.path.replaceAll(/\{(\w+)\}/g, (_match, name) => String(parameters[name]))
    const input: IHttpRequest = { method: operation.method.toLowerCase() as IHttpRequest['method'], url: { path }, headers: {} }
    const mock = { dynamic, code: status, ...(exampleKey !== undefined && { exampleKey }) }
    const result = await prism.request(input, [resource], { ...prismConfig, mock } as IHttpConfig)()
    if (result._tag === 'Left') throw result.left
    const { statusCode, headers = {}, body } = result.right.output
    const { 'Content-type': _type, ...others } = headers as Record<string, unknown>
    const sent = Object.fromEntries(Object.entries(others).map(([name, value]) => [name, String(value)]))
    return { status: statusCode, headers: sent, body: JSON.stringify(body) }
  }

  // An example is the same each time: Prism decides once for each that the document has.
  const remembered = new Map<string, ApiResponse>()
  return async (request) => {
    const choice = preferred(request) ?? failing(request) ?? fitting(request, hasShortCard(request) ? shortCard : undefined)
    if (choice.dynamic) return ask(request, choice)
    const key = `${request.operation.operationId} ${choice.status} ${choice.exampleKey}`
    const response = remembered.get(key) ?? (await ask(request, choice))
    remembered.set(key, response)
    return withIdOf(request, response)
  }
}

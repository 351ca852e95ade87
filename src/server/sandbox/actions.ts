/** What the customer, KOMOJU or time would do, as `POST /sandbox/<action>/<payment>`: forms of the pages send it, and so can curl. */
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ApiError } from '../api-error.ts'
import { decodeBody } from '../body.ts'
import { originOf } from '../front.ts'
import type { PaymentRecord } from './payment.ts'
import { Refusal } from './refusal.ts'
import { isCrossSite } from './same-site.ts'
import type { State } from './state.ts'

export type Fields = Record<string, unknown>
type Action = (state: State, id: string, fields: Fields, origin: string) => Promise<PaymentRecord>

const actions: Record<string, Action> = {
  pay: (state, id) => state.pay(id),
  decline: (state, id) => state.decline(id),
  expire: (state, id) => state.expire(id),
  'collect-refund': (state, id, { refund }) => state.collectRefund(id, String(refund)),
  'complete-request': (state, id, { request }, origin) => state.settleRefundRequest(id, String(request), 'completed', origin),
  'reject-request': (state, id, { request }, origin) => state.settleRefundRequest(id, String(request), 'rejected', origin),
}

/** Fields of a form or of a JSON object; none where there is no body. */
export const fieldsOf = async ({ body, headers }: FastifyRequest): Promise<Fields> => {
  const { value } = await decodeBody((body as Buffer | undefined) ?? Buffer.alloc(0), headers['content-type'])
  return typeof value === 'object' && value !== null ? (value as Fields) : {}
}

/** @throws {ApiError} 403 for a request that another site's page made the browser send */
export const refuseCrossSite = (request: FastifyRequest) => {
  if (isCrossSite(request)) throw new ApiError(403, 'forbidden', 'Only the pages of this sandbox may do this from a browser.')
}

/** Runs what a page asks for, with its refusal as an error of the API's shape. */
export const orRefuse = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Refusal)) throw error
    throw new ApiError(error.code === 'not_found' ? 404 : 422, error.code, error.message, error.param)
  }
}

/** Sends a browser back to a page of this server, and everything else the result. */
export const sendBack = (request: FastifyRequest, reply: FastifyReply, back: unknown, result: unknown) => {
  if (!request.headers.accept?.includes('text/html')) return reply.send(result)
  // Only a path of this server: a form must not send its user elsewhere.
  return reply.redirect(typeof back === 'string' && /^\/(?![/\\])[\x21-\x7e]*$/.test(back) ? back : '/sandbox', 303)
}

/** Adds the actions to the server. */
export const serveActions = (app: FastifyInstance, state: State) => {
  for (const [name, act] of Object.entries(actions))
    app.post<{ Params: { id: string } }>(`/sandbox/${name}/:id`, async (request, reply) => {
      refuseCrossSite(request)
      const fields = await fieldsOf(request)
      const { payment } = await orRefuse(() => act(state, request.params.id, fields, originOf(request)))
      return sendBack(request, reply, fields.back, payment)
    })
}

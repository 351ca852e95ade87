/** Whose data an action is about, and whether its sender may act on the whole server. */
import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import { exampleKey } from '../../../example-key.ts'
import type { JsonObject } from '../../../json-object.ts'
import { ApiError } from '../../api-error.ts'
import { basicUserOf, secretKeyOf } from '../../credentials.ts'
import type { Hosts } from '../../hosts.ts'
import { isMerchant, merchantOf } from '../merchant.ts'

export type AuthorityOptions = {
  hosts: Hosts
  /** The one secret key of the API, if it has one. */
  secretKey: string | undefined
  /** Key for what concerns all merchants. Without it, every user of the server's own machine may do that. */
  adminKey: string | undefined
}

const isEqual = (one: string, other: string) => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const isLoopback = (address: string | undefined) => /^(127\.|::1$|::ffff:127\.)/.test(address ?? '')

const needsAdmin = (hasKey: boolean) =>
  hasKey
    ? new ApiError(
        401,
        'unauthorized',
        'This concerns other merchants, too: send the admin key as the user name of HTTP Basic, or a secret key for its merchant alone.',
        null,
        { headers: { 'WWW-Authenticate': 'Basic realm="KOMOJU sandbox, admin key", charset="UTF-8"' } },
      )
    : new ApiError(
        403,
        'forbidden',
        'This concerns other merchants, too. Send a secret key as the user name of HTTP Basic for its merchant alone, or start the server with --admin-key and send that.',
      )

/** Merchant that the fields of a form name; undefined for none. @throws {ApiError} 422 for what names none: it must not stand for all */
const namedIn = ({ merchant }: JsonObject): string | undefined => {
  if (merchant === undefined || isMerchant(merchant)) return merchant
  throw new ApiError(422, 'invalid_parameter', 'Parameter merchant must be the id of a merchant.', 'merchant')
}

type Sender = Pick<FastifyRequest, 'headers' | 'socket'>

export type Authority = {
  /**
   * Whose data an action is about: one merchant's, or undefined for the whole server's.
   * @throws {ApiError} 401 or 403 for the whole server's, or another merchant's, where the sender may not
   */
  scopeOf: (request: Sender, fields: JsonObject) => string | undefined
  /**
   * Key with which a page makes payments: the sender's, the server's, or that of the examples, which harms nobody.
   * @throws {ApiError} 401 or 403 for the server's where the sender may not
   */
  keyOf: (request: Sender) => string
}

/** Makes the rules of a server. @throws {Error} for an admin key that is empty, which anybody could send */
export const createAuthority = ({ hosts, secretKey, adminKey }: AuthorityOptions): Authority => {
  if (adminKey === '') throw new Error('The admin key is empty. Give one, or leave it out.')
  const isAdmin = (authorization: string | undefined) => adminKey !== undefined && isEqual(basicUserOf(authorization) ?? '', adminKey)
  /** Secret key of a sender; undefined without one, and for the admin key. */
  const ownKeyOf = ({ authorization }: Sender['headers']) =>
    authorization === undefined || isAdmin(authorization) ? undefined : secretKeyOf(authorization, secretKey)
  const isOwnMachine = ({ socket }: Sender) => adminKey === undefined && !hosts.isPublic && isLoopback(socket.localAddress)

  const scopeOf: Authority['scopeOf'] = (request, fields) => {
    const named = namedIn(fields)
    const key = ownKeyOf(request.headers)
    if (key !== undefined) {
      if (named !== undefined && named !== merchantOf(key))
        throw new ApiError(403, 'forbidden', 'The secret key belongs to another merchant.')
      return merchantOf(key)
    }
    if (!isAdmin(request.headers.authorization) && !isOwnMachine(request)) throw needsAdmin(adminKey !== undefined)
    return named
  }
  return {
    scopeOf,
    keyOf: (request) => {
      const key = ownKeyOf(request.headers)
      if (key !== undefined || secretKey === undefined) return key ?? exampleKey
      scopeOf(request, {})
      return secretKey
    },
  }
}

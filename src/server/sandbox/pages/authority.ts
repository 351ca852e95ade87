/** Whose data an action is about, and whether its sender may act on the whole server. */
import { timingSafeEqual } from 'node:crypto'
import type { FastifyRequest } from 'fastify'
import type { JsonObject } from '../../../json-object.ts'
import { ApiError } from '../../api-error.ts'
import { secretKeyOf } from '../../credentials.ts'
import type { Hosts } from '../../hosts.ts'
import { merchantOf } from '../merchant.ts'

export type AuthorityOptions = {
  hosts: Hosts
  /** The one secret key of the API, if it has one. */
  secretKey: string | undefined
  /** Key for what concerns all merchants. Without it, every user of the server's own machine may do that. */
  adminKey: string | undefined
}

/** Id of a merchant, as the dashboard's forms name it. */
const merchantPattern = /^[0-9a-f]{16}$/

const isEqual = (one: string, other: string) => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.length === right.length && timingSafeEqual(left, right)
}

const userOf = (authorization: string | undefined): string | undefined => {
  const encoded = /^basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1]
  return encoded && Buffer.from(encoded, 'base64').toString('utf8').split(':', 1).join('')
}

const isLoopback = (address: string | undefined) => /^(127\.|::1$|::ffff:127\.)/.test(address ?? '')

const needsAdmin = (hasKey: boolean) =>
  hasKey
    ? new ApiError(
        401,
        'unauthorized',
        'This concerns all merchants: send the admin key as the user name of HTTP Basic, or a secret key for its merchant alone.',
        null,
        {
          'WWW-Authenticate': 'Basic realm="KOMOJU sandbox, admin key", charset="UTF-8"',
        },
      )
    : new ApiError(
        403,
        'forbidden',
        'This concerns all merchants. Send a secret key as the user name of HTTP Basic for its merchant alone, or start the server with --admin-key and send that.',
      )

/**
 * Makes a function that says whose data an action is about: one merchant's, or undefined for the whole server's.
 * @throws {ApiError} 401 or 403 for the whole server's where the sender may not
 */
export const createAuthority =
  ({ hosts, secretKey, adminKey }: AuthorityOptions) =>
  (request: Pick<FastifyRequest, 'headers' | 'socket'>, { merchant }: JsonObject): string | undefined => {
    const { authorization } = request.headers
    const isAdmin = adminKey !== undefined && isEqual(userOf(authorization) ?? '', adminKey)
    if (authorization !== undefined && !isAdmin) return merchantOf(secretKeyOf(authorization, secretKey))
    if (typeof merchant === 'string' && merchantPattern.test(merchant)) return merchant
    if (isAdmin) return
    if (adminKey !== undefined || hosts.isPublic || !isLoopback(request.socket.localAddress)) throw needsAdmin(adminKey !== undefined)
    return
  }

export type Authority = ReturnType<typeof createAuthority>

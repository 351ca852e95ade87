/** Under which names the server may be reached, and what its links are made of. */
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'
import { ApiError } from './api-error.ts'

export type HostOptions = {
  /** Address under which browsers reach the server, for example `https://sandbox.example`. Links are made of it. */
  publicUrl?: string | undefined
  /** Further host names under which pages may be used. IP addresses and `localhost` need not be listed. */
  allowedHosts?: string[] | undefined
  /** Whether a reverse proxy says in `X-Forwarded-*` how it was reached. Only for a server that nobody reaches past the proxy. */
  trustProxy?: boolean | undefined
}

type HostedRequest = Pick<FastifyRequest, 'host' | 'hostname' | 'protocol' | 'headers'>

export type Hosts = {
  trustProxy: boolean
  /** Whether anybody but this machine's own users is expected. */
  isPublic: boolean
  /**
   * Address under which the client reached the server, for example `http://127.0.0.1:4010`, or its public one.
   * @throws {ApiError} 400 for a `Host` header that names no host: responses carry links made of it
   */
  originOf: (request: HostedRequest) => string
  /** @throws {ApiError} 403 for a page under a name that is not the server's: it could be another site's name that leads here */
  assertAllowed: (request: HostedRequest) => void
  /** @throws {ApiError} 403 for a request that a browser sent for a page of another site */
  assertSameSite: (request: HostedRequest) => void
}

const hostPattern = /^(?:[\w.-]+|\[[\da-f:.]+\])(?::\d{1,5})?$/i
const largestPort = 65_535

const isHost = (host: string) => hostPattern.test(host) && Number(/:(\d+)$/.exec(host)?.[1] ?? 0) <= largestPort

/** Names that no page of the web can have. */
const isLocalName = (hostname: string) => isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 || /(^|\.)localhost$/i.test(hostname)

/** Makes the rules of a server. */
export const createHosts = ({ publicUrl, allowedHosts = [], trustProxy = false }: HostOptions): Hosts => {
  const publicAddress = publicUrl === undefined ? undefined : new URL(publicUrl)
  const allowed = new Set([...allowedHosts, ...(publicAddress ? [publicAddress.hostname] : [])].map((name) => name.toLowerCase()))
  const reachedAt = ({ protocol, host }: HostedRequest) => {
    if (!isHost(host)) throw new ApiError(400, 'bad_request', 'The Host header is malformed.')
    return `${protocol}://${host}`
  }
  const assertAllowed: Hosts['assertAllowed'] = (request) => {
    reachedAt(request)
    const { hostname } = request
    if (isLocalName(hostname) || allowed.has(hostname.toLowerCase())) return
    throw new ApiError(
      403,
      'forbidden',
      "The host name {hostname} is not one of this server's. If it is meant to be, start the server with --allowed-host {hostname}, or with --public-url and the address that browsers use.",
      null,
      { values: { hostname } },
    )
  }
  const assertSameSite: Hosts['assertSameSite'] = (request) => {
    const { origin, 'sec-fetch-site': site } = request.headers
    if (origin === undefined && site === undefined) return
    const own = reachedAt(request)
    const isForeign = site !== undefined && site !== 'same-origin' && site !== 'none'
    if (!isForeign && (origin === undefined || origin === own || origin === publicAddress?.origin)) return
    const differsInScheme = typeof origin === 'string' && origin.replace(/^https?:/, '') === own.replace(/^https?:/, '')
    if (differsInScheme)
      throw new ApiError(
        403,
        'forbidden',
        'The browser uses {origin}, the server is reached at {own}. If a proxy stands between them, start the server with --public-url {origin}, or with --trust-proxy.',
        null,
        { values: { origin, own } },
      )
    throw new ApiError(403, 'forbidden', 'Only the pages of this sandbox may do this from a browser.')
  }
  return {
    trustProxy,
    // Behind a proxy every connection comes from this machine.
    isPublic: publicAddress !== undefined || trustProxy,
    originOf: (request) => publicAddress?.origin ?? reachedAt(request),
    assertAllowed,
    assertSameSite,
  }
}

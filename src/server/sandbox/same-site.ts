/** Whether a request may act: it comes from the sandbox's own pages, or not from a browser at all. */
import { isIP } from 'node:net'
import type { FastifyRequest } from 'fastify'

/** Host names that no page of the web can have: addresses, and this machine's own name. A page that gave itself another name is not trusted. */
const isLocalName = (hostname: string) => isIP(hostname.replace(/^\[|\]$/g, '')) !== 0 || /(^|\.)localhost$/i.test(hostname)

/**
 * Whether a browser sent the request for a page that is not the sandbox's own.
 * Cross-site forms and scripts carry a foreign `Origin`; a page that had its name rebound to this machine carries that name in `Host`.
 */
export const isCrossSite = ({ headers, host, hostname, protocol }: FastifyRequest): boolean => {
  const { origin, 'sec-fetch-site': site } = headers
  if (origin === undefined && site === undefined) return false
  if (site !== undefined && site !== 'same-origin' && site !== 'none') return true
  if (!isLocalName(hostname)) return true
  return origin !== undefined && origin !== `${protocol}://${host}`
}

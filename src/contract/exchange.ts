/** One request and its answer, as they went over the wire. */
import type { Encoding } from './encoding.ts'

export type Exchange = {
  /** Number of the request within the run, from 1. */
  number: number
  operationId: string
  method: string
  url: string
  requestHeaders: Record<string, string>
  requestBody: string | undefined
  encoding: Encoding | undefined
  /** Status of the answer, 0 where none came. */
  status: number
  headers: Record<string, string>
  text: string
  /** Body of the answer as JSON, undefined where it is none. */
  body: unknown
  /** Milliseconds since 1970. */
  startedAt: number
  /** Milliseconds from the request to the end of the answer. */
  duration: number
  /** Why no answer came. */
  failure?: string
}

/** What a shell reads in place of the secret key. */
export const keyVariable = '$KOMOJU_SECRET_KEY'

const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`

/** Shell word for a header or user that may hold the secret key. */
const withoutKey = (text: string, secretKey: string) =>
  secretKey !== '' && text.includes(secretKey)
    ? `"${text.replace(/["\\`$]/g, '\\$&').replaceAll(secretKey.replace(/["\\`$]/g, '\\$&'), keyVariable)}"`
    : quoted(text)

/** A cURL line that sends the request again. The secret key is read from the environment. */
export const curlLine = (exchange: Exchange, secretKey: string): string => {
  const words = ['curl -sS -i']
  if (exchange.method !== 'GET' || exchange.requestBody !== undefined) words.push(`-X ${exchange.method}`)
  words.push(quoted(exchange.url))
  for (const [name, value] of Object.entries(exchange.requestHeaders)) {
    const encoded = name === 'authorization' ? /^Basic (.*)$/.exec(value)?.[1] : undefined
    const user = encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8')
    const isPlainUser = user?.includes(':') && Buffer.from(user).toString('base64') === encoded
    words.push(isPlainUser ? `-u ${withoutKey(user!, secretKey)}` : `-H ${withoutKey(`${name}: ${value}`, secretKey)}`)
  }
  // Without this cURL would name a form itself.
  if (exchange.requestBody !== undefined && !exchange.requestHeaders['content-type']) words.push(`-H 'Content-Type:'`)
  if (exchange.requestBody !== undefined) words.push(`--data-raw ${quoted(exchange.requestBody)}`)
  return words.join(' ')
}

/** One line that says what was sent and what came back. */
export const summaryOf = ({ method, url, status, failure }: Exchange) => `${method} ${new URL(url).pathname} → ${status || failure}`

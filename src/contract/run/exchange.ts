/** One request and its response, as they went over the wire. */
import { quoted } from '../../shell.ts'
import type { Encoding } from '../generate/encodings.ts'

export type Exchange = {
  /** Number of the request within the run, from 1. */
  number: number
  operationId: string
  method: string
  url: string
  requestHeaders: Record<string, string>
  requestBody: string | undefined
  encoding: Encoding | undefined
  /** Status of the response, 0 where none came. */
  status: number
  headers: Record<string, string>
  text: string
  /** Present where the body of the response holds bytes that are not UTF-8; the text has another sign in their place. */
  isNotUtf8?: true
  /** Body of the response as JSON, undefined where it is none. */
  body: unknown
  /** Milliseconds since 1970. */
  startedAt: number
  /** Milliseconds from the request to the end of the response. */
  duration: number
  /** Why no response came. */
  failure?: string
}

/** Variables that a shell reads in place of the secret keys. */
export const keyVariables = { secretKey: '$KOMOJU_SECRET_KEY', otherSecretKey: '$KOMOJU_OTHER_SECRET_KEY' } as const

/** Keys of a run, and its headers for a gateway, which can hold keys too. */
export type SecretKeys = { secretKey: string; otherSecretKey?: string | undefined; headers?: Record<string, string> }

/** Shell word for a text that may hold a secret key. */
const withoutKeys = (text: string, keys: SecretKeys) => {
  let word = text.replace(/["\\`$]/g, '\\$&')
  for (const name of ['otherSecretKey', 'secretKey'] as const) if (keys[name]) word = word.replaceAll(keys[name], keyVariables[name])
  return word.includes('$KOMOJU') ? `"${word}"` : quoted(text)
}

/** A cURL line that sends the request again. Secret keys are read from the environment. */
export const curlLine = (exchange: Exchange, keys: SecretKeys): string => {
  const words = ['curl -sS -i']
  if (exchange.method !== 'GET' || exchange.requestBody !== undefined) words.push(`-X ${exchange.method}`)
  words.push(quoted(exchange.url))
  for (const [name, value] of Object.entries(exchange.requestHeaders)) {
    if (keys.headers?.[name] !== undefined) {
      words.push(`-H ${quoted(`${name}: ***`)}`)
      continue
    }
    const encoded = name === 'authorization' ? /^Basic (.*)$/.exec(value)?.[1] : undefined
    const user = encoded === undefined ? undefined : Buffer.from(encoded, 'base64').toString('utf8')
    const isPlainUser = user?.includes(':') && Buffer.from(user).toString('base64') === encoded
    words.push(isPlainUser && user !== undefined ? `-u ${withoutKeys(user, keys)}` : `-H ${withoutKeys(`${name}: ${value}`, keys)}`)
  }
  // Without this cURL would name a form itself.
  if (exchange.requestBody !== undefined && !exchange.requestHeaders['content-type']) words.push(`-H 'Content-Type:'`)
  if (exchange.requestBody !== undefined) words.push(`--data-raw ${quoted(exchange.requestBody)}`)
  return words.join(' ')
}

/** Characters of a response that a finding shows: a target that floods its judge is not repeated with each finding. */
const maxShownLength = 100_000

const base64 = (text: string) => Buffer.from(text).toString('base64')

const withoutSecretKeys = (text: string, { secretKey, otherSecretKey }: SecretKeys): string => {
  let rest = text
  for (const key of [secretKey, otherSecretKey])
    if (key) for (const form of [key, base64(`${key}:`), base64(key), base64(`:${key}`)]) rest = rest.replaceAll(form, '***')
  return rest
}

/** What a finding shows of an exchange. Keys go before the text is cut: half of one would not be known again. */
export const shownExchange = (exchange: Exchange, keys: SecretKeys): Exchange => {
  const { text } = exchange
  if (text.length <= maxShownLength) return exchange
  const start = withoutSecretKeys(text, keys).slice(0, maxShownLength)
  return { ...exchange, text: `${start}… (${text.length.toLocaleString('en')} characters)`, body: undefined }
}

/**
 * A copy that can be reported: without the credentials of its requests, and without the secret keys wherever a response repeats them.
 * @param reported an exchange, or a finding with its exchanges
 */
export const withoutCredentials = <Reported>(reported: Reported, keys: SecretKeys): Reported => {
  const { headers = {} } = keys
  const masked = (name: string, value: unknown) => (name.toLowerCase() === 'authorization' ? 'Basic ***' : name in headers ? '***' : value)
  return JSON.parse(withoutSecretKeys(JSON.stringify(reported, masked), keys))
}

/** One line that says what was sent and what came back. */
export const summaryOf = ({ method, url, status, failure }: Exchange) => `${method} ${new URL(url).pathname} → ${status || failure}`

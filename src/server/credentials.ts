/** HTTP Basic as the API wants it: the secret key as the user name, an empty password. */
import { rememberLatest } from '../latest.ts'
import { ApiError } from './api-error.ts'

const rejected = () =>
  new ApiError(
    401,
    'unauthorized',
    'Authentication failed. Send your secret key as the user name of HTTP Basic, with an empty password.',
    null,
    { headers: { 'WWW-Authenticate': 'Basic realm="KOMOJU"' } },
  )

/** User name and password of HTTP Basic; undefined for a header of any other form. */
const basicOf = rememberLatest((authorization: string | undefined): { user: string; password: string } | undefined => {
  const encoded = /^basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1]
  if (!encoded) return
  const [user = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  return { user, password: password.join(':') }
})

/** User name of HTTP Basic; undefined for a header of any other form. */
export const basicUserOf = (authorization: string | undefined): string | undefined => basicOf(authorization)?.user

/**
 * Secret key of a request.
 * @param authorization the `Authorization` header
 * @param only the one key to accept; without it, any key that starts with `sk_` does
 * @throws {ApiError} 401 where the key is missing or not accepted
 */
export const secretKeyOf = (authorization: string | undefined, only: string | undefined): string => {
  const { user: key, password } = basicOf(authorization) ?? { user: '', password: '' }
  const accepted = only === undefined ? /^sk_[\x21-\x7e]+$/.test(key) : key === only
  if (!accepted || password !== '') throw rejected()
  return key
}

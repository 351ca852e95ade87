/** HTTP Basic as the API wants it: the secret key as the user name, an empty password. */
import { ApiError } from './api-error.ts'

const rejected = () =>
  new ApiError(
    401,
    'unauthorized',
    'Authentication failed. Send your secret key as the user name of HTTP Basic, with an empty password.',
    null,
    {
      'WWW-Authenticate': 'Basic realm="KOMOJU"',
    },
  )

/**
 * Secret key of a request.
 * @param authorization the `Authorization` header
 * @param only the one key to accept; without it, any key that starts with `sk_` does
 * @throws {ApiError} 401 where the key is missing or not accepted
 */
export const secretKeyOf = (authorization: string | undefined, only: string | undefined): string => {
  const encoded = /^basic ([A-Za-z0-9+/=]+)$/i.exec(authorization ?? '')?.[1]
  if (!encoded) throw rejected()
  const [key = '', ...password] = Buffer.from(encoded, 'base64').toString('utf8').split(':')
  const accepted = only === undefined ? /^sk_[\x21-\x7e]+$/.test(key) : key === only
  if (!accepted || password.join(':') !== '') throw rejected()
  return key
}

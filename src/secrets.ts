/** What looks like a secret in a text. */

/** Secret keys, and numbers as long as a card's. */
const keysAndNumbers = /sk_\w+|\d(?:[ -]?\d){11,}/g

/** What follows the scheme of an address, to the next space. */
const addresses = /:\/\/\S+/g

/** An address without its user and password, to its last @. Found from the end, so that no text takes long. */
const withoutUser = (address: string) => {
  const end = address.lastIndexOf('@')
  return end > '://'.length ? `://[hidden]${address.slice(end)}` : address
}

/** A text without what looks like a secret, for messages and logs. */
export const withoutSecrets = (text: string): string => text.replace(addresses, withoutUser).replace(keysAndNumbers, '[hidden]')

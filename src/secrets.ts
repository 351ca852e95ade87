/** What looks like a secret in a text. */

/** Secret keys, numbers as long as a card's, and what stands before the host of an address: user and password, to its last @. */
const secrets = /sk_\w+|\d(?:[ -]?\d){11,}|(?<=:\/\/)\S{1,1000}(?=@)/g

/** A text without what looks like a secret, for messages and logs. */
export const withoutSecrets = (text: string): string => text.replace(secrets, '[hidden]')

/** Faults against what the reference leaves open: the kit looks for them with `--strict` alone. docs/contract/leniency.md says why. */

const names = new Set([
  'an update does not remove the description',
  'a currency is read in any case',
  'properties of other payment methods are ignored',
  'an e-mail address can be any text',
  'a phone number can be any text',
  'expiry_days have no upper bound',
  'a card has a thirteenth month',
  'a card number has any length',
  'a prepaid number has any length',
  'a return_url can be any text',
  'a key of the metadata has any length',
  'metadata can be nested',
  'fraud details need no IP address',
  'metadata of an update can be text',
  'malformed JSON counts as an empty body',
])

/** Whether a fault is one that only `--strict` asks about. */
export const isStrictOnly = (name: string) => names.has(name)

/** Names of all of them, for the test that each is a fault of the catalogue. */
export const strictOnlyNames = [...names]

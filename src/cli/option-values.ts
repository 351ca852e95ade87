/** What the options of the commands take: each reads one text, or throws the reason that the command line shows. */
import { type Command, InvalidArgumentError } from 'commander'
import type { WebhookOption } from '../server/sandbox/webhooks/receivers.ts'
import { workersOfMachine } from '../server/workers.ts'

/** Rejects empty values of a command's options, from its environment, too: a script meant to fill them in, and none stands for 0 or for nothing. */
export const rejectEmptyValues = ({ options }: Command) => {
  for (const option of options) {
    const { parseArg } = option
    if (!option.required) continue
    option.argParser((text, earlier: unknown) => {
      if (text.trim() === '') throw new InvalidArgumentError('It is empty.')
      return parseArg ? parseArg(text, earlier) : text
    })
  }
}

/** @param text a port, 0 for any free one */
export const portOf = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0 || value > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535; 0 takes any free one.')
  return value
}

/** @param text a whole number, 0 or more */
export const quantityOf = (text: string): number => {
  const value = Number(text)
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError('Write a whole number, 0 or more.')
  return value
}

/** @param text a share, from 0 to 1 */
export const shareOf = (text: string): number => {
  const value = Number(text)
  if (!(value >= 0 && value <= 1)) throw new InvalidArgumentError('Write a number from 0 to 1, for example 0.05.')
  return value
}

/** @param text an absolute http or https URL */
const webAddressOf = (text: string): string => {
  if (!/^https?:/i.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError('Write a whole address, for example http://127.0.0.1:3000/webhooks.')
  return text
}

/**
 * Adds a webhook to those before. What follows `#` is not sent: `events=…` are the only events that it gets, `secret=…` signs them.
 * @param text an http or https URL without a user and a password, which no delivery could send
 */
export const webhooksOf = (text: string, before: WebhookOption[] = []): WebhookOption[] => {
  const address = new URL(webAddressOf(text))
  if (address.username || address.password)
    throw new InvalidArgumentError('Leave the user and the password out: events are signed with the webhook secret.')
  const settings = new URLSearchParams(address.hash.slice(1))
  // What stands there in their place may be a secret without its name.
  if ([...settings.keys()].some((name) => name !== 'events' && name !== 'secret'))
    throw new InvalidArgumentError('After #, write events=… or secret=…, joined by &, and nothing else.')
  const [events, secret] = [settings.get('events'), settings.get('secret')]
  return [...before, { url: text.split('#', 1).join(''), ...(events !== null && { events: events.split(',') }), ...(secret && { secret }) }]
}

/** @param text an http or https URL without a path @returns its origin */
export const publicAddressOf = (text: string): string => {
  const { origin, href } = new URL(webAddressOf(text))
  if (href !== `${origin}/`) throw new InvalidArgumentError('Write an address without a path, for example https://sandbox.example.')
  return origin
}

/** @param text one more host name @param earlier those that were given before */
export const hostNamesOf = (text: string, earlier: string[] = []): string[] => {
  if (!/^[\w.-]+$/.test(text)) throw new InvalidArgumentError('Write a host name without a port, for example sandbox.')
  return [...earlier, text]
}

/** @param text a number of processes, or `auto` for one a processor */
export const workersOf = (text: string): number => {
  if (text === 'auto') return workersOfMachine()
  const value = Number(text)
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('Write a whole number, 1 or more, or auto.')
  return value
}

/** @param text a secret key as KOMOJU writes them; the message does not repeat it */
export const secretKeyOf = (text: string): string => {
  if (!/^sk_[\x21-\x7e]+$/.test(text) || text.includes(':'))
    throw new InvalidArgumentError('A secret key starts with sk_ and has no spaces and no colon.')
  return text
}

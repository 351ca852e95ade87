/** What a run can be told, its defaults, and what it rejects to do. */
import { withoutSecrets } from '../../secrets.ts'
import type { Finding, Shard } from '../report/run-report.ts'

/** How long a run takes, told before it begins. */
export type Estimate = {
  /** Seconds that the target takes for a response. */
  secondsPerResponse: number
  /** Seconds that the run takes. */
  seconds: number
  /** Seconds that it takes with `--quick`, absent where it is quick already. */
  quickSeconds?: number
}

export type ContractOptions = {
  /** Address of the API with its base path, for example `http://localhost:3000/api/v1`. */
  url: string
  /** Secret key that the target accepts. */
  secretKey: string
  /** Secret key of another merchant of the target. Without it, isolation between merchants is not checked. */
  otherSecretKey?: string | undefined
  /** Address that marks a cash payment paid when it is sent a POST, with `{id}` for the payment's id. */
  payUrl?: string | undefined
  /** Runs only checks with one of these words: an operation, a group, a payment method, an encoding, a capability, or a part of a check's name. */
  only?: string[] | undefined
  /** Leaves out checks with one of these words. */
  skip?: string[] | undefined
  /** Runs one of several parts of the checks, such as the second of four. Lists are looked at in every part. */
  shard?: Shard | undefined
  /** Seed of the generated input. The same seed sends the same values. */
  seed?: number | undefined
  /** Generated requests for each operation, payment method and encoding. 3 where not given, 1 with `quick`. */
  runs?: number | undefined
  /** Stops after this many findings. */
  bail?: number | undefined
  /** Milliseconds until a request counts as without a response. 30,000 where not given. */
  timeout?: number | undefined
  /** Requests per second at most. No limit where not given. */
  rate?: number | undefined
  /** Requests in flight at most. 16 where not given. */
  concurrency?: number | undefined
  /** Headers for every request, for a gateway before the target. */
  headers?: Record<string, string> | undefined
  /** Also asks for rejections that the reference does not state. Such findings are reported apart. */
  strict?: boolean | undefined
  /** Runs one check of each kind, with one wrong value for each parameter and rule. */
  quick?: boolean | undefined
  /** Sends nothing that changes the target. */
  readOnly?: boolean | undefined
  /** Allows a live secret key, and KOMOJU's own host. */
  allowLive?: boolean | undefined
  /** Called in place of the network, for a target inside the same process. */
  fetch?: ((url: string, init: RequestInit) => Promise<Response>) | undefined
  /** Gets each new finding when it is found. */
  onFinding?: ((finding: Finding) => void) | undefined
  /** Gets how long the run takes, before it begins, where that is more than a minute. */
  onEstimate?: ((estimate: Estimate) => void) | undefined
  /** Ends the run early: what was found until then is the verdict. */
  signal?: AbortSignal | undefined
}

/** The run cannot start. The message says what to change. */
export class OptionsError extends Error {
  override name = 'OptionsError'
}

/** Options with their defaults filled in. */
export type Settings = {
  [Option in keyof ContractOptions]-?: Option extends
    | 'otherSecretKey'
    | 'payUrl'
    | 'fetch'
    | 'rate'
    | 'shard'
    | 'bail'
    | 'onFinding'
    | 'onEstimate'
    | 'signal'
    ? ContractOptions[Option]
    : NonNullable<ContractOptions[Option]>
}

const urlOf = (text: string, option: string): URL => {
  if (!URL.canParse(text) || !/^https?:/i.test(text))
    throw new OptionsError(`${option} is no address: ${withoutSecrets(text)}. Give one such as http://localhost:3000/api/v1.`)
  const url = new URL(text)
  // They could not be sent, and the address is in every report.
  if (url.username || url.password) throw new OptionsError(`${option} holds a user or a password. Leave them out of the address.`)
  return url
}

/** A name may end in a dot. */
const isKomoju = ({ hostname }: URL) => /(^|\.)komoju\.com\.?$/i.test(hostname)

/**
 * Fills in defaults.
 * @throws {OptionsError} where an option makes no sense, or would touch real money
 */
export const settingsOf = (options: ContractOptions): Settings => {
  const url = urlOf(options.url, '--url')
  const { payUrl, otherSecretKey, allowLive = false } = options
  if (!options.secretKey) throw new OptionsError('A secret key is missing. Give one with --secret-key.')
  if (payUrl !== undefined && !urlOf(payUrl, '--pay-url').href.match(/\{id\}|%7Bid%7D/i))
    throw new OptionsError('--pay-url has no {id}. Write the place of the payment’s id as {id}.')
  if (!allowLive) {
    if ([options.secretKey, otherSecretKey].some((key) => key?.trim().startsWith('sk_live_')))
      throw new OptionsError('This is a live secret key: the run would charge and refund real money. Use a test key, or --allow-live.')
    if ([url, ...(payUrl ? [new URL(payUrl)] : [])].some(isKomoju))
      throw new OptionsError(`${url.hostname} is KOMOJU itself. The run creates hundreds of payments there; --allow-live lets it.`)
  }
  if (url.search || url.hash)
    throw new OptionsError(
      `--url holds ${url.search || url.hash}. Give the address of the API alone, such as http://localhost:3000/api/v1.`,
    )
  const { number, of } = options.shard ?? { number: 1, of: 1 }
  if (!Number.isInteger(number) || !Number.isInteger(of) || number < 1 || number > of)
    throw new OptionsError(`There is no shard ${number}/${of}. Write --shard 1/4 for the first of four.`)
  if (options.shard && options.seed === undefined)
    throw new OptionsError('Shards need the same seed, or they are parts of different runs. Give each the same --seed.')
  for (const [name, value] of [
    ['runs', options.runs],
    ['timeout', options.timeout],
    ['rate', options.rate],
    ['concurrency', options.concurrency],
    ['bail', options.bail],
  ] as const)
    if (value !== undefined && !(value > 0)) throw new OptionsError(`--${name} is a number above 0.`)
  return {
    url: url.href.replace(/(?<!\/)\/+$/, ''),
    secretKey: options.secretKey,
    otherSecretKey,
    payUrl,
    only: options.only ?? [],
    skip: options.skip ?? [],
    seed: options.seed ?? Math.floor(Math.random() * 2 ** 31),
    quick: options.quick ?? false,
    runs: options.runs ?? (options.quick ? 1 : 3),
    timeout: options.timeout ?? 30_000,
    concurrency: options.concurrency ?? 16,
    headers: options.headers ?? {},
    strict: options.strict ?? false,
    readOnly: options.readOnly ?? false,
    allowLive,
    rate: options.rate,
    bail: options.bail,
    shard: options.shard,
    fetch: options.fetch,
    onFinding: options.onFinding,
    onEstimate: options.onEstimate,
    signal: options.signal,
  }
}

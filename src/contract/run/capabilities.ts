/** What the target can do at all. What needs something that it lacks is not checked, and the report says so. */
import type { Settings } from './options.ts'

/** What a target may lack. */
export const capabilityNames = ['state', 'writes', 'pay', 'accounts', 'scenarios', 'test-numbers', 'short-cards', 'other-merchant'] as const
export type Capability = (typeof capabilityNames)[number]

const isCapability = (word: string): word is Capability => (capabilityNames as readonly string[]).includes(word)

export class Capabilities {
  readonly #reasons = new Map<Capability, string>()
  /** Currencies that the target counts in their smallest unit, such as dollars in cents. */
  readonly smallestUnitCurrencies = new Set<string>()

  constructor({ readOnly, payUrl, otherSecretKey, skip }: Pick<Settings, 'readOnly' | 'payUrl' | 'otherSecretKey' | 'skip'>) {
    if (readOnly) this.lack('writes', 'the run is read-only')
    if (payUrl === undefined) this.lack('pay', 'without --pay-url no cash payment can be paid')
    if (otherSecretKey === undefined) this.lack('other-merchant', 'without --other-secret-key there is no other merchant')
    for (const word of skip) if (isCapability(word)) this.lack(word, `switched off with --skip ${word}`)
  }

  lack(capability: Capability, reason: string) {
    this.#reasons.set(capability, reason)
  }

  has(capability: Capability): boolean {
    return !this.#reasons.has(capability)
  }

  /** Why the target lacks a capability, undefined where it has it. */
  reason(capability: Capability): string | undefined {
    return this.#reasons.get(capability)
  }
}

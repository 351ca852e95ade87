/** Secrets of requests that no response may repeat. */
import { isJsonObject } from '../../json-object.ts'
import type { ApiModel } from '../api/api-model.ts'
import type { Exchange } from '../run/exchange.ts'

/** Shorter secrets stand in a response by chance. */
const minRememberedLength = 10

export class Secrets {
  readonly #api: ApiModel
  readonly #names: Set<string>
  readonly #values = new Set<string>()

  constructor(api: ApiModel) {
    this.#api = api
    this.#names = new Set(api.methods.flatMap(({ secrets }) => secrets))
  }

  /** Remembers the secrets of a request's body. */
  remember(body: unknown) {
    const details = isJsonObject(body) ? body.payment_details : undefined
    const schema = this.#api.operation('createPayment').request?.schema
    // In a wrong request a secret can be any word, which a response may hold for another reason.
    if (!isJsonObject(details) || schema === undefined || !this.#api.validator.conforms(schema, body)) return
    const open = Object.entries(details)
      .filter(([name]) => !this.#names.has(name))
      .map(([, value]) => String(value))
    for (const name of this.#names) {
      const value = details[name]
      if (typeof value === 'string' && value.length >= minRememberedLength && !open.includes(value)) this.#values.add(value)
    }
  }

  /** Names of the secrets that a response holds. Metadata is the merchant's own, whatever its keys. */
  foundIn({ text, body }: Exchange): string[] {
    const found: string[] = []
    for (const secret of this.#values) if (text.includes(secret)) found.push('a secret of a request')
    const visit = (node: unknown) => {
      if (Array.isArray(node)) node.forEach(visit)
      else if (isJsonObject(node))
        for (const [name, value] of Object.entries(node)) {
          if (name === 'metadata') continue
          if (this.#names.has(name) && value != null) found.push(name)
          visit(value)
        }
    }
    visit(body)
    return [...new Set(found)]
  }
}

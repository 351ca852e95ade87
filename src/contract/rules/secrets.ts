/** Secrets of requests that no response may repeat, in its body or in its headers. */
import { isJsonObject } from '../../json-object.ts'
import type { ApiModel } from '../api/api-model.ts'
import type { Exchange } from '../run/exchange.ts'
import type { Settings } from '../run/options.ts'
import { basicCredentials } from '../run/request.ts'
import type { RuleResult } from './response-rules.ts'

/** Shorter secrets stand in a response by chance. */
const minRememberedLength = 10
/** A key is longer as a rule, and a word of everyday language where somebody tries something out. */
const minKeyLength = 8

/** A number as people group it: 4111 1111 1111 1111, or with hyphens. */
const betweenDigits = /(?<=\d)[ -](?=\d)/g

/** How a key stands in a text, alone or encoded as a request carries it. A longer word that begins like it is another key. */
const patternOf = (key: string) => {
  const encoded = basicCredentials(key).replace(/^Basic |={1,2}$/g, '')
  const [plain, inBase64] = [key, encoded].map((text) => text.replaceAll(/\W/g, String.raw`\$&`))
  return new RegExp(String.raw`(?<!\w)${plain}(?!\w)|${inBase64}`)
}

export class Secrets {
  readonly #api: ApiModel
  readonly #names: Set<string>
  readonly #values = new Set<string>()

  readonly #keys: RegExp[]

  /** @param keys secret keys of both merchants */
  constructor(api: ApiModel, { secretKey, otherSecretKey = '' }: Pick<Settings, 'secretKey' | 'otherSecretKey'>) {
    this.#api = api
    this.#keys = [secretKey, otherSecretKey].filter(({ length }) => length >= minKeyLength).map(patternOf)
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

  /** What a response says of the secrets: whether it holds one, and where. */
  judge(exchange: Exchange): RuleResult {
    const places: [place: string, text: string][] = [
      ['The response', exchange.text],
      ...Object.entries(exchange.headers).map(([name, value]): [string, string] => [`The header ${name}`, value]),
    ]
    const [withKey] = places.find(([, text]) => this.#keys.some((key) => key.test(text))) ?? []
    if (withKey !== undefined)
      return {
        rule: 'response.secrets',
        passed: false,
        message: () => `${withKey} holds the secret key.`,
        pointer: '#/components/securitySchemes/secretKey',
      }
    const found = [
      ...places.filter(([, text]) => this.#holdsSent(text)).map(([place]) => `${place} holds a secret of a request.`),
      ...this.#namesIn(exchange.body).map((name) => `The response holds ${name}.`),
    ]
    return {
      rule: 'response.secrets',
      passed: found.length === 0,
      message: () => found.join(' '),
      pointer: '#/components/schemas/PaymentDetails',
    }
  }

  #holdsSent(text: string): boolean {
    const ungrouped = text.replaceAll(betweenDigits, '')
    return [...this.#values].some((secret) => text.includes(secret) || ungrouped.includes(secret))
  }

  /** Names of the secrets that a body holds. Metadata is the merchant's own, whatever its keys. */
  #namesIn(body: unknown): string[] {
    const found = new Set<string>()
    const visit = (node: unknown) => {
      if (Array.isArray(node)) node.forEach(visit)
      else if (isJsonObject(node))
        for (const [name, value] of Object.entries(node)) {
          if (name === 'metadata') continue
          if (this.#names.has(name) && value != null) found.add(name)
          visit(value)
        }
    }
    visit(body)
    return [...found]
  }
}

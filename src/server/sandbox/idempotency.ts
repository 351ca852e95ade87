/** Idempotency: a request that is sent again with its key gets its first response again, byte for byte. */
import { hash } from 'node:crypto'
import type { MarkedSecrets } from '../../marked-secrets.ts'
import type { ApiResponse } from '../front.ts'
import { besideRequests } from './beside-requests.ts'
import type { Clock } from './clock.ts'
import type { RememberedResponse } from './collections.ts'
import type { MerchantRequest } from './merchant.ts'
import { Rejection } from './rejection.ts'
import type { Storage, Transaction } from './storage.ts'

const header = 'X-KOMOJU-IDEMPOTENCY'
/** Keys that are forgotten in one transaction. In a large SQLite file, each takes long enough for a thousand to hold up requests. */
const forgetBatchSize = 100
/** The same where a database does the work, in which each transaction has its price. */
const sharedForgetBatchSize = 1000
/** How long a key is remembered. */
const maxAgeMs = 24 * 60 * 60 * 1000

/** What stands for a secret: not even its hash is kept. Of a card number, the last digits are in responses, too. */
const fingerprintOfSecret = (name: string, secret: unknown) => (name === 'number' ? String(secret).slice(-4) : null)

const inProgress = () => new Rejection('conflict', 'A request with the same idempotency key is in progress.')

export type Idempotency = ReturnType<typeof createIdempotency>

export type IdempotencyParts = { storage: Storage; clock: Clock; secrets: MarkedSecrets }

/** Makes the memory of keys. */
export const createIdempotency = ({ storage, clock, secrets }: IdempotencyParts) => {
  const inFlight = new Set<string>()
  const fingerprintOf = ({ operation: { operationId }, parameters, body }: MerchantRequest) =>
    hash('sha256', JSON.stringify([operationId, parameters.id, secrets.replaceIn(operationId, body, fingerprintOfSecret)]))
  return {
    /** Key of a request among all merchants; undefined for a request without one. */
    keyOf: ({ parameters, merchant }: MerchantRequest): string | undefined =>
      parameters[header] === undefined ? undefined : `${merchant} ${parameters[header]}`,

    /**
     * Runs work unless work with the same key is running.
     * @throws {Rejection} `conflict` if it is
     */
    withKeyLock: async <T>(key: string, work: () => Promise<T>): Promise<T> => {
      if (inFlight.has(key)) throw inProgress()
      inFlight.add(key)
      let isLocked = false
      try {
        isLocked = (await storage.shared?.tryLock(`idempotency ${key}`)) ?? true
        if (!isLocked) throw inProgress()
        return await work()
      } finally {
        if (isLocked) await storage.shared?.unlock(`idempotency ${key}`)
        inFlight.delete(key)
      }
    },

    /**
     * The first response to a request with this key: remembered, or made now and remembered together with what it changes.
     * @throws {Rejection} `invalid_parameter` for a key that belongs to another request
     */
    first: async (
      key: string,
      request: MerchantRequest,
      transaction: Transaction,
      response: () => Promise<ApiResponse>,
    ): Promise<ApiResponse> => {
      const fingerprint = fingerprintOf(request)
      const first = await transaction.get('idempotency', key)
      const time = clock.now(request.merchant)
      if (first && first.time > time - maxAgeMs) {
        if (first.fingerprint === fingerprint) return first.response
        throw new Rejection(
          'invalid_parameter',
          'Parameter {header} was used for another request. Use a new key for each new request.',
          header,
          { header },
        )
      }
      const given = await response()
      const remembered: RememberedResponse = { fingerprint, response: given, time }
      transaction.put('idempotency', { id: key, index: { created_at: time, merchant: request.merchant }, document: remembered })
      return given
    },

    /** Forgets the keys that are too old to matter, some at a time beside the requests. */
    forgetOld: async () => {
      const range = { property: 'created_at', below: clock.now() - maxAgeMs }
      const take = storage.shared ? sharedForgetBatchSize : forgetBatchSize
      await besideRequests(async () => {
        // Claimed, and removed in the same transaction, so that a key which is used anew in between is not forgotten.
        const forgotten = await storage.transact(async ({ ids, remove }) => {
          const old = await ids('idempotency', { range, order: 'range', take, claim: true })
          for (const id of old) remove('idempotency', id)
          return old.length
        })
        return forgotten === take
      })
    },
  }
}

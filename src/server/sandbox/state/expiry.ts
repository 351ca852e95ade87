/**
 * Payments expire when their deadline passes: by the request that reads them, and in batches beside the requests. No request waits for
 * the payments of others.
 */
import { besideRequests } from '../beside-requests.ts'
import { expirePayment, type PaymentRecord } from '../payment.ts'
import { Rejection } from '../rejection.ts'
import type { Found, Query } from '../storage.ts'
import { PastDeadline, type StateStore } from './store.ts'

/** Payments that expire in one transaction: more would hold up the requests that come meanwhile. */
const batchSize = 100
/** How often a list looks again for payments that have to expire before it is read. */
const maxListRounds = 5
/** Merchants with a clock of their own that are looked at in one pass. */
const merchantsPerPass = 50

export type Expiry = ReturnType<typeof expiryOf>

/** What lets some payments expire at a time. */
const createBatches = (store: StateStore) => {
  const { storage, clock } = store

  /** Lets those of some payments expire that are due and that nobody else is changing. @returns how many */
  const expireThese = (ids: string[]): Promise<number> =>
    store.transact(async (work) => {
      const due = (await work.claim('payments', ids)).filter((record) => store.isDue(record))
      for (const record of due) await store.savePayment(work, expirePayment(record))
      return due.length
    })

  /** Payments that cannot expire, as a document that is damaged: they stay as they are, and in the way of no other. */
  const stuck = new Set<string>()
  const expireEach = async (ids: string[]): Promise<number> => {
    let expired = 0
    for (const id of ids)
      try {
        expired += await expireThese([id])
      } catch (error) {
        if (error instanceof Rejection) throw error
        stuck.add(id)
        console.error(`Payment ${id} cannot expire:`, error)
      }
    return expired
  }

  /** Lets the first due payments expire, of a merchant or of all. @returns whether there may be more */
  const expireBatch = async (merchant?: string): Promise<boolean> => {
    const range = { property: 'deadline', below: clock.now(merchant) }
    const take = batchSize + stuck.size
    const due = await storage.ids('payments', { ...(merchant !== undefined && { where: { merchant } }), range, order: 'range', take })
    const ids = due.filter((id) => !stuck.has(id)).slice(0, batchSize)
    if (ids.length === 0) return false
    const stuckBefore = stuck.size
    const expired = await expireThese(ids).catch((error) => {
      // The database is away, for all of them.
      if (error instanceof Rejection) throw error
      return expireEach(ids)
    })
    return (expired > 0 || stuck.size > stuckBefore) && due.length === take
  }

  /** Whether a payment can be due on a clock. A process that shares its database cannot know without looking. */
  const canBeDue = (merchant?: string) => storage.shared !== undefined || clock.now(merchant) > store.nextDeadline
  return { expireThese, expireBatch, canBeDue }
}

/** What lets everything that is due expire, beside the requests. */
const createPasses = (store: StateStore, { expireBatch, canBeDue }: ReturnType<typeof createBatches>) => {
  const { storage, settings } = store

  const expireAll = (merchant?: string) => besideRequests(() => expireBatch(merchant))

  /** Finds the first deadline that is still to come, so that nothing is read until then. */
  const readNextDeadline = async () => {
    if (storage.shared) return
    // What is created meanwhile lowers it again.
    store.nextDeadline = Number.POSITIVE_INFINITY
    const [first] = await storage.ids('payments', { range: { property: 'deadline' }, order: 'range', take: 1, property: 'deadline' })
    if (first !== undefined) store.nextDeadline = Math.min(store.nextDeadline, Number(first))
  }

  let lastMerchant = 0
  /** Lets everything that is due expire, a part of the merchants with clocks of their own at a time. */
  const pass = async () => {
    await settings.syncAll()
    let isPast = canBeDue()
    if (isPast) await expireAll()
    const ahead = settings.aheadMerchants()
    for (let index = 0; index < Math.min(ahead.length, merchantsPerPass); index++) {
      const merchant = ahead[lastMerchant++ % ahead.length]
      if (merchant === undefined || !canBeDue(merchant)) continue
      isPast = true
      await expireAll(merchant)
    }
    if (isPast) await readNextDeadline()
  }
  let running: Promise<void> | undefined
  /** Lets what is due expire, beside the requests. Calls while it runs share it. */
  const expireDue = (): Promise<void> => {
    running ??= pass().finally(() => {
      running = undefined
    })
    return running
  }

  return { expireAll, expireDue }
}

/** The expiry of a state's payments. */
export const expiryOf = (store: StateStore) => {
  const { storage } = store
  const batches = createBatches(store)
  const { expireThese, expireBatch, canBeDue } = batches
  const { expireAll, expireDue } = createPasses(store, batches)

  /**
   * Runs work, again where it met a payment past its deadline, which has expired by then.
   * @param work makes all of its changes in one transaction
   */
  const withExpired = async <T>(work: () => Promise<T>): Promise<T> => {
    try {
      return await work()
    } catch (error) {
      if (!(error instanceof PastDeadline)) throw error
      // By itself: the one that is asked for must not be passed over.
      await store.transact(async (transaction) => {
        const record = await transaction.get('payments', error.payment)
        if (record && store.isDue(record)) await store.savePayment(transaction, expirePayment(record))
      }, error.payment)
      return withExpired(work)
    }
  }

  /** Finds payments, none of which is past its deadline: those that are expire before they are shown. */
  const findCurrent = async (query: Query, merchant?: string): Promise<Found<'payments'>> => {
    if (canBeDue(merchant)) await expireBatch(merchant)
    let found = await storage.find('payments', query)
    for (let round = 0; round < maxListRounds; round++) {
      const due = found.documents.filter((record) => store.isDue(record))
      if (due.length === 0) return found
      await expireThese(due.map(({ payment }) => payment.id))
      found = await storage.find('payments', query)
    }
    return found
  }

  return {
    expireDue,
    /** Lets the first batch expire after a clock was put forward, and the rest beside the requests. */
    expireAfterJump: async (merchant?: string) => {
      if (canBeDue(merchant) && (await expireBatch(merchant))) void expireAll(merchant).catch(() => undefined)
    },
    withExpired,
    findCurrent,
    /** A payment of any merchant as it stands. @throws {Rejection} `not_found` for one that does not exist */
    currentPayment: (id: unknown): Promise<PaymentRecord> => withExpired(() => store.documentOf(storage, 'payments', id)),
  }
}

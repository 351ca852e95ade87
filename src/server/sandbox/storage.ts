/**
 * Where the sandbox keeps its state. An engine stores documents in collections, finds them by their index, and writes
 * several changes at once or none.
 */

import type { Documents, Setting } from './collections.ts'
import { Groups, type GroupTransaction } from './groups.ts'

export type Maybe<T> = T | Promise<T>

/** Properties by which each collection can be searched. `text` is matched as a part, in lower case; all others as a whole. */
export const indexes = {
  payments: ['merchant', 'status', 'currency', 'external_order_num', 'created_at', 'deadline', 'text'],
  accounts: ['merchant', 'name'],
  events: ['payment', 'state', 'created_at', 'merchant'],
  idempotency: ['created_at', 'merchant'],
  settings: [],
} as const satisfies Record<keyof Documents, readonly string[]>

export type Collection = keyof typeof indexes

/** Property that names the merchant of a document: a setting's is its id. */
export const ownerOf = (collection: Collection) => (indexes[collection].some((property) => property === 'merchant') ? 'merchant' : 'id')

export type IndexValue = string | number | null
export type Row<C extends Collection = Collection> = {
  id: string
  /** Values of the collection's index. */
  index: Record<string, IndexValue>
  /** What is kept. Never changed in place: a change puts another document. */
  document: Documents[C]
}
export type Query = {
  /** Value that a property has, or values of which it has one. */
  where?: Record<string, string | number | readonly (string | number)[]>
  /** Property, lowest value (included), highest value (excluded). */
  range?: { property: string; from?: IndexValue | undefined; below?: IndexValue | undefined }
  /** Parts of the index property `text`. */
  text?: readonly string[] | undefined
  /** By when a document was first put (payments by when they were created, which is the same), or by the property of the range, lowest first. */
  order?: 'newest' | 'oldest' | 'range'
  skip?: number
  /** All if omitted. */
  take?: number
}
export type Found<C extends Collection = Collection> = {
  /** Number of all matches, skipped and left ones included. */
  total: number
  ids: string[]
  documents: Documents[C][]
}
/** Some ids of what matches, without a count and without the documents. */
export type IdQuery = Pick<Query, 'where' | 'range' | 'order'> & {
  take: number
  /** Property of the index whose values are wanted in place of the ids. */
  property?: string
  /** Only those that no other transaction is about to change. They hold until the end of this one. */
  claim?: boolean
}
/** A merchant, and how many payments it has. */
export type MerchantCount = { merchant: string; payments: number }
export type Write = { collection: Collection; put: Row } | { collection: Collection; remove: string }

/** What a database has to do to stand behind the sandbox. */
export type Engine = {
  get: <C extends Collection>(collection: C, id: string) => Maybe<Documents[C] | undefined>
  find: <C extends Collection>(collection: C, query: Query) => Maybe<Found<C>>
  /** Ids of the first matches, or values of their index. Costs no more than these. */
  ids: (collection: Collection, query: IdQuery) => Maybe<string[]>
  /** Merchants that have payments, those with the most first. */
  merchants: (take: number) => Maybe<MerchantCount[]>
  /** Makes changes. They are kept once the transaction around them is. */
  write: (writes: Write[]) => void
  /** The transaction around the writes of a group. Once it is kept, they survive the end of the process (not so in memory). */
  group: GroupTransaction
  /** Forgets everything, or what belongs to one merchant. */
  clear: (merchant?: string) => void
  close: () => void
  /** Closes after a start that failed: what opening made is removed, where that is another thing than to close. */
  discard?: () => void
}

/** Reads. */
export type Reader = Pick<Engine, 'get' | 'find' | 'ids'>
/** Reads, and writes that take effect together when the transaction ends. Reads see the state before it. What `get` returns holds until then. */
export type Transaction = Reader & {
  /** Those of some documents that no other transaction is about to change. They hold until the end, as those of `get` do. */
  claim: <C extends Collection>(collection: C, ids: string[]) => Maybe<Documents[C][]>
  /** Keeps other transactions that lock the same name waiting until this one ends. */
  lock: (name: string) => Maybe<void>
  put: <C extends Collection>(collection: C, row: Row<C>) => void
  remove: (collection: Collection, id: string) => void
  /** Forgets everything, the writes so far included. What is put later stays. */
  clear: () => void
  /** Forgets the writes so far. */
  rollBack: () => void
}
/** What processes need among each other where several share a database. */
export type SharedStorage = {
  /**
   * Locks a name, until it is unlocked or this process is gone.
   * @returns false if another process holds it
   * @throws {Rejection} `service_unavailable` while the database is away
   */
  tryLock: (name: string) => Promise<boolean>
  unlock: (name: string) => Promise<void>
  /** Number of other processes that use the database at this moment. */
  otherProcesses: () => Promise<number>
  /** Settings as they are for all processes, by id; none for an id that has none. */
  readSettings: (ids: string[]) => Promise<Map<string, Setting>>
  /** Publishes to all processes, this one included, that payments changed; no ids for any other change. */
  publish: (payments: string[]) => void
  subscribe: (listener: {
    changed: (payments: string[]) => void
    /** The database is away, and with it every lock that this process held. */
    lost: () => void
  }) => void
}
export type Storage = Pick<Engine, 'get' | 'find' | 'ids' | 'merchants'> & {
  /** Undefined for a process that has the state to itself. */
  shared?: SharedStorage
  /**
   * Runs work that reads and writes, one after the other: what it read still holds when it writes.
   * @param about names what the work waits for where others change it, too: its requests take turns, in the way of no other
   * @returns what the work returns, after its writes are kept; where the work throws, nothing is written
   */
  transact: <T>(work: (transaction: Transaction) => Maybe<T>, about?: string) => Promise<T>
  /** Forgets everything, or what belongs to one merchant. */
  clear: (merchant?: string) => Promise<void>
  close: () => Promise<void>
  /** Closes after a start that failed, as that of `Engine`. */
  discard?: () => Promise<void>
}

/** Makes a storage of an engine. */
export const createStorage = (engine: Engine): Storage => {
  // One transaction at a time: the invariants hold between what it reads and what it writes.
  const groups = new Groups(engine.group)
  const { get, find, ids, merchants } = engine
  const claim: Transaction['claim'] = async (collection, wanted) => {
    const documents = await Promise.all(wanted.map((id) => get(collection, id)))
    return documents.filter((document) => document !== undefined)
  }
  return {
    get: (collection, id) => groups.read(() => get(collection, id)),
    find: (collection, query) => groups.read(() => find(collection, query)),
    ids: (collection, query) => groups.read(() => ids(collection, query)),
    merchants: (take) => groups.read(() => merchants(take)),
    transact: (work) => {
      const writes: Write[] = []
      let isCleared = false
      const transaction: Transaction = {
        get,
        find,
        ids,
        claim,
        // One transaction at a time: every name is locked.
        lock: () => undefined,
        put: (collection, row) => void writes.push({ collection, put: row }),
        remove: (collection, id) => void writes.push({ collection, remove: id }),
        clear: () => {
          writes.length = 0
          isCleared = true
        },
        rollBack: () => {
          writes.length = 0
          isCleared = false
        },
      }
      return groups.run(
        () => work(transaction),
        () => {
          if (isCleared) engine.clear()
          if (writes.length > 0) engine.write(writes)
        },
      )
    },
    clear: (merchant) =>
      groups.run(
        () => undefined,
        () => engine.clear(merchant),
      ),
    close: () => groups.run(() => undefined).then(engine.close),
    discard: () => groups.run(() => undefined).then(engine.discard ?? engine.close),
  }
}

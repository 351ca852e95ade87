/**
 * Where the sandbox keeps its state. An engine stores documents in collections, finds them by their index, and writes
 * several changes at once or none. Engines respond at once or with a promise, so that a database over the network can be one.
 */

import type { Documents } from './collections.ts'

export type Maybe<T> = T | Promise<T>

/** Properties by which each collection can be searched. `text` is matched as a part, in lower case; all others as a whole. */
export const indexes = {
  payments: ['merchant', 'status', 'currency', 'external_order_num', 'created_at', 'deadline', 'text'],
  accounts: ['merchant', 'name'],
  events: ['payment', 'state', 'created_at'],
  idempotency: ['created_at'],
  settings: [],
} as const satisfies Record<keyof Documents, readonly string[]>

export type Collection = keyof typeof indexes
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
  /** Part of the index property `text`. */
  text?: string | undefined
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
export type Write = { collection: Collection; put: Row } | { collection: Collection; remove: string }

/** What a database has to do to stand behind the sandbox. */
export type Engine = {
  get: <C extends Collection>(collection: C, id: string) => Maybe<Documents[C] | undefined>
  find: <C extends Collection>(collection: C, query: Query) => Maybe<Found<C>>
  /** Makes all changes or none. Once it has returned, they survive the end of the process (not so in memory). */
  write: (writes: Write[]) => Maybe<void>
  /** Forgets everything. */
  clear: () => Maybe<void>
  close: () => Maybe<void>
}

/** Reads. */
export type Reader = Pick<Engine, 'get' | 'find'>
/** Reads, and writes that take effect together when the transaction ends. Reads see the state before it. */
export type Transaction = Reader & {
  put: <C extends Collection>(collection: C, row: Row<C>) => void
  remove: (collection: Collection, id: string) => void
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
  /** What holds for all processes: how far the clock is ahead, and the first open deadline, in milliseconds. */
  readShared: () => Promise<{ ahead: number; nextDeadline: number }>
  /** Publishes to all processes, this one included, that payments changed; no ids for any other change. */
  publish: (payments: string[]) => void
  subscribe: (listener: {
    changed: (payments: string[]) => void
    /** The database is away, and with it every lock that this process held. */
    lost: () => void
  }) => void
}
export type Storage = Reader & {
  /** Undefined for a process that has the state to itself. */
  shared?: SharedStorage
  /**
   * Runs work that reads and writes, one after the other: what it read still holds when it writes.
   * @returns what the work returns, after its writes are kept; where the work throws, nothing is written
   */
  transact: <T>(work: (transaction: Transaction) => Maybe<T>) => Promise<T>
  clear: () => Promise<void>
  close: () => Promise<void>
}

/** Makes a storage of an engine. */
export const createStorage = (engine: Engine): Storage => {
  // One transaction at a time: the invariants hold between what it reads and what it writes.
  let last: Promise<unknown> = Promise.resolve()
  const inTurn = <T>(work: () => Maybe<T>): Promise<T> => {
    const result = last.then(work)
    last = result.catch(() => undefined)
    return result
  }
  const { get, find } = engine
  return {
    get,
    find,
    transact: (work) =>
      inTurn(async () => {
        const writes: Write[] = []
        const result = await work({
          get,
          find,
          put: (collection, row) => void writes.push({ collection, put: row }),
          remove: (collection, id) => void writes.push({ collection, remove: id }),
          rollBack: () => void writes.splice(0),
        })
        if (writes.length > 0) await engine.write(writes)
        return result
      }),
    clear: () => inTurn(() => engine.clear()),
    close: () => inTurn(() => engine.close()),
  }
}

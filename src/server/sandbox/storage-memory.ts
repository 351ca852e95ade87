/** Storage in memory. It keeps the latest of each collection only, by number and by size, so that a sandbox can run for months. */
import { type Collection, type Engine, type IndexValue, indexes, ownerOf, type Query, type Row } from './storage.ts'

/** Documents that each collection keeps. */
const maxDocuments: Record<Collection, number> = {
  payments: 20_000,
  accounts: 20_000,
  events: 40_000,
  idempotency: 20_000,
  settings: 1000,
}

/** Bytes that all documents together may take, about. */
const maxBytes = 256 * 1024 * 1024

/** The payment that was measured last: with it come its events, which hold the same one. */
let latest: { payment?: unknown; bytes: number } = { bytes: 0 }

/** Bytes that a value takes, about: its texts, and a little for everything else. */
const bytesOf = (value: unknown): number => {
  if (typeof value === 'string') return 2 * value.length
  if (typeof value !== 'object' || value === null) return 8
  if (value === latest.payment) return latest.bytes
  let bytes = 16
  // Not by a list of the values, which would be made for every object: this runs with each change.
  for (const name in value) bytes += 16 + bytesOf((value as Record<string, unknown>)[name])
  return bytes
}

const collectionNames = Object.keys(indexes) as Collection[]

const matches = ({ index }: Row, { where = {}, range, text }: Query): boolean => {
  for (const property in where) {
    const wanted = where[property]
    const value = index[property] ?? null
    if (Array.isArray(wanted) ? !(wanted as IndexValue[]).includes(value) : wanted !== value) return false
  }
  if (range) {
    const value = index[range.property] ?? null
    if (value === null) return false
    if (range.from !== undefined && range.from !== null && value < range.from) return false
    if (range.below !== undefined && range.below !== null && value >= range.below) return false
  }
  return text === undefined || text.every((part) => String(index.text ?? '').includes(part))
}

const byValue = (property: string) => (one: Row, other: Row) => ((one.index[property] ?? '') < (other.index[property] ?? '') ? -1 : 1)

/** A row with the bytes that it takes, about. */
type KeptRow = Row & { bytes?: number }

export type MemoryLimits = Partial<Record<Collection, number>> & {
  /** Bytes that all documents together may take, about. */
  bytes?: number
}

/** Rows by collection, with what keeps them within their limits. */
const createRows = (limits: MemoryLimits) => {
  const collections = Object.fromEntries(collectionNames.map((name) => [name, new Map<string, KeptRow>()])) as Record<
    Collection,
    Map<string, KeptRow>
  >
  const bytes = Object.fromEntries(collectionNames.map((name) => [name, 0])) as Record<Collection, number>
  // One walk through the keys for each collection, which goes on from what it dropped last: to begin anew is to pass all that is gone.
  const oldest: Partial<Record<Collection, Iterator<string>>> = {}
  const dropOldest = (collection: Collection) => {
    oldest[collection] ??= collections[collection].keys()
    const { value, done } = oldest[collection].next()
    if (!done) remove(collection, value)
  }
  const remove = (collection: Collection, id: string) => {
    const row = collections[collection].get(id)
    if (!row) return
    bytes[collection] -= row.bytes ?? 0
    collections[collection].delete(id)
  }
  const put = (collection: Collection, row: Row) => {
    const rows = collections[collection]
    const before = rows.get(row.id)?.bytes ?? 0
    const kept: KeptRow = row
    if (collection === 'payments') {
      const { payment } = (row as Row<'payments'>).document
      latest = { payment, bytes: bytesOf(payment) }
    }
    kept.bytes = bytesOf(row.document)
    bytes[collection] += kept.bytes - before
    rows.set(row.id, kept)
  }
  /** Drops the oldest of the largest collections while all take more than they may. The one that was put last stays. */
  const dropBeyondBytes = () => {
    const budget = limits.bytes ?? maxBytes
    while (collectionNames.reduce((total, name) => total + bytes[name], 0) > budget) {
      const largest = collectionNames.reduce((one, other) => (bytes[other] > bytes[one] ? other : one))
      if (collections[largest].size <= 1) return
      dropOldest(largest)
    }
  }
  /** Drops the oldest of a collection that has more than it may. */
  const dropBeyondNumber = (collection: Collection) => {
    if (collections[collection].size > (limits[collection] ?? maxDocuments[collection])) dropOldest(collection)
  }
  return { collections, put, remove, dropBeyondNumber, dropBeyondBytes }
}

/** @param limits how much is kept, the oldest documents go first */
export const createMemoryEngine = (limits: MemoryLimits = {}): Engine => {
  const { collections, put, remove, dropBeyondNumber, dropBeyondBytes } = createRows(limits)
  const rowsOf = <C extends Collection>(collection: C) => collections[collection] as Map<string, Row<C>>
  return {
    get: (collection, id) => rowsOf(collection).get(id)?.document,
    find: (collection, query) => {
      const found = [...rowsOf(collection).values()].filter((row) => matches(row, query))
      const { order, range } = query
      if (order === 'newest') found.reverse()
      // Only rows with a value are in a range.
      if (order === 'range' && range) found.sort(byValue(range.property))
      const { skip = 0, take = found.length } = query
      const taken = found.slice(skip, skip + take)
      return { total: found.length, ids: taken.map(({ id }) => id), documents: taken.map(({ document }) => document) }
    },
    ids: (collection, query) => {
      const found: Row[] = []
      const { order = 'oldest', range, take } = query
      for (const row of rowsOf(collection).values()) {
        if (matches(row, query)) found.push(row)
        if (order === 'oldest' && found.length === take) break
      }
      if (order === 'newest') found.reverse()
      if (order === 'range' && range) found.sort(byValue(range.property))
      return found.slice(0, take).map(({ id, index }) => (query.property === undefined ? id : String(index[query.property])))
    },
    merchants: (take) => {
      const counts = new Map<string, number>()
      for (const { index } of collections.payments.values()) {
        const merchant = String(index.merchant)
        counts.set(merchant, (counts.get(merchant) ?? 0) + 1)
      }
      const all = [...counts].map(([merchant, payments]) => ({ merchant, payments }))
      return all.sort((one, other) => other.payments - one.payments).slice(0, take)
    },
    // Nothing that is written here can fail.
    group: { begin: () => undefined, commit: () => undefined, rollBack: () => undefined },
    write: (writes) => {
      for (const change of writes) {
        const { collection } = change
        if ('remove' in change) remove(collection, change.remove)
        else put(collection, change.put)
        dropBeyondNumber(collection)
      }
      dropBeyondBytes()
    },
    clear: (merchant) => {
      for (const collection of collectionNames)
        for (const { id, index } of collections[collection].values())
          if (merchant === undefined || (ownerOf(collection) === 'id' ? id : index.merchant) === merchant) remove(collection, id)
    },
    close: () => undefined,
  }
}

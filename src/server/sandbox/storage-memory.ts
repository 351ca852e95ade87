/** Storage in memory. It keeps the latest of each collection only, so that a sandbox can run for months. */
import { type Collection, type Engine, type IndexValue, indexes, type Query, type Row } from './storage.ts'

/** Documents that each collection keeps. */
const maxDocuments: Record<Collection, number> = {
  payments: 20_000,
  accounts: 20_000,
  events: 40_000,
  idempotency: 20_000,
  settings: 1000,
}

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
  return text === undefined || String(index.text ?? '').includes(text)
}

/** @param limits how many documents each collection keeps, the oldest go first */
export const createMemoryEngine = (limits: Partial<Record<Collection, number>> = {}): Engine => {
  const collections = Object.fromEntries(Object.keys(indexes).map((name) => [name, new Map<string, Row>()])) as Record<
    Collection,
    Map<string, Row>
  >
  const rowsOf = <C extends Collection>(collection: C) => collections[collection] as Map<string, Row<C>>
  // One walk through the keys for each collection, which goes on from what it dropped last: to begin anew is to pass all that is gone.
  const oldest: Partial<Record<Collection, Iterator<string>>> = {}
  const dropOldest = (collection: Collection) => {
    oldest[collection] ??= collections[collection].keys()
    const { value, done } = oldest[collection].next()
    if (!done) collections[collection].delete(value)
  }
  return {
    get: (collection, id) => rowsOf(collection).get(id)?.document,
    find: (collection, query) => {
      const found = [...rowsOf(collection).values()].filter((row) => matches(row, query))
      const { order, range } = query
      if (order === 'newest') found.reverse()
      // Only rows with a value are in a range.
      if (order === 'range' && range) found.sort((a, b) => ((a.index[range.property] ?? '') < (b.index[range.property] ?? '') ? -1 : 1))
      const { skip = 0, take = found.length } = query
      const taken = found.slice(skip, skip + take)
      return { total: found.length, ids: taken.map(({ id }) => id), documents: taken.map(({ document }) => document) }
    },
    write: (writes) => {
      for (const change of writes) {
        const rows = collections[change.collection]
        if ('remove' in change) rows.delete(change.remove)
        else rows.set(change.put.id, change.put)
        if (rows.size > (limits[change.collection] ?? maxDocuments[change.collection])) dropOldest(change.collection)
      }
    },
    clear: () => {
      for (const collection of Object.keys(indexes) as Collection[]) {
        collections[collection].clear()
        delete oldest[collection]
      }
    },
    close: () => undefined,
  }
}

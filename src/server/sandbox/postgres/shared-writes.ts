/**
 * Writes of transactions that have read nothing. Those of one merchant that come while an earlier one is under way share the next
 * statement: each would wait for the lock on the merchant's tally anyway.
 */
import { ownerOf, type Write } from '../storage.ts'

/** Whose a write is; undefined for what belongs to the server. */
const ownerIn = (writes: Write[]): string | undefined => {
  const [first] = writes
  const owner = first && 'put' in first ? first.put.index[ownerOf(first.collection)] : undefined
  return typeof owner === 'string' ? owner : undefined
}

/**
 * Makes what writes.
 * @param write writes in one statement, all or nothing
 * @returns a function that ends once its writes are kept, and fails with all that shared their statement
 */
export const createSharedWriter = (write: (writes: Write[]) => Promise<unknown>) => {
  /** By owner: the statement that comes next, and the latest of all. */
  const next = new Map<string | undefined, { writes: Write[]; result: Promise<unknown> }>()
  const latest = new Map<string | undefined, Promise<unknown>>()
  return (writes: Write[]): Promise<unknown> => {
    const owner = ownerIn(writes)
    const waiting = next.get(owner)
    if (waiting) {
      waiting.writes.push(...writes)
      return waiting.result
    }
    const together = [...writes]
    const before = latest.get(owner) ?? Promise.resolve()
    const result = before
      .catch(() => undefined)
      .then(() => {
        next.delete(owner)
        return write(together)
      })
    next.set(owner, { writes: together, result })
    latest.set(owner, result)
    const forget = () => latest.get(owner) === result && latest.delete(owner)
    void result.then(forget, forget)
    return result
  }
}

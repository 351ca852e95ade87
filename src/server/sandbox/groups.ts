/**
 * Runs work in groups: what waits at one moment shares a transaction of the database, whose end costs more than what is in it. Work sees
 * what the work before it wrote; its caller hears of it, and everybody else reads it, once the group is kept.
 */
import { setImmediate } from 'node:timers/promises'

/** The transaction of the database around a group. */
export type GroupTransaction = {
  begin: () => void
  commit: () => void
  rollBack: () => void
}

type Waiting = {
  /** Does the work. @returns what tells the caller how it ended @throws {Error} where a write fails */
  run: () => Promise<() => void>
  fail: (error: unknown) => void
}

/** Work in one group at most: reads wait until it is kept. */
const maxGroupSize = 100

export class Groups {
  readonly #transaction: GroupTransaction
  readonly #waiting: Waiting[] = []
  #isRunning = false
  /** The group that is under way, until it is kept. */
  #underWay: Promise<void> | undefined

  constructor(transaction: GroupTransaction) {
    this.#transaction = transaction
  }

  /** Reads what is kept, so never in the middle of a group. */
  read<T>(read: () => T | Promise<T>): T | Promise<T> {
    return this.#underWay === undefined ? read() : this.#underWay.then(() => this.read(read))
  }

  /**
   * Runs work once everything that came before it is over.
   * @param write writes what the work has made, if anything
   * @returns what the work returns, after the writes are kept; where a write fails, nothing of the group is
   */
  run<T>(work: () => T | Promise<T>, write: () => void = () => undefined): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const run = async () => {
      let result: T
      try {
        result = await work()
      } catch (error) {
        // What it read may not be kept yet, so nor is this certain.
        return () => reject(error)
      }
      write()
      return () => resolve(result)
    }
    this.#waiting.push({ run, fail: reject })
    if (!this.#isRunning) void this.#runAll()
    return promise
  }

  async #runAll() {
    this.#isRunning = true
    while (this.#waiting.length > 0) {
      // What else arrives at this moment joins.
      await setImmediate()
      this.#underWay = this.#runGroup(this.#waiting.splice(0, maxGroupSize))
      await this.#underWay
      this.#underWay = undefined
    }
    this.#isRunning = false
  }

  async #runGroup(group: Waiting[]) {
    const ends: (() => void)[] = []
    try {
      this.#transaction.begin()
      for (const { run } of group) ends.push(await run())
      this.#transaction.commit()
    } catch (error) {
      this.#transaction.rollBack()
      for (const { fail } of group) fail(error)
      return
    }
    for (const end of ends) end()
  }
}

/** Work about the same thing, one at a time in this process: what waits here holds no connection. */
import { unavailable } from './failure.ts'

export class Turns {
  /** The latest work about each thing, with what waits for it. */
  readonly #latest = new Map<string, Promise<unknown>>()
  readonly #timeoutMs: number

  /** @param timeoutMs milliseconds that work waits for its turn at most */
  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs
  }

  /**
   * Runs work once all work about the same thing that came before it has ended.
   * @throws {Rejection} `service_unavailable` for work whose turn does not come
   */
  async take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const before = this.#latest.get(name)
    const { promise: over, resolve: end } = Promise.withResolvers<void>()
    const latest = Promise.all([before, over]).then(() => undefined)
    this.#latest.set(name, latest)
    void latest.then(() => {
      if (this.#latest.get(name) === latest) this.#latest.delete(name)
    })
    try {
      if (before) await this.#wait(before)
      return await work()
    } finally {
      end()
    }
  }

  async #wait(before: Promise<unknown>) {
    const { promise: timeout, reject } = Promise.withResolvers<never>()
    const timer = setTimeout(() => reject(unavailable()), this.#timeoutMs)
    try {
      await Promise.race([before, timeout])
    } finally {
      clearTimeout(timer)
    }
  }
}

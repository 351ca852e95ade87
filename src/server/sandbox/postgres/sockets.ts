/** The sockets of all connections: a server that is frozen or out of reach never closes its side, and a wait for that would not end. */
import { Socket } from 'node:net'

export class Sockets {
  readonly #open = new Set<Socket>()

  /** Makes the socket of a connection, for the driver. */
  readonly create = (): Socket => {
    const socket = new Socket()
    this.#open.add(socket)
    return socket.once('close', () => void this.#open.delete(socket))
  }

  /**
   * Waits until connections have ended, and cuts all that there are at the limit.
   * @returns whether they ended by themselves
   */
  async endWithin(limitMs: number, end: () => Promise<unknown>): Promise<boolean> {
    let isCut = false
    const limit = setTimeout(() => {
      isCut = true
      for (const socket of this.#open) socket.destroy()
    }, limitMs)
    try {
      await end()
    } finally {
      clearTimeout(limit)
    }
    return !isCut
  }
}

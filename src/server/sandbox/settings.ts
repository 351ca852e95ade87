/** What is set while the sandbox runs, for the whole server and for each merchant. */
import type { Setting } from './collections.ts'
import type { Reader, Storage } from './storage.ts'

/** Id of the server's setting. All others are merchants'. */
const serverId = 'clock'

/** Settings that are kept, the server's included. Every key can set something, and all of it is in memory, too. */
const maxSettings = 1000

/** Ids of settings that have to go so that there is room for another: those that were set first, and never the server's. */
const surplusIn = async ({ find, ids }: Reader): Promise<string[]> => {
  const { total } = await find('settings', { take: 0 })
  const surplus = total - maxSettings + 1
  if (surplus <= 0) return []
  const oldest = await ids('settings', { order: 'oldest', take: surplus + 1 })
  return oldest.filter((id) => id !== serverId).slice(0, surplus)
}

/** Share of the time that reading the settings of all merchants may take: the more there are, the rarer it happens. */
const maxShareOfReading = 0.05

export class Settings {
  readonly #storage: Storage
  /** When all settings can be read again, in milliseconds of `performance.now()`. */
  #nextSync = 0
  /** By id; what is not here is not set. */
  #known = new Map<string, Setting>()

  constructor(storage: Storage) {
    this.#storage = storage
  }

  /** Setting of a merchant, or of the server, as last read. */
  of(merchant: string = serverId): Setting {
    return this.#known.get(merchant) ?? {}
  }

  /** Merchants whose clock is ahead of the server's. */
  aheadMerchants(): string[] {
    return [...this.#known].flatMap(([id, { ahead = 0 }]) => (id !== serverId && ahead > 0 ? [id] : []))
  }

  /** Reads everything that is set. */
  async restore() {
    const { ids, documents } = await this.#storage.find('settings', {})
    this.#known = new Map(ids.flatMap((id, index) => (documents[index] ? [[id, documents[index]]] : [])))
  }

  /** Reads what other processes may have set, for the server and every merchant, unless it was read just before. */
  async syncAll() {
    const begin = performance.now()
    if (!this.#storage.shared || begin < this.#nextSync) return
    await this.restore()
    const end = performance.now()
    this.#nextSync = end + (end - begin) / maxShareOfReading
  }

  /** Reads what other processes may have set for the server and a merchant. */
  async sync(merchant?: string) {
    const { shared } = this.#storage
    if (!shared) return
    const ids = merchant === undefined ? [serverId] : [serverId, merchant]
    const settings = await shared.readSettings(ids)
    for (const id of ids) this.#keep(id, settings.get(id))
  }

  /**
   * Changes a setting of a merchant, or of the server.
   * @param change makes the new setting of the one that is kept
   */
  async change(merchant: string | undefined, change: (before: Setting) => Setting) {
    const id = merchant ?? serverId
    const { after, surplus } = await this.#storage.transact(async (transaction) => {
      const before = await transaction.get('settings', id)
      const document = change(before ?? {})
      const tooMany = before ? [] : await surplusIn(transaction)
      for (const other of tooMany) transaction.remove('settings', other)
      transaction.put('settings', { id, index: {}, document })
      return { after: document, surplus: tooMany }
    }, `settings ${id}`)
    for (const other of surplus) this.#keep(other, undefined)
    this.#keep(id, after)
  }

  /** Forgets what a merchant has set, or everything. */
  forget(merchant?: string) {
    if (merchant === undefined) this.#known.clear()
    else this.#known.delete(merchant)
  }

  #keep(id: string, setting: Setting | undefined) {
    if (setting === undefined) this.#known.delete(id)
    else this.#known.set(id, setting)
  }
}

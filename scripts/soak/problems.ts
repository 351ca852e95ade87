/** What a soak must not see: each kind once, with how often it was seen. */
export class Problems {
  readonly #counts = new Map<string, { count: number; first: string }>()

  /**
   * @param kind what it has in common with others
   * @param detail what tells it from them
   */
  add(kind: string, detail: string) {
    const known = this.#counts.get(kind)
    if (known) known.count++
    else this.#counts.set(kind, { count: 1, first: detail })
  }

  get total(): number {
    return [...this.#counts.values()].reduce((sum, { count }) => sum + count, 0)
  }

  lines(): string[] {
    return [...this.#counts].map(([kind, { count, first }]) => `${count} × ${kind}, the first: ${first}`)
  }
}

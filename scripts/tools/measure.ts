/** Loaded into a server's process before it starts: says what the process holds, whenever its parent asks. */

export type Measure = {
  /** Bytes of live objects, after the garbage is gone. */
  heap: number
  /** Bytes that the process has of the machine's memory. */
  resident: number
  /** Properties that every object has got, where somebody polluted the prototypes. */
  polluted: string[]
}

const inherited = () =>
  [{}, [], () => undefined, ''].flatMap((value) => {
    const names: string[] = []
    for (const name in value as object) names.push(name)
    return names
  })

process.on('message', () => {
  const { rss: resident } = process.memoryUsage()
  globalThis.gc!()
  globalThis.gc!()
  process.send!({ heap: process.memoryUsage().heapUsed, resident, polluted: inherited() } satisfies Measure)
})

/** Loaded into a server's process before it starts: responses what the process holds, when the test asks. */

export type Measure = {
  /** Bytes of live objects, after the garbage is gone. */
  heap: number
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
  globalThis.gc!()
  globalThis.gc!()
  process.send!({ heap: process.memoryUsage().heapUsed, polluted: inherited() } satisfies Measure)
})

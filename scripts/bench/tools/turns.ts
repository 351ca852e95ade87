/** Contenders under the same load that take turns, so that what else the machine does meets all of them. */
import { median } from './process.ts'

/** What one turn of a contender came to. */
export type Turn = { perSecond: number; count: number }
export type Contender = {
  name: string
  /** Milliseconds that its process has worked so far. */
  work: () => number
  /** Works until its code is compiled: so long by count, not by time, that it is so on a busy machine, too. */
  warmUp: () => unknown
  /** Works for some seconds. */
  run: (seconds: number) => Turn | Promise<Turn>
}
/** Medians over the rounds. */
export type Measured = {
  perSecond: number
  /** Share of what the first contender does in the same round. */
  ratio: number
  /** Microseconds that the process works for one request. */
  work: number
  /** Share of the first contender's work: how often it could have done the same meanwhile. */
  workRatio: number
}

const rounds = 5
const seconds = 2

/** @returns figures by name; those of the first contender are the limit that the ratios refer to */
export const measureInTurns = async (contenders: Contender[]): Promise<Map<string, Measured>> => {
  for (const { warmUp } of contenders) await warmUp()
  const results = contenders.map((): { perSecond: number; work: number }[] => [])
  for (let round = 0; round < rounds; round++)
    for (const [index, { name, work, run }] of contenders.entries()) {
      console.error(`  round ${round + 1} of ${rounds}: ${name}`)
      const before = work()
      const { perSecond, count } = await run(seconds)
      results[index]!.push({ perSecond, work: (1000 * (work() - before)) / count })
    }
  const [limit] = results
  return new Map(
    contenders.map(({ name }, index) => {
      const of = (figure: (result: { perSecond: number; work: number }, round: number) => number) => median(results[index]!.map(figure))
      return [
        name,
        {
          perSecond: of(({ perSecond }) => perSecond),
          ratio: of(({ perSecond }, round) => perSecond / limit![round]!.perSecond),
          work: of(({ work }) => work),
          workRatio: of(({ work }, round) => limit![round]!.work / work),
        },
      ]
    }),
  )
}

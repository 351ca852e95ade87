/** How long a run takes on a slow target, told before it begins. */
import type { Check, Group } from '../checks/check.ts'
import type { Estimate } from './options.ts'

type Amounts = { whole: number; quick: number }

/** Requests of a check of each group, on average. A test compares their sum with what a run sends. */
const requestsPerCheck: Record<Group, Amounts> = {
  examples: { whole: 3.4, quick: 5.1 },
  rejections: { whole: 39.9, quick: 12.1 },
  http: { whole: 6.4, quick: 6.2 },
  credentials: { whole: 7.5, quick: 7.5 },
  ids: { whole: 3.3, quick: 3.3 },
  journeys: { whole: 8.1, quick: 8.3 },
  idempotency: { whole: 3.7, quick: 3.7 },
  accounts: { whole: 5, quick: 5 },
  generated: { whole: 4, quick: 2 },
  lists: { whole: 10.2, quick: 8.2 },
}

/** Responses that no request goes out beside: those before the checks, those of lists, and the end of the longest check. */
const responsesInTurn = 50

/** Below this a run is over before its estimate is read. */
const minEstimatedSeconds = 60

/** Requests that checks send together. */
export const requestsOf = (checks: Check[], amount: keyof Amounts): number =>
  checks.reduce((sum, { group }) => sum + requestsPerCheck[group][amount], 0)

type Pace = { secondsPerResponse: number; concurrency: number; rate?: number | undefined }

const secondsFor = (requests: number, { secondsPerResponse, concurrency, rate = Number.POSITIVE_INFINITY }: Pace) =>
  Math.max((requests / concurrency + responsesInTurn) * secondsPerResponse, requests / rate)

/**
 * How long checks take at a target's pace.
 * @param quickChecks what is left of them with `--quick`, undefined for a run that is quick already
 * @returns undefined where it is less than a minute
 */
export const estimateOf = (checks: Check[], quickChecks: Check[] | undefined, pace: Pace): Estimate | undefined => {
  const seconds = secondsFor(requestsOf(checks, quickChecks ? 'whole' : 'quick'), pace)
  if (seconds < minEstimatedSeconds) return
  return {
    secondsPerResponse: pace.secondsPerResponse,
    seconds,
    ...(quickChecks && { quickSeconds: secondsFor(requestsOf(quickChecks, 'quick'), pace) }),
  }
}

const minutes = (seconds: number) => {
  const count = Math.max(Math.round(seconds / 60), 1)
  return `${count} minute${count === 1 ? '' : 's'}`
}

/** The estimate in a line. */
export const estimateText = ({ seconds, secondsPerResponse, quickSeconds }: Estimate): string => {
  const quick = quickSeconds === undefined ? '' : `; --quick takes about ${minutes(quickSeconds)}`
  return `The run takes about ${minutes(seconds)} at ${secondsPerResponse.toFixed(1)} s a response${quick}.`
}

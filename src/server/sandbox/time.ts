/** Times as the API writes them, and deadlines. */
import { rememberLatest } from '../../latest.ts'
import { Rejection } from './rejection.ts'

const second = 1000
export const hourMs = 60 * 60 * second
const day = 24 * hourMs
/** Japan has had no daylight saving time since 1951. */
const japanOffset = 9 * 60 * 60 * second

const textOfSecond = rememberLatest((seconds: number) => `${new Date(seconds * second).toISOString().slice(0, 19)}Z`)

/** A point in time, in milliseconds since 1970, as ISO 8601 in UTC with whole seconds. */
export const isoTime = (milliseconds: number): string => textOfSecond(Math.floor(milliseconds / second))

const firstTime = Date.UTC(1, 0, 1)
const lastTime = Date.UTC(9999, 11, 31)
/** The clock stops before the years in which deadlines no longer have four digits. */
export const lastClockTime = Date.UTC(9990, 0, 1)

/**
 * Milliseconds since 1970 of a time in ISO 8601.
 * @throws {Rejection} `invalid_parameter` for what has the form of a time and is none, for example a leap second
 */
export const timeOf = (text: string, param: string): number => {
  const milliseconds = Date.parse(text)
  if (!(milliseconds >= firstTime && milliseconds <= lastTime))
    throw new Rejection('invalid_parameter', 'Parameter {param} must be a time in the years 1 to 9999.', param, { param })
  return milliseconds
}

/** When a deadline falls: days after creation, at the end of that day in Japan or at the same time of day. */
export type DeadlineRule = { days: number; at: 'end_of_day' | 'same_time' }

/** Deadline of a payment created at `created`, both in milliseconds since 1970. */
export const deadlineOf = ({ days, at }: DeadlineRule, created: number): number => {
  if (at === 'same_time') return created + days * day
  const startOfDay = Math.floor((created + japanOffset) / day) * day - japanOffset
  return startOfDay + (days + 1) * day - second
}

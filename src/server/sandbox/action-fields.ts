/** Fields of an action: what a program or a form sends along with it. */
import type { JsonObject } from '../../json-object.ts'
import { Rejection } from './rejection.ts'

/** @throws {Rejection} `invalid_parameter` for a field that an action does not take: left out in silence, a slip would do something else */
export const assertKnownFields = (fields: JsonObject, known: readonly string[]) => {
  const param = Object.keys(fields).find((name) => !known.includes(name))
  if (param === undefined) return
  const names = known.join(', ')
  throw known.length === 0
    ? new Rejection('invalid_parameter', 'Parameter {param} is unknown here: this takes none.', param, { param })
    : new Rejection('invalid_parameter', 'Parameter {param} is unknown here: this takes {names}.', param, { param, names })
}

/** A number of 0 or more, up to a limit where there is one. @throws {Rejection} `invalid_parameter` for anything else */
export const numberIn = (value: unknown, param: string, largest?: number): number => {
  // Nothing and null are no 0.
  const number = typeof value === 'string' ? Number(value.trim() || Number.NaN) : value
  if (typeof number === 'number' && number >= 0 && number <= (largest ?? Number.MAX_SAFE_INTEGER)) return number
  throw largest === undefined
    ? new Rejection('invalid_parameter', 'Parameter {param} must be a number, 0 or more.', param, { param })
    : new Rejection('invalid_parameter', 'Parameter {param} must be a number from 0 to {largest}.', param, { param, largest })
}

/** An id that has to be there. @param list property of the payment that has it @throws {Rejection} `invalid_parameter` for none */
export const idIn = (value: unknown, param: string, list: string): string => {
  if (typeof value === 'string' && value !== '') return value
  throw new Rejection('invalid_parameter', "Parameter {param} is missing: it is the id of one of the payment's {list}.", param, {
    param,
    list,
  })
}

/** Results that are asked for again and again, made once. */

/**
 * Remembers what a function made of its latest arguments.
 * @param make makes a result of nothing but its argument
 * @param count results that are remembered at most
 */
export const rememberLatest = <Argument, Result>(make: (argument: Argument) => Result, count = 100): ((argument: Argument) => Result) => {
  const made = new Map<Argument, Result>()
  return (argument) => {
    let result = made.get(argument)
    if (result === undefined) {
      result = make(argument)
      if (made.size >= count) made.clear()
      made.set(argument, result)
    }
    return result
  }
}

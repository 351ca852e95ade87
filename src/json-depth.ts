/** How large a JSON text is once it is read: what is nested too deeply exhausts the stack of the code that walks it, too many values the memory. */

const [quote, backslash, openingBracket, closingBracket, openingBrace, closingBrace, comma] = [...'"\\[]{},'].map((sign) =>
  sign.charCodeAt(0),
)

/**
 * How many values a JSON text holds, each empty list or object counted as two, and how deeply they are nested. What is in strings does not count.
 * @param text JSON, or what is meant to be
 * @param maxDepth depth at which counting ends
 */
export const sizeOfJson = (text: string, maxDepth: number): { values: number; depth: number } => {
  let values = 1
  let level = 0
  let depth = 0
  let isInString = false
  for (let index = 0; index < text.length && depth <= maxDepth; index++) {
    // As a number: with the sign as a text this takes as long as to parse the JSON.
    const code = text.charCodeAt(index)
    if (isInString) {
      if (code === backslash) index++
      else if (code === quote) isInString = false
    } else if (code === quote) isInString = true
    else if (code === openingBracket || code === openingBrace) {
      values++
      depth = Math.max(depth, ++level)
    } else if (code === closingBracket || code === closingBrace) level--
    else if (code === comma) values++
  }
  return { values, depth }
}

/** Whether the nesting of a JSON text goes beyond a limit. */
export const isNestedBeyond = (text: string, limit: number): boolean => sizeOfJson(text, limit).depth > limit

/** How deeply a JSON text is nested. What is nested too deeply exhausts the stack of the code that walks it. */

const [quote, backslash, openingBracket, closingBracket, openingBrace, closingBrace] = [...'"\\[]{}'].map((sign) => sign.charCodeAt(0))

/**
 * Whether the nesting of a JSON text goes beyond a limit. Brackets in strings do not count.
 * @param text JSON, or what is meant to be
 */
export const isNestedBeyond = (text: string, limit: number): boolean => {
  let depth = 0
  let isInString = false
  for (let index = 0; index < text.length; index++) {
    // As a number: with the sign as a text this takes as long as to parse the JSON.
    const code = text.charCodeAt(index)
    if (isInString) {
      if (code === backslash) index++
      else if (code === quote) isInString = false
    } else if (code === quote) isInString = true
    else if (code === openingBracket || code === openingBrace) {
      depth++
      if (depth > limit) return true
    } else if (code === closingBracket || code === closingBrace) depth--
  }
  return false
}

/** How deeply a JSON text is nested. What is nested too deeply exhausts the stack of the code that walks it. */

/**
 * Whether the nesting of a JSON text goes beyond a limit. Brackets in strings do not count.
 * @param text JSON, or what is meant to be
 */
export const isNestedBeyond = (text: string, limit: number): boolean => {
  let depth = 0
  let isInString = false
  for (let index = 0; index < text.length; index++) {
    const sign = text[index]
    if (isInString) {
      if (sign === '\\') index++
      else if (sign === '"') isInString = false
    } else if (sign === '"') isInString = true
    else if (sign === '[' || sign === '{') {
      depth++
      if (depth > limit) return true
    } else if (sign === ']' || sign === '}') depth--
  }
  return false
}

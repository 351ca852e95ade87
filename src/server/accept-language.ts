/** Languages that a client asks for. */

/**
 * Reads an `Accept-Language` header.
 * @returns primary languages in lower case, the most wanted first; the star and those with a weight of 0 are left out
 */
export const acceptedLanguages = (header: string | undefined): string[] => {
  const ranges = (header ?? '').split(',').map((range) => {
    const [tag = '', ...parameters] = range
      .toLowerCase()
      .split(';')
      .map((part) => part.trim())
    const weight = parameters.find((parameter) => parameter.startsWith('q='))?.slice(2)
    return { language: tag.split('-', 1).join(), weight: weight === undefined ? 1 : Number(weight) }
  })
  const wanted = ranges.filter(({ language, weight }) => /^[a-z]{2,3}$/.test(language) && weight > 0)
  return [...new Set(wanted.sort((one, other) => other.weight - one.weight).map(({ language }) => language))]
}

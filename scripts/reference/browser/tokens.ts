/** Words of a text as the search compares them. */

const parts = (name: string) => name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').split(/[\s_.\-/]+/)

/** Chinese characters, Japanese syllables and Korean: written without spaces, or with endings, so compared by pairs. */
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+/gu

const pairs = (run: string) =>
  run.length < 2 ? [run] : Array.from({ length: run.length - 1 }, (_pair, index) => run.slice(index, index + 2))

/** Other names of what the document calls by one. */
const synonyms: [pattern: RegExp, name: string][] = [[/\b3-?ds\b/gi, '3-D Secure']]

const named = (text: string) => synonyms.reduce((known, [pattern, name]) => known.replaceAll(pattern, name), text)

/**
 * Splits a text: names in their parts and, without what joins these, whole, so that `3-D`, `3D`, `net_cash` and `netcash` meet; CJK text in
 * pairs of characters.
 * @returns words in lower case
 */
export const tokensOf = (text: string): string[] => {
  const names =
    named(text)
      .replaceAll(cjk, ' ')
      .match(/[\p{L}\p{N}][\p{L}\p{N}_.\-/]*/gu) ?? []
  const words = names.flatMap((name) => [name.replaceAll(/[_.\-/]+/g, ''), ...parts(name)])
  return [...new Set([...words, ...(text.match(cjk) ?? []).flatMap(pairs)].filter(Boolean).map((word) => word.toLowerCase()))]
}

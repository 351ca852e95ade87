/** Words of a text as the search compares them. */

const parts = (name: string) => name.replaceAll(/([a-z\d])([A-Z])/g, '$1 $2').split(/[\s_.\-/]+/)

/** Chinese characters, Japanese syllables and Korean: written without spaces, or with endings, so compared by pairs. */
const cjk = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}ー]+/gu

const pairs = (run: string) =>
  run.length < 2 ? [run] : Array.from({ length: run.length - 1 }, (_pair, index) => run.slice(index, index + 2))

/**
 * Splits a text: names whole and in their parts, CJK text in pairs of characters.
 * @returns words in lower case
 */
export const tokensOf = (text: string): string[] => {
  const names = (text.replaceAll(cjk, ' ').match(/[\p{L}\p{N}][\p{L}\p{N}_.\-/]*/gu) ?? []).map((name) => name.replace(/[._\-/]+$/, ''))
  const words = names.flatMap((name) => [name, ...parts(name)])
  return [...new Set([...words, ...(text.match(cjk) ?? []).flatMap(pairs)].filter(Boolean).map((word) => word.toLowerCase()))]
}

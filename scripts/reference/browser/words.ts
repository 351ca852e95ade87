/** Words of the page in its language, and the languages of samples. */

type PageWords = { choices: { language: string; label: string }[] } & { [word: string]: unknown }

const parsed: PageWords = JSON.parse(document.getElementById('words')?.textContent ?? '{"choices":[]}')

export const sampleChoices = parsed.choices

/** A word of the page, with its placeholders filled. */
export const word = (name: string, values: Record<string, string | number> = {}): string =>
  String(parsed[name] ?? name).replaceAll(/\{(\w+)\}/g, (whole, key: string) => String(values[key] ?? whole))

/** Things of a list, which has no last word. */
export const listOf = (items: string[]): string => items.reduce((list, item) => (list ? word('list', { list, item }) : item), '')

/** One of several things. */
export const choiceOf = (items: string[]): string => {
  const other = items.at(-1) ?? ''
  return items.length < 2 ? other : word('choice', { one: listOf(items.slice(0, -1)), other })
}

/** Words of the page in its language, and the languages of samples. */

type PageWords = { choices: { language: string; label: string }[] } & { [word: string]: unknown }

const parsed: PageWords = JSON.parse(document.getElementById('words')?.textContent ?? '{"choices":[]}')

export const sampleChoices = parsed.choices

/** A word of the page, with its placeholders filled. */
export const word = (name: string, values: Record<string, string> = {}): string =>
  String(parsed[name] ?? name).replaceAll(/\{(\w+)\}/g, (whole, key: string) => values[key] ?? whole)

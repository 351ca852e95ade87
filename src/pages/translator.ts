/** One way for every text into another language. */

/**
 * Returns a text in the language of the page. Placeholders in braces, `{count}`, are filled from `values` after the translation.
 * @param text in English, which is also its key in the catalogue
 */
export type Translate = (text: string, values?: Values) => string

/** What placeholders are filled with. */
export type Values = Record<string, string | number>

const filled = (text: string, values: Values = {}) =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => (Object.hasOwn(values, name) ? String(values[name]) : whole))

/** English, which is what the texts are written in. */
export const english: Translate = (text, values) => filled(text, values)

/**
 * Translates by a catalogue. A text without a translation stays English; the check of the catalogues names it.
 * @param catalogue translations by their English text
 */
export const translatorOf =
  (catalogue: ReadonlyMap<string, string>): Translate =>
  (text, values) =>
    filled(catalogue.get(text) || text, values)

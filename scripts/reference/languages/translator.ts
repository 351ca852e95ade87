/** One way for every text into another language. */

/**
 * Returns a text in the language of the page. Placeholders in braces, `{count}`, are filled from `values` after the translation.
 * @param text in English, which is also its key in the catalogue
 */
export type Translate = (text: string, values?: Record<string, string | number>) => string

const filled = (text: string, values: Record<string, string | number> = {}) =>
  text.replaceAll(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole))

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

/** A translator that leaves texts as they are and collects them, in the order in which they are used. */
export const recorder = () => {
  const texts = new Set<string>()
  const translate: Translate = (text, values) => {
    texts.add(text)
    return filled(text, values)
  }
  return { texts, translate }
}

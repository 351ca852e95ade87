/** Words of the page in its language, and the languages of samples. */
import { english, type Translate } from '../../../src/pages/translator.ts'

type PageWords = { choices: { language: string; label: string }[] } & { [word: string]: unknown }

const parsed: PageWords = JSON.parse(document.getElementById('words')?.textContent ?? '{"choices":[]}')

export const sampleChoices = parsed.choices

/** A word of the page by its name, with its placeholders filled. */
export const word: Translate = (name, values) => english(String(parsed[name] ?? name), values)

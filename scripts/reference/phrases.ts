/** How texts are put together: what stands between them differs from language to language. */
import type { Translate } from '../../src/pages/translator.ts'

/** Sentences after each other. */
export const sentencesText = (sentences: string[], t: Translate): string =>
  sentences.filter(Boolean).reduce((text, sentence) => (text ? t('{text} {sentence}', { text, sentence }) : sentence), '')

/** Things of a list, which has no last word. */
export const listText = (items: string[], t: Translate): string =>
  items.reduce((list, item) => (list ? t('{list}, {item}', { list, item }) : item), '')

/** One of several things. */
export const choiceText = (items: string[], t: Translate): string => {
  const last = items.at(-1) ?? ''
  return items.length < 2 ? last : t('{one} or {other}', { one: listText(items.slice(0, -1), t), other: last })
}

/** A text with a note in brackets. */
export const withNote = (text: string, note: string, t: Translate): string => t('{text} ({note})', { text, note })

/** First sentence of a text. */
export const firstSentence = (text: string): string => text.replaceAll(/\s+/g, ' ').split(/(?<=[.!?]) |(?<=。)/)[0] ?? ''

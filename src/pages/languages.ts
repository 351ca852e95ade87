/** Languages of the reference and of the dashboard. */

/** Names of the languages, each in itself. English is what the others are translated from. */
export const languageNames = { en: 'English', ja: '日本語', ko: '한국어' } as const

export type Language = keyof typeof languageNames
export type TranslatedLanguage = Exclude<Language, 'en'>

export const languages = Object.keys(languageNames) as readonly Language[]
export const translatedLanguages = languages.filter((language) => language !== 'en')

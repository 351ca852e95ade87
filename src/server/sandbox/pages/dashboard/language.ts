/** In which language the dashboard speaks: the chosen one, else one that the browser asks for, else English. */
import { readFileSync } from 'node:fs'
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { jsonObjectOf } from '../../../../json-object.ts'
import { type Language, languageNames, type TranslatedLanguage } from '../../../../pages/languages.ts'
import { english, type Translate, translatorOf } from '../../../../pages/translator.ts'
import { acceptedLanguages } from '../../../accept-language.ts'
import { isOwnPath } from '../forms.ts'

const cookieName = 'komoju_sandbox_language'
const cookiePattern = new RegExp(`(?:^|;\\s*)${cookieName}=(\\w+)`)
const cookieAgeSeconds = 365 * 24 * 60 * 60

const isLanguage = (name: unknown): name is Language => typeof name === 'string' && Object.hasOwn(languageNames, name)

/** Reads generated/dashboard.json. @returns a translator for each language */
const readTranslators = (): Record<Language, Translate> => {
  const text = readFileSync(new URL('../../../../../generated/dashboard.json', import.meta.url), 'utf8')
  const catalogues = JSON.parse(text) as Record<TranslatedLanguage, Record<string, string>>
  const translatorInto = (language: TranslatedLanguage) => translatorOf(new Map(Object.entries(catalogues[language])))
  return { en: english, ja: translatorInto('ja'), ko: translatorInto('ko') }
}

let translators: Record<Language, Translate> | undefined

/** Translator into a language. The catalogues are read when the first page needs one. */
export const translatorFor = (language: Language): Translate => {
  translators ??= readTranslators()
  return translators[language]
}

/** Language of the dashboard for a request. */
export const languageOf = ({ headers }: Pick<FastifyRequest, 'headers'>): Language => {
  const chosen = cookiePattern.exec(headers.cookie ?? '')?.[1]
  return isLanguage(chosen) ? chosen : (acceptedLanguages(headers['accept-language']).find(isLanguage) ?? 'en')
}

/** Address at which a page is chosen to be in a language; undefined for the page without a choice. */
export const withLanguage = (address: string, language: Language | undefined): string => {
  const { pathname, searchParams } = new URL(address, 'http://page')
  searchParams.delete('language')
  if (language !== undefined) searchParams.set('language', language)
  const path = searchParams.size > 0 ? `${pathname}?${searchParams}` : pathname
  return isOwnPath(path) ? path : '/sandbox'
}

/** Keeps a language that an address chooses in a cookie, and leads to the page. No form and no link has to carry it. */
export const addLanguageChoice = (pages: FastifyInstance) => {
  pages.addHook('onRequest', async (request, reply) => {
    const { language } = jsonObjectOf(request.query)
    if (request.method !== 'GET' || !isLanguage(language)) return
    const cookie = `${cookieName}=${language}; Path=/; Max-Age=${cookieAgeSeconds}; SameSite=Lax; HttpOnly`
    return reply.header('Set-Cookie', cookie).redirect(withLanguage(request.url, undefined), 303)
  })
}

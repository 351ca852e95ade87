/** Amounts and times as readers take them in. */
import type { Locale } from '../../../../generated/schema.d.ts'
import { rememberLatest } from '../../../latest.ts'
import type { Language } from '../../../pages/languages.ts'

/** Words that stand behind an amount of yen. */
const yen: Partial<Record<Locale, string>> = { ja: '円', ko: '엔' }

/** An amount as people of that language write it. */
export const moneyText = (amount: number, currency: string, locale: Locale): string => {
  const unit = currency === 'JPY' ? yen[locale] : undefined
  return unit === undefined
    ? new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
    : `${new Intl.NumberFormat(locale).format(amount)}${unit}`
}

const brandNames: Record<string, string> = {
  visa: 'Visa',
  master: 'Mastercard',
  jcb: 'JCB',
  american_express: 'American Express',
  diners_club: 'Diners Club',
}

/** Name of a card's brand as it stands on the card. */
export const brandName = (brand: string) => brandNames[brand] ?? brand

/** Number of things, with its separators: `5,013`. */
export const countText = (count: number, language: Language) => count.toLocaleString(language)

/** How long something took: `12.5 ms`. */
export const durationText = (milliseconds: number, language: Language) =>
  `${milliseconds.toLocaleString(language, { minimumFractionDigits: 1, maximumFractionDigits: 1 })} ms`

/** Format of times in UTC. A page of the log has a thousand of them, and making a format takes longer than using it. */
const utcFormatOf = rememberLatest(
  (language: Language) =>
    new Intl.DateTimeFormat(language, {
      ...{ year: 'numeric', month: '2-digit', day: '2-digit', hour: '2-digit', minute: '2-digit', second: '2-digit' },
      ...{ hourCycle: 'h23', timeZone: 'UTC' },
    }),
)

/** A time in UTC, to the second, for a text that names the zone: `2026-11-27 10:15:00`. */
export const shortTime = (time: string, language: Language): string =>
  language === 'en' ? time.replace('T', ' ').replace('Z', '') : utcFormatOf(language).format(new Date(time))

/** A time with its zone: `2026-11-27 10:15:00 UTC`. */
export const utcTime = (time: string | null, language: Language): string => (time === null ? '–' : `${shortTime(time, language)} UTC`)

/** A time in Japan, with its day of the week. */
export const japanTime = (time: string, locale: Locale) =>
  new Intl.DateTimeFormat(locale, {
    dateStyle: 'full',
    timeStyle: 'short',
    timeZone: 'Asia/Tokyo',
    // In Korean, Intl writes AM and PM, which nobody does.
    ...(locale === 'ko' && { hourCycle: 'h23' }),
  }).format(new Date(time))

/** Kind of a status, for the colour of its chip. */
export const toneOf = (status: string): string =>
  ({
    captured: 'good',
    completed: 'good',
    delivered: 'good',
    authorized: 'wait',
    pending: 'wait',
    failed: 'bad',
    rejected: 'bad',
    refunded: 'info',
  })[status] ?? 'off'

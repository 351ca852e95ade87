/** Amounts and times as readers take them in. */
import type { Locale } from '../../../../generated/schema.d.ts'

/** Words that stand behind an amount of yen. */
const yen: Partial<Record<Locale, string>> = { ja: '円', ko: '엔' }

/** An amount as people of that language write it. */
export const moneyText = (amount: number, currency: string, locale: Locale = 'en'): string => {
  const unit = currency === 'JPY' ? yen[locale] : undefined
  return unit === undefined
    ? new Intl.NumberFormat(locale, { style: 'currency', currency }).format(amount)
    : `${new Intl.NumberFormat(locale).format(amount)}${unit}`
}

/** Number of things, with its separators: `5,013`. */
export const countText = (count: number) => count.toLocaleString('en')

/** A time in UTC without its letters: `2026-11-27 10:15:00`. */
export const shortTime = (time: string | null) => (time === null ? '–' : time.replace('T', ' ').replace('Z', ''))

/** A time in Japan, with its day of the week. */
export const japanTime = (time: string, locale: Locale = 'en') =>
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

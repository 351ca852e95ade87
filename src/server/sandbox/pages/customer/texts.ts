/** Texts of the customer's pages in the languages that a payment can have. */
import type { Locale } from '../../../../../generated/schema.d.ts'
import { en, type Texts } from './texts-en.ts'
import { ja } from './texts-ja.ts'
import { ko } from './texts-ko.ts'

export type { Texts } from './texts-en.ts'
export const textsOf: Record<Locale, Texts> = { en, ja, ko }

/** Merchants: each secret key is one. */
import { hash } from 'node:crypto'
import { rememberLatest } from '../../latest.ts'
import type { ApiRequest } from '../front.ts'

/** Id of the merchant that a secret key belongs to. The key itself is stored nowhere. */
export const merchantOf = rememberLatest((secretKey: string): string => hash('sha256', secretKey).slice(0, 16))

/** Whether a value has the form of a merchant's id. */
export const isMerchant = (value: unknown): value is string => typeof value === 'string' && /^[0-9a-f]{16}$/.test(value)

/** A request with the merchant that its key belongs to. */
export type MerchantRequest = ApiRequest & { merchant: string }

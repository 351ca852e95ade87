/** Merchants: each secret key is one. */
import { hash } from 'node:crypto'
import type { ApiRequest } from '../front.ts'

/** Id of the merchant that a secret key belongs to. The key itself is kept nowhere. */
export const merchantOf = (secretKey: string): string => hash('sha256', secretKey).slice(0, 16)

/** A request with the merchant that its key belongs to. */
export type MerchantRequest = ApiRequest & { merchant: string }

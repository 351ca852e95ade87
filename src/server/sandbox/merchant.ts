/** Merchants: each secret key is one. */
import { hash } from 'node:crypto'

/** Id of the merchant that a secret key belongs to. The key itself is kept nowhere. */
export const merchantOf = (secretKey: string): string => hash('sha256', secretKey).slice(0, 16)

/** The shop's client. Its address is KOMOJU's, or with KOMOJU_URL the sandbox's. */
import { Komoju } from 'komoju-openapi'

export const komoju = () => new Komoju({ secretKey: process.env.KOMOJU_SECRET_KEY, baseUrl: process.env.KOMOJU_URL })

/** Orders by number. A real shop has a database. */
export const orders = new Map<string, 'open' | 'paid' | 'expired'>()

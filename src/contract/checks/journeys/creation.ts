/** Every optional part of a new payment. */
import type { ApiDescription } from '../../api/api-description.ts'
import { orderBy } from '../../api/fixtures.ts'
import { verifyEcho } from '../verifications.ts'
import type { Journey } from './journey.ts'
import { cardDetails, createEchoed } from './steps.ts'

export const creationJourneys = (api: ApiDescription): Journey[] => [
  {
    name: 'the holder of a card by one name and by two',
    operationId: 'createPayment',
    paymentMethod: 'credit_card',
    run: async (context) => {
      const { name: _name, ...rest } = cardDetails(context, {})
      await createEchoed(context, 'credit_card', { payment_details: { ...rest, given_name: '太郎', family_name: '山田' } })
      await createEchoed(context, 'credit_card', { payment_details: { ...rest, name: 'Taro Yamada' } })
      await createEchoed(context, 'credit_card', { payment_details: { ...rest, name: 'Taro Yamada', month: '1', year: String(rest.year) } })
    },
  },
  {
    name: 'a payment without metadata',
    operationId: 'createPayment',
    run: async (context) => {
      const { metadata: _metadata, ...order } = orderBy(context, 'konbini')
      const { body, exchange } = await context.expectAccepted('createPayment', { body: order })
      verifyEcho(context, order, body, exchange)
    },
  },
  {
    name: 'every language and every optional property',
    operationId: 'createPayment',
    run: async (context) => {
      const { enum: locales }: { enum: string[] } = api.document.components.schemas.Locale
      for (const locale of locales) await createEchoed(context, 'konbini', { locale })
      const { enum: stores }: { enum: string[] } = api.document.components.schemas.KonbiniRequest.properties.store
      for (const store of stores)
        await createEchoed(context, 'konbini', { payment_details: { type: 'konbini', store, email: 'Taro.Yamada@example.com' } })
      await createEchoed(context, 'konbini', {
        description: null,
        cancel_url: 'https://example.com/cancel',
        return_url: 'https://example.com/return',
        partner_origin: 'contract-kit',
        fraud_details: { customer_ip: '192.0.2.1', customer_email: 'test@example.com', browser_language: 'ja' },
      })
    },
  },
]

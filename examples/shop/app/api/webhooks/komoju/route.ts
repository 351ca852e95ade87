/** `POST /api/webhooks/komoju`: learns what became of a payment. Events can come twice, so what they do may be done twice. */
import { KomojuWebhookError, verifyWebhook } from 'komoju-openapi'
import { orders } from '../../../../lib/komoju.ts'

export const POST = async (request: Request) => {
  try {
    const event = await verifyWebhook(await request.text(), request.headers, process.env.KOMOJU_WEBHOOK_SECRET)
    if (event.type === 'payment.captured') orders.set(event.data.external_order_num ?? '', 'paid')
    if (event.type === 'payment.expired') orders.set(event.data.external_order_num ?? '', 'expired')
    return new Response('ok')
  } catch (error) {
    if (error instanceof KomojuWebhookError) return new Response(error.message, { status: 400 })
    throw error
  }
}

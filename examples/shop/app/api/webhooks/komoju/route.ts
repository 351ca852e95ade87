/** `POST /api/webhooks/komoju`: learns what became of a payment. Events come twice and out of order, so what they do may be done again, at any time. */
import { isPaymentEvent, KomojuWebhookError, verifyWebhook } from 'komoju-openapi'
import { komoju, orderOf } from '../../../../lib/komoju.ts'

export const POST = async (request: Request) => {
  try {
    const event = await verifyWebhook(await request.text(), request.headers, process.env.KOMOJU_WEBHOOK_SECRET)
    if (isPaymentEvent(event)) {
      // The event says that something changed, the API what is true now.
      const { id, status, external_order_num: number } = await komoju().payments.get(event.data.id)
      // A payment that is over is an attempt; the order can have another one.
      if (number && status === 'captured') orderOf(number).paidBy.add(id)
      if (number && ['expired', 'cancelled', 'failed'].includes(status)) orderOf(number).over.add(id)
    }
    return new Response('ok')
  } catch (error) {
    if (error instanceof KomojuWebhookError) return new Response(error.message, { status: 400 })
    throw error
  }
}

/** `POST /api/checkout`: makes a payment at a convenience store, and sends the customer to its instructions. */
import { komoju, orderOf } from '../../../lib/komoju.ts'

export const POST = async (request: Request) => {
  const { order, amount, email } = (await request.json()) as { order: string; amount: number; email: string }
  const payment = await komoju().payments.create(
    { amount, currency: 'JPY', external_order_num: order, payment_details: { type: 'konbini', store: 'lawson', email } },
    // However often the button is pressed, there is one payment, and another only once that is over.
    { idempotencyKey: `checkout-${order}-${orderOf(order).over.size + 1}` },
  )
  return Response.json({ payment: payment.id, next: payment.payment_details.instructions_url })
}

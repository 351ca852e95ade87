/** `POST /api/checkout`: makes a payment at a convenience store, and sends the customer to its instructions. */
import { komoju, orders } from '../../../lib/komoju.ts'

export const POST = async (request: Request) => {
  const { order, amount, email } = (await request.json()) as { order: string; amount: number; email: string }
  const payment = await komoju().payments.create(
    { amount, currency: 'JPY', external_order_num: order, payment_details: { type: 'konbini', store: 'lawson', email } },
    // The same order pays once, however often the button is pressed.
    { idempotencyKey: `checkout-${order}` },
  )
  orders.set(order, 'open')
  return Response.json({ payment: payment.id, next: payment.payment_details.instructions_url })
}

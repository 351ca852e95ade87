/** Icons of payment methods, drawn for these pages: what the customer has in hand. */
import { html } from 'ghtml'

const shapes = {
  card: '<rect x="2.5" y="5" width="19" height="14" rx="2.5"/><path d="M2.5 10h19M6 15h4"/>',
  store:
    '<path d="M4 9.5V20h16V9.5M2.5 9.5 5 4h14l2.5 5.5a2.9 2.9 0 0 1-4.8 0 2.9 2.9 0 0 1-4.7 0 2.9 2.9 0 0 1-4.7 0 2.9 2.9 0 0 1-4.8 0ZM9.5 20v-5h5v5"/>',
  bank: '<path d="M3 9.5 12 4l9 5.5H3ZM5.5 9.5V18M10 9.5V18M14 9.5V18M18.5 9.5V18M3 20.5h18"/>',
  ticket: '<path d="M3 8a2 2 0 0 1 2-2h14a2 2 0 0 1 2 2v2a2 2 0 0 0 0 4v2a2 2 0 0 1-2 2H5a2 2 0 0 1-2-2v-2a2 2 0 0 0 0-4V8ZM14.5 6v12"/>',
  phone: '<rect x="7" y="2.5" width="10" height="19" rx="2.5"/><path d="M11 18.5h2"/>',
  wallet: '<path d="M4 7.5A2.5 2.5 0 0 1 6.500 5H18v3M4 7.500V17a3 3 0 0 0 3 3h13V8H6.500A2.500 2.500 0 0 1 4 7.500ZM16 14h.01"/>',
}

const shapeOf: Record<string, keyof typeof shapes> = {
  credit_card: 'card',
  konbini: 'store',
  bank_transfer: 'bank',
  pay_easy: 'bank',
  mobile: 'phone',
  japan_mobile: 'phone',
  line_pay: 'wallet',
  merpay: 'wallet',
  paidy: 'wallet',
}

/** Icon of a payment method. Its name stands beside it, so it says nothing by itself. */
export const methodIcon = (method: string): string =>
  html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true">!${shapes[shapeOf[method] ?? 'ticket']}</svg>`

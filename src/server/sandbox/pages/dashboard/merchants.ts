/** Merchants: each secret key is one. Of the key, a hash is kept. */
import { html } from 'ghtml'
import type { Faults } from '../../on-demand-faults.ts'
import type { MerchantCount } from '../../storage.ts'
import { countText, shortTime } from '../format.ts'
import { buttonForm } from '../layout.ts'
import { type Frame, frame, merchantName } from './frame.ts'

export type MerchantView = MerchantCount & { clock: string; faults: Faults }

const rowOf = ({ merchant, payments, clock, faults: { latency, errorRate } }: MerchantView) => {
  const faults = [...(latency > 0 ? [`${latency} ms late`] : []), ...(errorRate > 0 ? [`${Math.round(errorRate * 100)} % fail`] : [])].join(
    ', ',
  )
  return html`<tr><td><a class="id" href="/sandbox?merchant=${merchant}" data-key="${merchant}">${merchantName(merchant)}</a></td><td class="amount">${countText(payments)}</td><td class="small quiet">${shortTime(clock)}</td><td class="small end">${faults}</td>
<td class="whole"><a class="button" href="/sandbox/clock?merchant=${merchant}">Clock and data</a></td></tr>`
}

/** The page. */
export const merchantsPage = (merchants: MerchantView[], around: Frame): string => {
  const table = html`<table class="stack"><thead><tr><th scope="col">Merchant</th><th scope="col" class="amount">Payments</th><th scope="col">Clock (UTC)</th><th scope="col">Faults</th><th scope="col"><span class="hidden">Action</span></th></tr></thead><tbody>!${merchants.map(rowOf)}</tbody></table>`
  const empty = html`<div class="empty"><h2>No merchants yet</h2><p class="quiet">A secret key becomes one with its first payment.</p>!${buttonForm({ label: 'Add examples', action: '/sandbox/examples', fields: { back: '/sandbox' } })}</div>`
  return frame(around, {
    title: 'Merchants',
    current: '/sandbox/merchants',
    inner: html`<p class="quiet">Each secret key is a merchant of its own. Of the key, a hash is kept.</p><section class="card flush" id="merchants" data-live aria-label="Merchants">!${merchants.length > 0 ? table : empty}</section>`,
  })
}

/** Merchants: each secret key is one. Of the key, a hash is kept. */
import { html } from 'ghtml'
import type { Faults } from '../../on-demand-faults.ts'
import type { MerchantCount } from '../../storage.ts'
import { countText, utcTime } from '../format.ts'
import { buttonForm } from '../layout.ts'
import { type Frame, frame, merchantName } from './frame.ts'

export type MerchantView = MerchantCount & { clock: string; faults: Faults }

const faultsText = ({ latency, errorRate }: Faults, { t, language }: Frame) => {
  const percent = new Intl.NumberFormat(language, { style: 'percent' })
  const late = latency > 0 ? [t('{milliseconds} ms late', { milliseconds: countText(latency, language) })] : []
  const failing = errorRate > 0 ? [t('{percent} fail', { percent: percent.format(errorRate) })] : []
  return [...late, ...failing].join(' · ')
}

const rowOf = ({ merchant, payments, clock, faults }: MerchantView, around: Frame) => {
  const { t, language } = around
  return html`<tr><td><a class="id" href="/sandbox?merchant=${merchant}" title="${merchant}" data-key="${merchant}">${merchantName(merchant)}</a></td><td class="amount">${countText(payments, language)}</td><td class="small quiet">${utcTime(clock, language)}</td><td class="small end">${faultsText(faults, around)}</td>
<td class="whole"><a class="button" href="/sandbox/clock?merchant=${merchant}">${t('Clock and data')}</a></td></tr>`
}

/** The page. */
export const merchantsPage = (merchants: MerchantView[], around: Frame): string => {
  const { t } = around
  const table = html`<table class="stack"><thead><tr><th scope="col">${t('Merchant')}</th><th scope="col" class="amount">${t('Payments')}</th><th scope="col">${t('Clock')}</th><th scope="col">${t('Faults')}</th><th scope="col"><span class="hidden">${t('Action')}</span></th></tr></thead><tbody>!${merchants.map((view) => rowOf(view, around))}</tbody></table>`
  const empty = html`<div class="empty"><h2>${t('No merchants yet')}</h2><p class="quiet">${t('A secret key becomes one with its first payment.')}</p>!${buttonForm({ label: t('Add examples'), action: '/sandbox/examples', fields: { back: '/sandbox' } })}</div>`
  return frame(around, {
    title: t('Merchants'),
    current: '/sandbox/merchants',
    inner: html`<p class="quiet">${t('Each secret key is a merchant of its own. Of the key, a hash is kept.')}</p><section class="card flush" id="merchants" data-live aria-label="${t('Merchants')}">!${merchants.length > 0 ? table : empty}</section>`,
  })
}

/** The clock, the faults and the data of a merchant, or of all. */
import { html } from 'ghtml'
import type { Translate } from '../../../../pages/translator.ts'
import type { Faults } from '../../on-demand-faults.ts'
import type { MerchantCount } from '../../storage.ts'
import { countText, shortTime } from '../format.ts'
import { buttonForm, type Choice, hiddenFields, optionsOf } from '../layout.ts'
import { type Frame, frame, merchantName, questionPage } from './frame.ts'

export type ClockView = { merchant: string | undefined; clock: string; faults: Faults; merchants: MerchantCount[] }

const jumpsOf = (t: Translate): [hours: number, label: string][] => [
  [1, t('One hour later')],
  [24, t('One day later')],
  [24 * 7, t('7 days later')],
]

/** The page. */
export const clockPage = ({ merchant, clock, faults, merchants }: ClockView, around: Frame): string => {
  const { t, language } = around
  const scope: Record<string, string> = merchant === undefined ? {} : { merchant }
  const back = merchant === undefined ? '/sandbox/clock' : `/sandbox/clock?merchant=${merchant}`
  const fields = { ...scope, back }
  const choices: Choice[] = [['', t('All merchants')], ...merchants.map(({ merchant: id }): Choice => [id, merchantName(id)])]
  const { latency, errorRate, seed } = faults
  const picker = html`<form method="get" action="/sandbox/clock" class="row"><label class="row">${t('For')} <select name="merchant" data-submit>!${optionsOf(choices, merchant ?? '')}</select></label><button>${t('Show')}</button></form>`
  return frame(around, {
    title: t('Clock and data'),
    current: '/sandbox/clock',
    head: picker,
    inner: html`<section class="card"><h2>${t('Clock')}</h2><p class="glance"><span class="total" id="clock" data-live>${shortTime(clock, language)}</span><span class="quiet">${t('UTC. Payments whose deadline passes expire. The clock only goes forward.')}</span></p>
<div class="row">!${jumpsOf(t).map(([hours, label]) => buttonForm({ label, action: '/sandbox/clock', fields: { ...fields, hours: String(hours) } }))}</div>
<form method="post" action="/sandbox/clock" class="row">!${hiddenFields(fields)}<label class="row">${t('Set to (UTC)')} <input name="to" required placeholder="2030-01-31T12:00:00Z" size="22"></label><button>${t('Set')}</button></form></section>
<section class="card"><h2>${t('Slow and failing responses')}</h2><form method="post" action="/sandbox/faults">!${hiddenFields(fields)}<div class="fields"><label>${t('Milliseconds that a response takes at least')}<input type="number" name="latency" min="0" max="60000" value="${latency}"></label>
<label>${t('Share of requests that fail, 0 to 1')}<input type="number" name="error_rate" min="0" max="1" step="any" value="${errorRate}"></label><label>${t('Seed that decides which requests fail')}<input type="number" name="seed" min="0" value="${seed}"></label></div><p class="row"><button>${t('Apply')}</button></p></form></section>
<section class="card"><h2>${t('Data')}</h2><div class="row">!${buttonForm({ label: t('Add one payment of each method'), action: '/sandbox/examples', fields: { ...scope, back: '/sandbox' } })}<a class="button danger" href="/sandbox/reset${merchant === undefined ? '' : `?merchant=${merchant}`}">${t('Forget everything …')}</a></div></section>`,
  })
}

export type ResetView = { merchant: string | undefined; payments: number; events: number }

/** The page that asks before everything is forgotten. */
export const resetPage = ({ merchant, payments, events }: ResetView, around: Frame): string => {
  const { t, language } = around
  const counts = { payments: countText(payments, language), events: countText(events, language) }
  return questionPage(around, {
    title: t('Forget everything?'),
    message:
      merchant === undefined
        ? t(
            '{payments} payments and {events} events of all merchants are lost, with accounts, idempotency keys, the clock and the faults. This cannot be undone.',
            counts,
          )
        : t(
            '{payments} payments and {events} events of this merchant are lost, with accounts, idempotency keys, the clock and the faults. This cannot be undone.',
            counts,
          ),
    label: t('Forget everything'),
    action: '/sandbox/reset',
    back: merchant === undefined ? '/sandbox/clock' : `/sandbox/clock?merchant=${merchant}`,
    fields: merchant === undefined ? {} : { merchant },
  })
}

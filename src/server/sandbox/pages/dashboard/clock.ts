/** The clock, the faults and the data of a merchant, or of all. */
import { html } from 'ghtml'
import type { Faults } from '../../on-demand-faults.ts'
import type { MerchantCount } from '../../storage.ts'
import { shortTime } from '../format.ts'
import { buttonForm, type Choice, hiddenFields, optionsOf } from '../layout.ts'
import { type Frame, frame, merchantName } from './frame.ts'

export type ClockView = { merchant: string | undefined; clock: string; faults: Faults; merchants: MerchantCount[] }

const jumps: [hours: number, label: string][] = [
  [1, 'One hour later'],
  [24, 'One day later'],
  [24 * 7, '7 days later'],
]

/** The page. */
export const clockPage = ({ merchant, clock, faults, merchants }: ClockView, around: Frame): string => {
  const scope: Record<string, string> = merchant === undefined ? {} : { merchant }
  const back = merchant === undefined ? '/sandbox/clock' : `/sandbox/clock?merchant=${merchant}`
  const fields = { ...scope, back }
  const choices: Choice[] = [['', 'All merchants'], ...merchants.map(({ merchant: id }): Choice => [id, merchantName(id)])]
  const { latency, errorRate, seed } = faults
  const picker = html`<form method="get" action="/sandbox/clock" class="row"><label class="row">For <select name="merchant" data-submit>!${optionsOf(choices, merchant ?? '')}</select></label><button>Show</button></form>`
  return frame(around, {
    title: 'Clock and data',
    current: '/sandbox/clock',
    head: picker,
    inner: html`<section class="card"><h2>Clock</h2><p class="glance"><span class="total" id="clock" data-live>${shortTime(clock)}</span><span class="quiet">UTC. Payments whose deadline passes expire. The clock only goes forward.</span></p>
<div class="row">!${jumps.map(([hours, label]) => buttonForm({ label, action: '/sandbox/clock', fields: { ...fields, hours: String(hours) } }))}</div>
<form method="post" action="/sandbox/clock" class="row">!${hiddenFields(fields)}<label class="row">Set to (UTC) <input name="to" required placeholder="2030-01-31T12:00:00Z" size="22"></label><button>Set</button></form></section>
<section class="card"><h2>Slow and failing responses</h2><form method="post" action="/sandbox/faults">!${hiddenFields(fields)}<div class="fields"><label>Milliseconds that a response takes at least<input type="number" name="latency" min="0" max="60000" value="${latency}"></label>
<label>Share of requests that fail, 0 to 1<input type="number" name="error_rate" min="0" max="1" step="any" value="${errorRate}"></label><label>Seed of the choice which requests fail<input type="number" name="seed" min="0" value="${seed}"></label></div><p class="row"><button>Apply</button></p></form></section>
<section class="card"><h2>Data</h2><div class="row">!${buttonForm({ label: 'Add one payment of each method', action: '/sandbox/examples', fields: { ...scope, back: '/sandbox' } })}<a class="button danger" href="/sandbox/reset${merchant === undefined ? '' : `?merchant=${merchant}`}">Forget everything …</a></div></section>`,
  })
}

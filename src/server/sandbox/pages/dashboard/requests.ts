/** The latest requests of the API, and why those that were rejected were. */
import { html } from 'ghtml'
import { errorOf, type LoggedRequest } from '../../request-log.ts'
import { durationText, utcTime } from '../format.ts'
import { withCode } from '../layout.ts'
import { type Frame, frame } from './frame.ts'
import { breakageLabel } from './situation-labels.ts'
import { responseChip } from './status.ts'

const rowOf = (request: LoggedRequest, { t, language }: Frame) => {
  const error = errorOf(request)
  const reason = error ? html`<code>${error.code}</code> <span lang="en">!${withCode(String(error.message))}</span>` : ''
  const about =
    request.payment === undefined
      ? ''
      : html`<a class="id" href="/sandbox/payments/${request.payment}" data-key="${request.id}">${request.payment}</a>`
  const breakage = request.breakage ? html`${breakageLabel(request.breakage, t)} · ` : ''
  return html`<tr><td><strong>${request.operationId}</strong></td><td class="end">!${responseChip(request)}</td><td class="whole small">!${reason}!${breakage}!${error ? '' : about}</td><td class="amount small quiet">${durationText(request.milliseconds, language)}</td><td class="small quiet end">${utcTime(request.time, language)}</td></tr>`
}

/** The page. */
export const requestsPage = (requests: LoggedRequest[], around: Frame): string => {
  const { t } = around
  const table = html`<table class="stack"><thead><tr><th scope="col">${t('Operation')}</th><th scope="col">${t('Status')}</th><th scope="col">${t('Payment, or why it was rejected')}</th><th scope="col" class="amount">${t('Took')}</th><th scope="col">${t('Time')}</th></tr></thead><tbody>!${requests.map((request) => rowOf(request, around))}</tbody></table>`
  const empty = html`<div class="empty"><h2>${t('No requests yet')}</h2><p class="quiet">${t('The last thousand requests to the API are shown here.')}</p></div>`
  return frame(around, {
    title: t('Requests'),
    current: '/sandbox/requests',
    inner: html`<p class="quiet">${t('The last thousand of this process, kept in memory.')}</p><section class="card flush" id="requests" data-live aria-label="${t('Requests')}">!${requests.length > 0 ? table : empty}</section>`,
  })
}

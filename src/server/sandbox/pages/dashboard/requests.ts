/** The latest requests of the API, and why those that were rejected were. */
import { html } from 'ghtml'
import { errorOf, type LoggedRequest } from '../../request-log.ts'
import { shortTime } from '../format.ts'
import { type Frame, frame } from './frame.ts'

const rowOf = (request: LoggedRequest) => {
  const error = errorOf(request)
  const reason = error ? html`<code>${error.code}</code> ${error.message}` : ''
  const about =
    request.payment === undefined
      ? ''
      : html`<a class="id" href="/sandbox/payments/${request.payment}" data-key="${request.id}">${request.payment}</a>`
  return html`<tr><td><strong>${request.operationId}</strong></td><td class="end"><span class="chip ${request.status >= 400 ? 'bad' : 'good'}">${request.status}</span></td><td class="whole small">!${reason}!${error ? '' : about}</td><td class="amount small quiet">${request.milliseconds.toFixed(1)} ms</td><td class="small quiet end">${shortTime(request.time)}</td></tr>`
}

/** The page. */
export const requestsPage = (requests: LoggedRequest[], around: Frame): string => {
  const table = html`<table class="stack"><thead><tr><th scope="col">Operation</th><th scope="col">Status</th><th scope="col">Payment, or why it was rejected</th><th scope="col" class="amount">Took</th><th scope="col">Time (UTC)</th></tr></thead><tbody>!${requests.map(rowOf)}</tbody></table>`
  const empty = html`<div class="empty"><h2>No requests yet</h2><p class="quiet">The last thousand requests to the API are shown here.</p></div>`
  return frame(around, {
    title: 'Requests',
    current: '/sandbox/requests',
    inner: html`<p class="quiet">The last thousand of this process, kept in memory.</p><section class="card flush" id="requests" data-live aria-label="Requests">!${requests.length > 0 ? table : empty}</section>`,
  })
}

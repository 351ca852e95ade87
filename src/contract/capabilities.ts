/** What the target can do at all. What it cannot is not checked, and said so. */
import { orderBy } from './checks/check.ts'
import type { Session } from './session.ts'

/**
 * Finds out what the target lacks, with a few requests.
 * - A server that returns two different orders with the document's own example keeps no state.
 * - Accounts are a pre-release: a target may have none, and then says 403, 404, 405 or 501.
 * - Test numbers and scenarios belong to test mode: a target that charges a card that is to fail has no such mode.
 */
export const detectCapabilities = async (session: Session) => {
  const check = session.forCheck({ name: 'what the target can do', operationId: 'createPayment' })
  const findings = await check.attempt(async () => {
    if (check.has('writes') && check.has('state')) {
      const orders = [orderBy(check, 'konbini', { amount: 321 }), orderBy(check, 'konbini', { amount: 654 })]
      const responses = []
      for (const body of orders) responses.push((await check.send('createPayment', { body })).body)
      const example = session.subject.operations.get('createPayment')!.responses['200']!.body!.examples.konbini!.value
      const isExample = (response: unknown) => JSON.stringify(response) === JSON.stringify(example)
      if (responses.every(isExample)) session.lack('state', 'the target responds from the examples of the document')
    }
    if (check.has('writes') && check.has('accounts')) {
      const body = { name: session.freshName('account'), default_currency: 'JPY', time_zone: 'Asia/Tokyo' }
      const { status } = await check.send('createAccount', { body })
      if ([403, 404, 405, 501].includes(status)) session.lack('accounts', `the target has no accounts: createAccount returns ${status}`)
    }
    if (!check.has('writes')) session.lack('accounts', 'the run is read-only')
    if (!check.has('writes')) return
    const fails = async (input: { body: unknown; headers?: Record<string, string> }) =>
      (await check.send('createPayment', input)).status >= 400
    const declined = orderBy(check, 'credit_card')
    declined.payment_details = {
      ...(declined.payment_details as object),
      number: session.method('credit_card').failing.find(({ error }) => error === 'card_declined')!.value,
    }
    if (check.has('test-numbers') && !(await fails({ body: declined })))
      session.lack('test-numbers', 'the target charges a test card that is to be declined')
    const scenario = { body: orderBy(check, 'credit_card'), headers: { 'Komoju-Scenario': 'card_declined' } }
    if (check.has('scenarios') && !(await fails(scenario)))
      session.lack('scenarios', 'the target charges a card in the scenario card_declined')
  })
  // A target that does not respond cannot be judged.
  const unreached = findings.find(({ rule }) => rule === 'response.reached')
  if (unreached) throw new UnreachableError(`${session.settings.url} does not respond: ${unreached.exchanges[0]?.failure}.`)
}

/** Nothing responds at the target's address. */
export class UnreachableError extends Error {
  override name = 'UnreachableError'
}

/** Finds out what the target can do, with a few requests. */
import { jsonObjectOf } from '../../json-object.ts'
import { newAccount, orderBy, shortOrder } from '../api/fixtures.ts'
import type { CheckContext } from './check-context.ts'
import type { ContractRun } from './contract-run.ts'
import { settleAll } from './settle-all.ts'

/** A server that returns two different orders with examples of the document keeps no state. */
const detectState = async (context: CheckContext) => {
  const orders = [orderBy(context, 'konbini', { amount: 321 }), orderBy(context, 'konbini', { amount: 654 })]
  const responses: unknown[] = []
  for (const body of orders) responses.push((await context.send('createPayment', { body })).body)
  const examples = new Set(Object.values(context.api.examplesOf('createPayment')).map(({ value }) => JSON.stringify(value)))
  if (responses.every((response) => examples.has(JSON.stringify(response))))
    context.capabilities.lack('state', 'the target responds from the examples of the document')
}

/** Accounts are a pre-release: a target may have none, and then says 403, 404, 405 or 501. */
const detectAccounts = async (context: CheckContext) => {
  const { status } = await context.send('createAccount', { body: newAccount(context) })
  if ([403, 404, 405, 501].includes(status))
    context.capabilities.lack('accounts', `the target has no accounts: createAccount returns ${status}`)
}

/** Test numbers and scenarios belong to test mode: a target that charges a card that is to fail has no such mode. */
const detectTestMode = async (context: CheckContext) => {
  const { capabilities } = context
  const fails = async (input: { body: unknown; headers?: Record<string, string> }) =>
    (await context.send('createPayment', input)).status >= 400
  const declined = orderBy(context, 'credit_card')
  const number = context.api.method('credit_card').failing.find(({ error }) => error === 'card_declined')?.value
  declined.payment_details = { ...(declined.payment_details as object), number }
  if (capabilities.has('test-numbers') && !(await fails({ body: declined })))
    capabilities.lack('test-numbers', 'the target charges a test card that is to be declined')
  const scenario = { body: orderBy(context, 'credit_card'), headers: { 'Komoju-Scenario': 'card_declined' } }
  if (capabilities.has('scenarios') && !(await fails(scenario)))
    capabilities.lack('scenarios', 'the target charges a card in the scenario card_declined')
}

/** That a prepaid card can be short is nowhere on the reference pages: a target may charge it, or reject it. */
const detectShortCards = async (context: CheckContext) => {
  const { status, body } = await context.send('createPayment', { body: shortOrder(context) })
  const { id, status: state } = jsonObjectOf(body)
  const lack = (reason: string) => context.capabilities.lack('short-cards', reason)
  if (status !== 200 || state !== 'pending') return lack('the target has no prepaid cards that are short')
  const updated = await context.send('updatePayment', { path: { id: String(id) }, body: context.api.shortCard.furtherCard })
  if (updated.status !== 200) lack('the target takes no further prepaid card')
}

/** The unit of an amount is nowhere stated: a target that takes whole dollars and none with cents counts in cents. */
const detectUnits = async (context: CheckContext) => {
  const takes = async (currency: string, amount: number) =>
    (await context.send('createPayment', { body: orderBy(context, 'credit_card', { currency, amount, tax: 0 }) })).status === 200
  const counts = context.api.currenciesWithCents.map(async (currency) => {
    const [whole, fraction] = await settleAll([takes(currency, 1000), takes(currency, 100.25)])
    if (whole && !fraction) context.capabilities.smallestUnitCurrencies.add(currency)
  })
  await settleAll(counts)
}

/** Finds out what the target lacks, and how it counts. */
export const detectCapabilities = async (run: ContractRun) => {
  const context = run.contextFor({ name: 'what the target can do', operationId: 'createPayment' })
  const { capabilities } = run
  await context.dryRun(async () => {
    if (!capabilities.has('writes')) return capabilities.lack('accounts', 'the run is read-only')
    if (capabilities.has('state')) await detectState(context)
    if (capabilities.has('accounts')) await detectAccounts(context)
    await detectTestMode(context)
    if (capabilities.has('short-cards')) await detectShortCards(context)
    await detectUnits(context)
  })
}

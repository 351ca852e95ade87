/** Accounts from their creation to the service agreement. */
import type { Account } from '../../../generated/schema.d.ts'
import { type JsonObject, jsonObjectOf } from '../../json-object.ts'
import { openAccount } from '../api/fixtures.ts'
import { encodings } from '../generate/encodings.ts'
import { type CheckContext, CheckEnded } from '../run/check-context.ts'
import type { Exchange } from '../run/exchange.ts'
import type { Check } from './check.ts'
import { verifyResponse } from './verifications.ts'

type Returned = { body: Account; exchange: Exchange }

const newAccount = (context: CheckContext) => ({ name: context.freshName('Account'), default_currency: 'TWD', time_zone: 'Europe/London' })

/** Times that a change may move. */
const moving = { updated_at: null }

/** Who is at fault where getAccount does not show the account: an update of nothing shows what was kept. */
const accountCulprit = async (context: CheckContext, { body, exchange }: Returned) => {
  const kept = await context.send('updateAccount', { path: { id: body.id }, body: {} })
  const isKept = kept.status === 200 && context.difference({ ...body, ...moving }, { ...jsonObjectOf(kept.body), ...moving }) === undefined
  return isKept ? 'getAccount' : exchange.operationId
}

/** Verifies what a response says of an account, and that getAccount says the same. @returns the account as it is kept */
const expectAccount = async (context: CheckContext, before: Returned, expected: JsonObject): Promise<Account> => {
  const same = context.difference({ ...expected, ...moving }, { ...before.body, ...moving })
  const { created_at: created, updated_at: updated } = before.body
  const isOrdered = !(Date.parse(updated) < Date.parse(created))
  verifyResponse(context, 'account.state', {
    exchanges: [before.exchange],
    passed: same === undefined && isOrdered,
    message: () => (isOrdered ? `${same}.` : `updated_at ${updated} is before created_at ${created}.`),
    pointer: '#/components/schemas/Account',
  })
  const after = await context.send('getAccount', { path: { id: before.body.id } })
  const difference = after.status === 200 ? context.difference(before.body, after.body) : `getAccount returns ${after.status}`
  const culprit = difference === undefined ? 'getAccount' : await accountCulprit(context, before)
  context.verify('account.state', {
    operationId: culprit,
    passed: difference === undefined,
    message: () => `The account is not what ${before.exchange.operationId} said: ${difference}.`,
    exchanges: [before.exchange, after],
    pointer: '#/components/schemas/Account',
  })
  if (culprit === 'getAccount') return before.body
  if (after.status !== 200) throw new CheckEnded()
  return after.body as Account
}

const live = async (context: CheckContext) => {
  const request = newAccount(context)
  const created = await context.expectAccepted<Account>('createAccount', { body: request })
  const { live_merchant: liveMerchant, test_merchant: testMerchant } = created.body
  verifyResponse(context, 'account.merchants', {
    exchanges: [created.exchange],
    passed: liveMerchant !== testMerchant,
    message: () => 'The live and the test merchant are the same.',
    pointer: '#/components/schemas/Account/properties/test_merchant',
  })
  const opened = await expectAccount(context, created, {
    ...created.body,
    ...request,
    accepted_service_agreement_at: null,
    accepted_service_agreement_ip: null,
  })
  const { id } = created.body
  const timeZone = await context.expectAccepted<Account>('updateAccount', { path: { id }, body: { time_zone: 'Asia/Seoul' } })
  const moved = await expectAccount(context, timeZone, { ...opened, time_zone: 'Asia/Seoul' })
  const currency = await context.expectAccepted<Account>('updateAccount', { path: { id }, body: { default_currency: 'KRW' } })
  const changed = await expectAccount(context, currency, { ...moved, default_currency: 'KRW' })
  const agreement = { accepted_service_agreement_at: '2024-01-02T03:04:05Z', accepted_service_agreement_ip: '192.0.2.1' }
  const accepted = await context.expectAccepted<Account>('acceptServiceAgreement', { path: { id }, body: agreement })
  const agreed = await expectAccount(context, accepted, { ...changed, ...agreement })
  const later = await context.expectAccepted<Account>('updateAccount', { path: { id }, body: { time_zone: 'Asia/Tokyo' } })
  await expectAccount(context, later, { ...agreed, time_zone: 'Asia/Tokyo' })
}

/** The time of an agreement keeps its offset or is converted, and is no other time; a long name is kept, or rejected. */
const oddInput = async (context: CheckContext) => {
  const request = { ...newAccount(context), name: context.freshName('Account').padEnd(100, 'x') }
  const exchange = await context.send('createAccount', { body: request })
  verifyResponse(context, 'http.hostile-text', {
    exchanges: [exchange],
    passed: exchange.status >= 400 || jsonObjectOf(exchange.body).name === request.name,
    message: () => `A name of 100 characters comes back as ${jsonObjectOf(exchange.body).name}.`,
    pointer: '#/components/schemas/Account/properties/name',
  })
  const { body } = await openAccount(context)
  const sent = '2024-01-02T12:04:05+09:00'
  const accepted = await context.send('acceptServiceAgreement', {
    path: { id: body.id },
    body: { accepted_service_agreement_at: sent, accepted_service_agreement_ip: '192.0.2.1' },
  })
  const time = jsonObjectOf(accepted.body).accepted_service_agreement_at
  verifyResponse(context, 'account.state', {
    exchanges: [accepted],
    passed: accepted.status >= 400 || Date.parse(String(time)) === Date.parse(sent),
    message: () => `Agreed at ${sent}, got ${time}.`,
    pointer: '#/components/schemas/Account/properties/accepted_service_agreement_at',
  })
}

const sameName = async (context: CheckContext) => {
  const request = newAccount(context)
  const first = await context.expectAccepted<Account>('createAccount', { body: request })
  await context.expectRejected(
    'createAccount',
    { body: request },
    {
      rule: 'account.unique-name',
      what: 'A name that another account has',
      statuses: [400, 409, 422],
      pointer: '#/components/schemas/CreateAccountRequest/properties/name',
      evidence: [first.exchange],
    },
  )
}

/** Checks of accounts, in both encodings. */
export const accountChecks = (): Check[] =>
  encodings.flatMap((encoding): Check[] => {
    const suffix = encoding === 'form' ? ', in forms' : ''
    return [
      {
        name: `open an account, change it, accept the agreement${suffix}`,
        kind: 'the life of an account',
        group: 'accounts',
        operationId: 'updateAccount',
        encoding,
        needs: ['writes', 'state', 'accounts'],
        run: live,
      },
      {
        name: `accounts keep long names and times with an offset${suffix}`,
        kind: 'odd input of accounts',
        group: 'accounts',
        operationId: 'acceptServiceAgreement',
        encoding,
        needs: ['writes', 'state', 'accounts'],
        run: oddInput,
      },
      {
        name: `two accounts have two names${suffix}`,
        kind: 'names of accounts',
        group: 'accounts',
        operationId: 'createAccount',
        encoding,
        needs: ['writes', 'state', 'accounts'],
        run: sameName,
      },
    ]
  })

/** Accounts from their creation to the service agreement. */
import type { Account } from '../../../generated/schema.d.ts'
import { encodings } from '../encoding.ts'
import type { Exchange } from '../exchange.ts'
import type { CheckSession } from '../session.ts'
import { type Check, expectThat } from './check.ts'

type Fields = Record<string, unknown>
type Returned = { body: Account; exchange: Exchange }

const newAccount = (session: CheckSession) => ({ name: session.freshName('account'), default_currency: 'TWD', time_zone: 'Europe/London' })

/** Times that a change may move. */
const moving = { updated_at: null }

const expectAccount = async (session: CheckSession, before: Returned, expected: Fields) => {
  const same = session.difference({ ...expected, ...moving }, { ...before.body, ...moving })
  expectThat(session, 'account.state', [before.exchange], same === undefined, `${same}.`, '#/components/schemas/Account')
  const after = await session.accept<Account>('getAccount', { path: { id: before.body.id } }, 'account.state')
  const difference = session.difference(before.body, after.body)
  session.expect('account.state', {
    operationId: before.exchange.operationId,
    holds: difference === undefined,
    message: `The account is not what ${before.exchange.operationId} said: ${difference}.`,
    exchanges: [before.exchange, after.exchange],
    place: '#/components/schemas/Account',
  })
}

const live = async (session: CheckSession) => {
  const request = newAccount(session)
  const created = await session.accept<Account>('createAccount', { body: request })
  const { live_merchant: liveMerchant, test_merchant: testMerchant } = created.body
  expectThat(
    session,
    'account.merchants',
    [created.exchange],
    liveMerchant !== testMerchant,
    'The live and the test merchant are the same.',
    '#/components/schemas/Account/properties/test_merchant',
  )
  await expectAccount(session, created, {
    ...created.body,
    ...request,
    accepted_service_agreement_at: null,
    accepted_service_agreement_ip: null,
  })
  const { id } = created.body
  const timeZone = await session.accept<Account>('updateAccount', { path: { id }, body: { time_zone: 'Asia/Seoul' } })
  await expectAccount(session, timeZone, { ...created.body, time_zone: 'Asia/Seoul' })
  const currency = await session.accept<Account>('updateAccount', { path: { id }, body: { default_currency: 'KRW' } })
  await expectAccount(session, currency, { ...timeZone.body, default_currency: 'KRW' })
  const agreement = { accepted_service_agreement_at: '2024-01-02T03:04:05Z', accepted_service_agreement_ip: '192.0.2.1' }
  const accepted = await session.accept<Account>('acceptServiceAgreement', { path: { id }, body: agreement })
  await expectAccount(session, accepted, { ...currency.body, ...agreement })
}

const sameName = async (session: CheckSession) => {
  const request = newAccount(session)
  const first = await session.accept<Account>('createAccount', { body: request })
  await session.reject('createAccount', { body: request }, 'account.unique-name', 'A name that another account has', {
    statuses: [400, 409, 422],
    place: '#/components/schemas/CreateAccountRequest/properties/name',
    evidence: [first.exchange],
  })
}

/** Checks of accounts, in both encodings. */
export const accountChecks = (): Check[] =>
  encodings.flatMap((encoding): Check[] => {
    const suffix = encoding === 'form' ? ', in forms' : ''
    return [
      {
        name: `open an account, change it, accept the agreement${suffix}`,
        group: 'accounts',
        operationId: 'updateAccount',
        encoding,
        needs: ['writes', 'state', 'accounts'],
        run: live,
      },
      {
        name: `two accounts have two names${suffix}`,
        group: 'accounts',
        operationId: 'createAccount',
        encoding,
        needs: ['writes', 'state', 'accounts'],
        run: sameName,
      },
    ]
  })

import { describe, expect, it } from 'vitest'
import { fairVariants } from '../../../scripts/faults/second-server/fair.ts'
import { type FaultKind, faults } from '../../../scripts/faults/second-server/faults.ts'
import { createSecondServer, type SecondServerOptions } from '../../../scripts/faults/second-server/server.ts'
import { card, cash, type Fields, other, Probe, type Step, scripts, transcript } from './probes.ts'
import samples from './samples.json' with { type: 'json' }

/** Runs some requests on a server of their own. */
async function on<T>(options: SecondServerOptions, run: (probe: Probe) => Promise<T>): Promise<T> {
  const probe = new Probe()
  const server = await createSecondServer({ now: () => probe.time, ...options })
  try {
    probe.listen(server.url)
    return await run(probe)
  } finally {
    probe.end()
    await server.close()
  }
}

// --------------------------------------------------------------------------------------------------------------- samples

type Sample = (typeof samples)[number]

/** What differs from run to run: compared by type alone. */
const byType = [
  ...['id', 'payment', 'created_at', 'updated_at', 'captured_at', 'payment_deadline', 'live_merchant', 'test_merchant', 'receipt'],
  ...['confirmation_code', 'instructions_url', 'redirect_url', 'order_id', 'bank_name', 'account_branch_name', 'account_number'],
  ...['account_type', 'account_name', 'bank_id', 'customer_id', 'confirmation_id'],
]
const requestedBanks = ['bank_name', 'account_number']

function kindOf(value: unknown): string {
  return value === null ? 'null' : Array.isArray(value) ? 'array' : typeof value
}

/** Where a response differs from its sample, as paths. */
function differences(actual: unknown, expected: unknown, path = ''): string[] {
  const key = path.split('.').at(-1) ?? ''
  if (kindOf(actual) !== kindOf(expected)) return [`${path}: ${kindOf(actual)}, not ${kindOf(expected)}`]
  if (typeof expected === 'object' && expected !== null) {
    const [a, e] = [actual as Fields, expected as Fields]
    const keys = new Set([...Object.keys(a), ...Object.keys(e)])
    return [...keys].flatMap((name) => differences(a[name], e[name], `${path}.${name}`))
  }
  const exact = path.includes('refund_requests') && requestedBanks.includes(key)
  if (byType.includes(key) && !exact) return []
  if (key === 'accepted_service_agreement_at' && actual !== null)
    return Date.parse(String(actual)) === Date.parse(String(expected)) ? [] : [path]
  return actual === expected ? [] : [`${path}: ${actual}, not ${expected}`]
}

function formOf(sample: Sample): string {
  return sample.form.map((pair) => pair.map((part) => encodeURIComponent(part)).join('=')).join('&')
}

/** A payment that a sample begins with: created as the method's own sample does, with what the sample's response shows. */
async function before(probe: Probe, sample: Sample): Promise<Fields> {
  const shown = sample.response as Fields
  const details = (shown.payment_details ?? {}) as Fields
  const create = samples.find((candidate) => candidate.operation === 'createPayment' && candidate.payment_method === sample.payment_method)
  const body = create?.body as Fields
  const changes: Fields = { ...(body.payment_details as Fields), month: details.month, year: details.year }
  if (details.store !== undefined && details.store !== 'circle-k') changes.store = details.store
  if (details.store === 'circle-k') changes.store = 'seven-eleven'
  if (details.email !== undefined) changes.email = details.email
  if (details.prepaid_cards !== undefined) changes.prepaid_number = '111111111111cdef'
  const payment = await probe.create({
    ...{ amount: shown.amount, tax: shown.tax, currency: shown.currency, locale: shown.locale, metadata: shown.metadata },
    ...{ external_order_num: shown.external_order_num, payment_details: changes },
    capture: !['capturePayment', 'cancelPayment'].includes(sample.operation),
  })
  if (['refundPayment', 'requestRefund'].includes(sample.operation) && payment.status === 'authorized') await probe.pay(payment)
  return payment
}

/** Differences that the pages themselves make necessary. */
function expected(sample: Sample): Fields {
  const response = structuredClone(sample.response) as Fields
  if (response.status === 'pending') response.status = 'authorized'
  const details = response.payment_details as Fields | null
  if (details?.store === 'circle-k') details.store = 'seven-eleven'
  return response
}

describe('the samples of the pages', () => {
  it('are 43', () => expect(samples).toHaveLength(43))

  it.each(samples.filter(({ operation }) => operation === 'createPayment'))('createPayment $payment_method', async (sample) => {
    for (const options of [{ form: formOf(sample) }, { json: sample.body }]) {
      const response = await on({}, (probe) => probe.create(undefined, options))
      expect(differences(response, sample.response)).toEqual([])
    }
  })

  const changing = ['getPayment', 'updatePayment', 'capturePayment', 'cancelPayment', 'refundPayment', 'requestRefund']
  it.each(samples.filter(({ operation }) => changing.includes(operation)))('$operation $payment_method', async (sample) => {
    const response = await on({}, async (probe) => {
      const payment = await before(probe, sample)
      const path = sample.path.replace('/api/v1', '').replace(/payments\/\w+/, `payments/${payment.id}`)
      return probe.send(sample.operation, sample.method, path, sample.form.length > 0 ? { form: formOf(sample) } : {})
    })
    expect(differences(response, expected(sample))).toEqual([])
  })

  it('listPayments', async () => {
    const sample = samples.find(({ operation }) => operation === 'listPayments') as Sample
    const response = await on({}, async (probe) => {
      await probe.create(cash('konbini', { amount: 300, locale: 'en', external_order_num: 'ORDER15' }))
      return probe.list()
    })
    const known = [
      '.data.0.status: authorized, not pending',
      '.data.0.payment_deadline: string, not null',
      '.data.0.payment_details: object, not null',
    ]
    expect(differences(response, sample.response)).toEqual(known)
  })

  it('of accounts, one after the other', async () => {
    const four = samples.filter(({ path }) => path.startsWith('/api/v1/accounts'))
    expect(four).toHaveLength(4)
    await on({}, async (probe) => {
      let id: unknown
      for (const sample of four) {
        const path = sample.path.replace('/api/v1', '').replace(/accounts\/\w+/, `accounts/${id}`)
        const response = await probe.send(sample.operation, sample.method, path, sample.form.length > 0 ? { form: formOf(sample) } : {})
        expect(differences(response, sample.response)).toEqual([])
        id = response.id
      }
    })
  })
})

// ------------------------------------------------------------------------------------------------------------ invariants

/** Every payment that a transcript shows. */
function paymentsOf(steps: readonly Step[]): Fields[] {
  return steps.flatMap(({ body }) => (body.resource === 'list' ? (body.data as Fields[]) : body.resource === 'payment' ? [body] : []))
}

/** Rules that every payment keeps at all times. */
function brokenRules(payment: Fields): string[] {
  const number = (key: string) => payment[key] as number
  const refunded = (payment.refunds as Fields[]).reduce((sum, refund) => sum + (refund.amount as number), 0)
  const near = (a: number, b: number) => Math.abs(a - b) < 1e-6
  const paid = ['captured', 'refunded'].includes(String(payment.status))
  const deadline =
    payment.payment_deadline === null || Date.parse(String(payment.payment_deadline)) > Date.parse(String(payment.created_at))
  const rules: [string, boolean][] = [
    ['the id has 25 characters', /^[0-9a-z]{25}$/.test(String(payment.id))],
    ['total is the sum', near(number('total'), number('amount') + number('tax') + number('payment_method_fee'))],
    ['amount_refunded is the sum of refunds', near(number('amount_refunded'), refunded)],
    ['no more than total is refunded', refunded <= number('total') + 1e-6],
    ['captured_at is set once paid', (payment.captured_at !== null) === paid],
    ['the deadline is later than creation', deadline],
    [
      'metadata is text',
      Object.values(payment.metadata as Fields).every((value) => ['string', 'number', 'boolean', 'object'].includes(typeof value)),
    ],
    ['a refunded payment has no pending refund', payment.status !== 'refunded' || !JSON.stringify(payment.refunds).includes('pending')],
    ['20 properties', Object.keys(payment).length >= 20],
  ]
  return rules.filter(([, kept]) => !kept).map(([rule]) => `${rule}: ${JSON.stringify(payment)}`)
}

/** What no right server does: a failure of its own, or an error without an envelope. */
function brokenResponses(steps: readonly Step[]): string[] {
  const api = steps.filter(({ operation }) => operation !== 'other')
  const broken = ({ status, body, headers }: Step) =>
    !/^content-type: application\/json/im.test(headers) ||
    (status >= 500 && status !== 502) ||
    (status >= 400 && typeof (body.error as Fields)?.code !== 'string')
  return api.filter(broken).map(({ status, request, text }) => `${status} ${request} ${text}`)
}

describe('the right server', () => {
  it.each(Object.keys(scripts))('keeps the rules: %s', async (script) => {
    const steps = await transcript(script)
    expect(paymentsOf(steps).flatMap(brokenRules)).toEqual([])
    expect(brokenResponses(steps)).toEqual([])
    expect((await transcript(script)).map(visible)).toEqual(steps.map(visible))
  })

  it('lists the oldest payment first, failed creations among them', async () => {
    const list = await on({}, async (probe) => {
      for (const number of ['4111111111111111', '4123111111111000'])
        await probe.create(card({ external_order_num: number.slice(-3) }, { number }))
      return probe.list()
    })
    const shown = (list.data as Fields[]).map(({ external_order_num, status, captured_at }) => [
      external_order_num,
      status,
      captured_at === null,
    ])
    expect(shown).toEqual([
      ['111', 'captured', false],
      ['000', 'failed', true],
    ])
  })

  it('counts null and empty text as not given, and gives metadata back as text', async () => {
    const payment = await on({}, (probe) => {
      const nothing = { tax: null, description: '', external_order_num: '', locale: '', customer: null, fraud_details: null, capture: null }
      return probe.create(card({ ...nothing, currency: 'jpy', metadata: { a: 1, b: true, c: { d: [2] }, e: null, f: '' } }))
    })
    expect(payment).toMatchObject({
      tax: 100,
      description: null,
      external_order_num: null,
      locale: 'ja',
      currency: 'JPY',
      status: 'captured',
    })
    expect(payment.metadata).toEqual({ a: '1', b: 'true', c: '{"d":[2]}', f: '' })
  })

  it('refunds cash once it has been fetched', async () => {
    await on({}, async (probe) => {
      const payment = await probe.create(cash('konbini'))
      await probe.pay(payment)
      const refunded = await probe.refund(payment)
      const [refund] = refunded.refunds as Fields[]
      expect([refunded.status, refunded.amount_refunded, refund?.status]).toEqual(['captured', 1100, 'pending'])
      await probe.send('other', 'POST', `/${new URL(String(refund?.redirect_url)).pathname}`)
      const settled = await probe.get(payment)
      expect([settled.status, (settled.refunds as Fields[])[0]?.status]).toEqual(['refunded', 'completed'])
    })
  })

  it('leaves a short prepaid card pending until a second one completes it', async () => {
    await on({}, async (probe) => {
      const payment = await probe.create(other({ type: 'net_cash', prepaid_number: '1'.repeat(20) }, { amount: 3000 }))
      expect(payment).toMatchObject({ status: 'pending', captured_at: null, payment_details: { short_amount: 1300 } })
      const completed = await probe.update(payment, { payment_details: { prepaid_number: '2'.repeat(16) } })
      const cards = [
        { last_four_digits: '1111', points: 2000 },
        { last_four_digits: '2222', points: 1300 },
      ]
      expect(completed).toMatchObject({ status: 'captured', payment_details: { short_amount: 0, prepaid_cards: cards } })
    })
  })

  it('keeps merchants apart, and rejects keys that it does not know', async () => {
    await on({}, async (probe) => {
      const payment = await probe.create(card())
      await probe.get(payment, { key: 'sk_654321' })
      await probe.list('', { key: 'sk_0' })
      expect(probe.steps.map(({ status }) => status)).toEqual([200, 404, 401])
      expect(probe.steps.at(-1)?.headers).toContain('WWW-Authenticate: Basic')
    })
  })

  it('forgets an idempotency key after 24 hours', async () => {
    await on({}, async (probe) => {
      const key = { headers: { 'X-KOMOJU-IDEMPOTENCY': 'once' } }
      const first = await probe.create(card(), key)
      probe.time += 23 * 3_600_000
      expect(await probe.create(card(), key)).toEqual(first)
      probe.time += 3_600_000
      expect((await probe.create(card(), key)).id).not.toBe(first.id)
    })
  })
})

// -------------------------------------------------------------------------------------------------------------- switches

const right = new Map<string, Promise<Step[]>>()

function rightTranscript(script: string): Promise<Step[]> {
  const steps = right.get(script) ?? transcript(script)
  right.set(script, steps)
  return steps
}

/** The first step of any script at which a changed server differs, beginning with the script that is nearest. */
async function firstDifference(options: { fair?: readonly string[]; fault?: string }, nearest: string): Promise<Step | undefined> {
  const order = [nearest, ...Object.keys(scripts).filter((script) => script !== nearest)].filter((script) => script in scripts)
  for (const script of order) {
    const [expectedSteps, steps] = [await rightTranscript(script), await transcript(script, options)]
    const index = steps.findIndex((step, at) => visible(step) !== visible(expectedSteps[at]))
    if (index >= 0) return steps[index]
  }
  return undefined
}

/** What a caller sees of a step, apart from the server's port. */
function visible(step: Step | undefined): string {
  return JSON.stringify([step?.status, step?.headers, step?.text])
}

const reads = ['getPayment', 'listPayments', 'getAccount']

describe('faults', () => {
  it('are at least five of each kind, each with a name of its own', () => {
    expect(new Set(faults.map(({ name }) => name)).size).toBe(faults.length)
    const kinds = [...new Set(faults.map(({ kind }) => kind))]
    expect(kinds).toEqual([...Object.keys(scripts).filter((script) => script !== 'hurry'), 'encoding'].sort(inOrderOf(kinds)))
    for (const kind of kinds) expect(faults.filter((fault) => fault.kind === kind).length, kind).toBeGreaterThanOrEqual(5)
  })

  it.each(faults.map(({ name, operation, kind }) => [name, operation, kind] as const))('%s shows at %s', async (name, operation, kind) => {
    const step = await firstDifference({ fault: name }, kind)
    expect(step, 'no request shows this fault').toBeDefined()
    expect([operation, ...reads], step?.request).toContain(step?.operation)
  })
})

/** Sorts by place in a list: to compare two lists as sets and still see which name is missing. */
function inOrderOf(kinds: readonly FaultKind[]): (a: string, b: string) => number {
  return (a, b) => kinds.indexOf(a as FaultKind) - kinds.indexOf(b as FaultKind)
}

describe('fair variants', () => {
  it('have names of their own, and unknown names are errors', async () => {
    expect(new Set(fairVariants.map(({ name }) => name)).size).toBe(fairVariants.length)
    await expect(createSecondServer({ fair: ['unheard-of'] })).rejects.toThrow('No fair variant "unheard-of"')
    await expect(createSecondServer({ fault: 'unheard-of' })).rejects.toThrow('No fault "unheard-of"')
  })

  it.each(fairVariants)('$name shows at $operation, and keeps the rules', async ({ name, operation }) => {
    const step = await firstDifference({ fair: [name] }, 'ordinary')
    expect(step, 'no request shows this variant').toBeDefined()
    expect([operation, ...reads], step?.request).toContain(step?.operation)
    for (const script of ['side effects', 'lifecycle', 'ordinary']) {
      const steps = await transcript(script, { fair: [name] })
      expect(paymentsOf(steps).flatMap(brokenRules)).toEqual([])
      expect(brokenResponses(steps)).toEqual([])
    }
  })
})

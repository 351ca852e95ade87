/** The build: what it does with a new payment method, with a broken source, and with a source that has not changed. */

import { spawnSync } from 'node:child_process'
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { driftOf } from '../../scripts/check.ts'
import { operationsOf } from '../../src/document.ts'
import { createFront } from '../../src/server/front.ts'
import { serverOf } from '../../src/server/listen.ts'
import { createMock } from '../../src/server/mock.ts'
import { createValidator } from '../../src/validator.ts'
import { exchange, sendValue } from '../server/exchange.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-build-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** A copy of the source to change. */
const copyOfSpec = (name: string) => {
  const copy = join(folder, name)
  cpSync('spec', join(copy, 'spec'), { recursive: true })
  return { spec: join(copy, 'spec'), out: join(copy, 'generated') }
}
const build = ({ spec, out }: { spec: string; out: string }) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['scripts/build.ts', '--spec', spec, '--out', out], { encoding: 'utf8' })
  return { status, output: stdout + stderr }
}

/** A copy of the project, without the cache, and its build. */
const copyOfProject = (place: string) => {
  const copy = join(folder, place)
  for (const name of ['package.json', 'redocly.yaml', '.spectral.yaml', 'scripts', 'src', 'spec'])
    cpSync(name, join(copy, name), { recursive: true })
  mkdirSync(join(copy, 'node_modules'))
  for (const name of readdirSync('node_modules'))
    if (name !== '.cache') symlinkSync(resolve('node_modules', name), join(copy, 'node_modules', name))
  return { copy, run: () => spawnSync(process.execPath, ['scripts/build.ts'], { cwd: copy, encoding: 'utf8' }) }
}

test('without room for a cache it builds, and where it cannot write it says so', { timeout: 120_000 }, () => {
  const { copy, run } = copyOfProject('without-room')
  writeFileSync(join(copy, 'node_modules/.cache'), '')
  writeFileSync(join(copy, 'generated'), '')
  const { status, stdout, stderr } = run()
  expect([status, stdout, stderr]).toEqual([1, '', 'generated/openapi.yaml cannot be written: a file is where a folder should be.\n'])
})

test('the path of the project can have any letters', { timeout: 120_000 }, () => {
  const { copy, run } = copyOfProject('a#b %41 日本語?')
  const { status, stdout, stderr } = run()
  expect([status, stderr]).toEqual([0, ''])
  expect(stdout).toContain('wrote generated/docs/index.html')
  expect(readFileSync(join(copy, 'generated/openapi.json'), 'utf8')).toBe(readFileSync('generated/openapi.json', 'utf8'))
  // Mistakes have their place in it, too.
  appendFileSync(join(copy, 'spec/components/parameters/StatusFilter.yaml'), 'examples: 5\n')
  expect(Object.values(run()).join('')).toContain(' spec/components/parameters/StatusFilter.yaml:')
})

test('a sixteenth method is one folder and a line in each union', { timeout: 120_000 }, async () => {
  const paths = copyOfSpec('sixteenth')
  const { spec, out } = paths
  const method = join(spec, 'payment-methods/pay_pay')
  mkdirSync(join(method, 'examples'), { recursive: true })
  const schema = (kind: string, more: string) => `title: PayPay\ndescription: ${kind}\ntype: object\nrequired: [type, ${more}]\nproperties:
  type:\n    description: Payment method.\n    type: string\n    const: pay_pay\n  ${more}:\n    description: What makes it differ.\n    type: string\n`
  writeFileSync(join(method, 'PayPayRequest.yaml'), `${schema('Pays by PayPay.', 'handle')}additionalProperties: false\nx-source: [sdk]\n`)
  writeFileSync(join(method, 'PayPayDetails.yaml'), `${schema('Paid by PayPay.', 'receipt')}x-source: [sdk]\n`)
  writeFileSync(join(method, 'sandbox.yaml'), 'flow: redirect\n')
  const payment = readFileSync(join(spec, 'payment-methods/line_pay/examples/line_pay-createPayment-response.yaml'), 'utf8')
  writeFileSync(
    join(method, 'examples/pay_pay-createPayment-request.yaml'),
    'summary: Charge by PayPay\nvalue:\n  amount: 1000\n  currency: JPY\n  payment_details:\n    type: pay_pay\n    handle: taro\n',
  )
  writeFileSync(
    join(method, 'examples/pay_pay-createPayment-response.yaml'),
    payment
      .replace(/payment_details:\n(?: {4}.*\n)+/, 'payment_details:\n    type: pay_pay\n    receipt: "77"\n')
      .replace(/id: \w+/, 'id: paypaypaypaypaypaypaypay1'),
  )
  appendFileSync(
    join(spec, 'components/schemas/PaymentDetailsRequest.yaml'),
    '  - $ref: ../../payment-methods/pay_pay/PayPayRequest.yaml\n',
  )
  appendFileSync(join(spec, 'components/schemas/PaymentDetails.yaml'), '  - $ref: ../../payment-methods/pay_pay/PayPayDetails.yaml\n')

  expect(build(paths)).toMatchObject({ status: 0 })
  const document = JSON.parse(readFileSync(join(out, 'openapi.json'), 'utf8'))
  expect(document.components.schemas.PaymentDetailsRequest.discriminator.mapping.pay_pay).toBe('#/components/schemas/PayPayRequest')
  expect(readFileSync(join(out, 'schema.d.ts'), 'utf8')).toContain('export type PayPayRequest')
  expect(readFileSync(join(out, 'docs/index.html'), 'utf8')).toContain('Charge by PayPay')

  const server = serverOf(await createFront({ document, validator: createValidator(document), handler: await createMock(document) }))
  const payments = `${await server.listen()}/api/v1/payments`
  const create = operationsOf(document).find(({ operationId }) => operationId === 'createPayment')!
  for (const encoding of ['json', 'form'] as const) {
    const response = await sendValue(payments, 'POST', create.request!.examples.pay_pay!.value, encoding)
    expect(response).toMatchObject({ status: 200, body: { payment_details: { type: 'pay_pay', receipt: '77' } } })
  }
  expect(await exchange(`${payments}/paypaypaypaypaypaypaypay1`)).toMatchObject({ body: { payment_details: { type: 'pay_pay' } } })
  await server.close()
})

describe('a broken source writes nothing and names the file, the line and the fix', () => {
  const breaks: [name: string, file: string, change: (text: string) => string, message: RegExp][] = [
    [
      'a reference to nowhere',
      'paths/payments.yaml',
      (text) => text.replace('PaymentList.yaml', 'Nothing.yaml'),
      /spec\/paths\/payments\.yaml:\d+[\s\S]*Nothing\.yaml/,
    ],
    [
      'an example that does not conform',
      'payment-methods/konbini/examples/konbini-createPayment-request.yaml',
      (text) => text.replace('amount: 1000', 'amount: -1'),
      /konbini-createPayment-request\.yaml:\d+[\s\S]*amount/,
    ],
    [
      'a member of a union without its tag',
      'payment-methods/paidy/PaidyRequest.yaml',
      (text) => text.replace(/ +const: paidy\n/, ''),
      /PaidyRequest\.yaml: .*`const: konbini`/,
    ],
    [
      'a property without a description',
      'components/schemas/Refund.yaml',
      (text) => text.replace(/ +description: Whether the customer's bank.*\n/, ''),
      /Refund\.yaml, generated\/openapi\.yaml:\d+:\d+\n {2}described: `chargeback` has no description/,
    ],
    [
      'a method without its sandbox.yaml',
      'payment-methods/paidy/sandbox.yaml',
      () => '',
      /paidy\/sandbox\.yaml is empty\. Write at least `flow: redirect`/,
    ],
    [
      'a flow that does not exist',
      'payment-methods/paidy/sandbox.yaml',
      () => 'flow: sideways\n',
      /paidy\/sandbox\.yaml: flow must be like one of card/,
    ],
    ['text that is no YAML', 'components/schemas/Locale.yaml', () => 'type: [', /Locale\.yaml:\d+/],
  ]
  test.for(breaks)('%s', { timeout: 60_000 }, ([name, file, change, message]) => {
    const paths = copyOfSpec(name.replaceAll(' ', '-'))
    const target = join(paths.spec, file)
    writeFileSync(target, change(readFileSync(target, 'utf8')))
    const { status, output } = build(paths)
    expect(status).toBe(1)
    expect(output).toMatch(message)
    expect(output).not.toMatch(/\n\s+at .*:\d+:\d+/)
    expect(existsSync(paths.out)).toBe(false)
  })
})

describe('check', () => {
  test('agrees with a fresh build, and shows what is edited, missing and left over', { timeout: 60_000 }, async () => {
    const out = join(folder, 'checked')
    mkdirSync(out)
    cpSync('generated', out, { recursive: true, filter: (file) => file !== join('generated', 'docs') })
    expect(await driftOf(resolve('spec'), out)).toEqual([])
    writeFileSync(join(out, 'openapi.yaml'), readFileSync(join(out, 'openapi.yaml'), 'utf8').replace('Take payments', 'Take money'))
    rmSync(join(out, 'schema.d.ts'))
    writeFileSync(join(out, 'old.txt'), '')
    const drift = await driftOf(resolve('spec'), out)
    expect(drift).toHaveLength(3)
    expect(drift[0]).toMatch(/-.*Take money[\s\S]*\+.*Take payments/)
    expect(drift[1]).toContain('generated/schema.d.ts differs')
    expect(drift[2]).toContain('generated/old.txt is not written by the build')
  })
})

test('--help explains the build', () => {
  const { stdout, status } = spawnSync(process.execPath, ['scripts/build.ts', '--help'], { encoding: 'utf8' })
  expect({ status, stdout }).toEqual({ status: 0, stdout: expect.stringContaining('--spec <folder>') })
})

/** What the type of createPayment's body has to take, and what it must not. */
import type { Generator } from './tools.ts'

const payment = "amount: 1000, currency: 'JPY' as const"

/** Bodies that have to compile. */
const right: Record<string, string> = {
  konbini: `{ ${payment}, payment_details: { type: 'konbini', store: 'lawson', email: 'taro@example.com' } }`,
  card: `{ ${payment}, payment_details: { type: 'credit_card', number: '4111111111111111', month: 12, year: 2030, name: 'Taro Yamada' } }`,
  token: `{ ${payment}, payment_details: 'tok_1a2b3c' }`,
  customer: `{ ${payment}, customer: 'cus_1a2b3c' }`,
}

/** Bodies that must not compile. */
const wrong: Record<string, string> = {
  'wrong store': `{ ${payment}, payment_details: { type: 'konbini', store: 'lawsonn', email: 'taro@example.com' } }`,
  'unknown property': `{ ${payment}, order_id: 1, payment_details: { type: 'konbini', store: 'lawson', email: 'taro@example.com' } }`,
  "another method's property": `{ ${payment}, payment_details: { type: 'konbini', store: 'lawson', email: 'taro@example.com', prepaid_number: '1' } }`,
  neither: `{ ${payment} }`,
  both: `{ ${payment}, payment_details: 'tok_1a2b3c', customer: 'cus_1a2b3c' }`,
}

/** Text of a module that compiles where the type is right. Each body is on its own line, so that an error tells which it is about. */
export const probeOf = ({ body }: Generator): string => {
  const isValue = body.type.includes('typeof')
  const lines = [
    `import ${isValue ? '' : 'type '}{ ${body.imports} } from '${body.from}'`,
    `type Body = ${body.type}`,
    ...Object.entries(right).map(([name, text], index) => `export const right${index}: Body = ${text} // ${name}`),
    ...Object.entries(wrong).flatMap(([name, text], index) => [
      '// @ts-expect-error',
      `export const wrong${index}: Body = ${text} // ${name}`,
    ]),
  ]
  return `${lines.join('\n')}\n`
}

/** Reads what the compiler said about a probe. @returns names of bodies that it should have taken, and of those it should not have */
export const readCompiler = (probe: string, output: string) => {
  const lines = probe.split('\n')
  const rejected: string[] = []
  const accepted: string[] = []
  const others: string[] = []
  for (const [, file = '', line = '0', message = ''] of output.matchAll(/^(\S+?)\((\d+),\d+\): error (TS\d+: [^\n]*)/gm)) {
    if (!file.endsWith('probe.ts')) others.push(`${file}: ${message}`)
    else if (message.startsWith('TS2578')) accepted.push(lines[Number(line)]?.split(' // ').at(-1) ?? message)
    else rejected.push(lines[Number(line) - 1]?.split(' // ')[1] ?? message)
  }
  return { rejected: [...new Set(rejected)], accepted: [...new Set(accepted)], others }
}

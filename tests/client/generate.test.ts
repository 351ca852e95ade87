/** The build step that writes the client's methods. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { clientOf } from '../../scripts/client/index.ts'

const json = readFileSync('generated/openapi.json', 'utf8')

/** The client of the document after a change. */
// biome-ignore lint/suspicious/noExplicitAny: the document is plain JSON.
const clientAfter = (change: (document: any) => void) => {
  const document = JSON.parse(json)
  change(document)
  return clientOf(JSON.stringify(document))
}

describe('an operation added to the document', () => {
  test('becomes a method, with its description and its own errors', async () => {
    const client = await clientAfter(({ paths }) => {
      const capture = paths['/payments/{id}/capture']
      paths['/payments/{id}/chargeback'] = {
        parameters: capture.parameters,
        post: {
          ...paths['/payments/{id}/refund'].post,
          operationId: 'chargebackPayment',
          summary: 'Charge a payment back',
          description: 'Takes money back. See `refundPayment`.',
          responses: {
            ...capture.post.responses,
            418: { ...capture.post.responses[200], description: 'Short and stout.' },
            422: { ...capture.post.responses[200], description: 'Too late.' },
          },
        },
      }
    })
    expect(client).toContain(`  /**
   * Charge a payment back.
   *
   * Takes money back. See \`payments.refund\`.
   *
   * @param id Identifier of the payment.
   * @throws {KomojuError} 418: Short and stout. 422: Too late.
   */
  chargeback(id: string, body?: RefundPaymentRequest, options?: CallOptions): ApiPromise<Payment> {
    return this.#call('POST', '/payments/{id}/chargeback', { path: { id }, body }, options)
  }`)
  })

  test('keeps its name where it is about something else', async () => {
    const client = await clientAfter(({ paths }) => {
      paths['/accounts/{id}'].get.operationId = 'inspectSettlement'
    })
    expect(client).toContain('  inspectSettlement(id: string, options?: CallOptions): ApiPromise<Account> {')
  })

  test('under a new tag becomes a resource', async () => {
    const client = await clientAfter(({ paths, tags }) => {
      tags.push({ name: 'Tokens', description: 'Tokens of cards.' })
      paths['/tokens/{id}'] = {
        ...paths['/accounts/{id}'],
        get: { ...paths['/accounts/{id}'].get, operationId: 'getToken', tags: ['Tokens'] },
      }
      delete paths['/tokens/{id}'].patch
    })
    expect(client).toContain('/** Tokens of cards. */\nexport class Tokens {')
    expect(client).toContain('  readonly tokens: Tokens\n')
    expect(client).toContain('    this.tokens = new Tokens(call)\n')
  })
})

describe('what cannot become a method is rejected, with the fix', () => {
  test('two operations of one name', async () => {
    const build = () =>
      clientAfter(({ paths }) => {
        paths['/payments'].get.operationId = 'getPayments'
      })
    await expect(build()).rejects.toThrow('Two operations of the tag Payments would be called get. Rename one operationId.')
  })

  test('a success without a name', async () => {
    const build = () =>
      clientAfter(({ paths }) => {
        paths['/payments/{id}'].get.responses[200].content['application/json'].schema = { type: 'object' }
      })
    await expect(build()).rejects.toThrow('Success of getPayment has no name: move its schema to spec/components/schemas/.')
  })
})

test('a list is told by its page parameter', async () => {
  expect(await clientOf(json)).toContain('list(query?: ListPaymentsQuery, options?: CallOptions): Pages<PaymentList> {')
})

test('the client is built from the document alone: twice the same', async () => {
  const client = await clientOf(json)
  expect(await clientOf(json)).toBe(client)
  expect(client).toBe(readFileSync('generated/client.ts', 'utf8'))
})

/** What comes back: the body as the samples show theirs, its headers, and where a sandbox shows the payment. */
import { isJsonObject, jsonObjectOf } from '../../../src/json-object.ts'
import { element } from './dom.ts'
import { isExample } from './ids.ts'
import { type Token, tokensOf } from './json-text.ts'
import { word } from './words.ts'

/** Elements of the highlighted blocks. */
const elements: Record<Token['kind'], string> = { name: 'var', string: 's', literal: 'b', mark: '' }

/** A text with its tokens in the elements that carry their colours. What is no JSON stays a text. */
const highlighted = (text: string): (Node | string)[] => {
  const { tokens, end } = tokensOf(text)
  if (end < text.length) return [text]
  let from = 0
  const parts = tokens.flatMap(({ kind, text: token, start, end: to }) => {
    const tag = elements[kind]
    if (!tag) return []
    const parts = [text.slice(from, start), element(tag, {}, token)]
    from = to
    return parts
  })
  return [...parts, text.slice(from)]
}

const parsed = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

const newTab = (href: string, text: string) => element('a', { href, target: '_blank', rel: 'noopener' }, text)

/** Links to the pages on which a sandbox shows a payment: to the merchant, and to the customer where there is such a page. */
const pageLinks = (server: string, body: unknown): HTMLElement[] => {
  if (!isJsonObject(body) || body.resource !== 'payment' || typeof body.id !== 'string' || isExample(body.id)) return []
  const { instructions_url: instructions, redirect_url: redirect } = jsonObjectOf(body.payment_details)
  const customerPage = [instructions, redirect].find((url) => typeof url === 'string' && url.startsWith(`${server}/`))
  return [
    element(
      'p',
      { class: 'result-links' },
      newTab(`${server}/sandbox/payments/${encodeURIComponent(body.id)}`, word('dashboardPage')),
      ...(customerPage ? [newTab(String(customerPage), word('customerPage'))] : []),
    ),
  ]
}

const headersOf = ({ headers }: Response) =>
  element(
    'details',
    { class: 'result-headers' },
    element('summary', {}, word('headers')),
    element('pre', { tabindex: '0', 'aria-label': word('headers') }, [...headers].map(([name, value]) => `${name}: ${value}`).join('\n')),
  )

/**
 * Reads a response, and makes what is shown of it below its status.
 * @param server that the request went to, without a trailing slash
 */
export const readResponse = async (response: Response, server: string): Promise<{ body: unknown; parts: HTMLElement[] }> => {
  const text = await response.text()
  const body = parsed(text)
  const shown = body === undefined ? text : JSON.stringify(body, null, 2)
  const copy = element('button', { type: 'button', class: 'copy', 'data-done': word('copied') }, word('copy'))
  const code = element('pre', { class: 'result-body', tabindex: '0', 'aria-label': word('response') })
  code.append(element('code', {}, ...highlighted(shown)))
  const head = element('div', { class: 'code-head' }, element('span', {}, word('response')), copy)
  return { body, parts: [...pageLinks(server, body), element('div', { class: 'code' }, head, code), headersOf(response)] }
}

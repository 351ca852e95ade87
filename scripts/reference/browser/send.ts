/** "Send": makes the request of a sample, to the mock or the sandbox that serves the page, or to one on this machine. */
import { closest, element, first } from './dom.ts'
import { chosenServer } from './server.ts'
import { word } from './words.ts'

const isServed = location.protocol.startsWith('http')
const testKey = 'sk_test_123456'
const loopback = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?$/

const field = (label: string, control: HTMLElement) => element('label', {}, element('span', {}, label), control)

const inputOf = (value: string, attributes: Record<string, string> = {}) =>
  element('input', { value, autocomplete: 'off', spellcheck: 'false', ...attributes })

/** What is wrong with what is to be sent, as a text for the reader; undefined for a request that can go. */
const problemOf = (server: string, key: string, body: string | undefined): string | undefined => {
  if (/^sk_live_/i.test(key)) return word('liveKey')
  if (!/^sk_\S+$/.test(key)) return word('noKey')
  if (server !== location.origin && !loopback.test(server)) return word('badAddress')
  if (body === undefined) return
  try {
    JSON.parse(body)
    return
  } catch (error) {
    return word('badBody', { reason: error instanceof Error ? error.message : String(error) })
  }
}

const indented = (text: string) => {
  try {
    return JSON.stringify(JSON.parse(text), null, 2)
  } catch {
    return text
  }
}

/** Shows a response: status, time, headers, body. */
const responseOf = async (response: Response, ms: number): Promise<HTMLElement> => {
  const headers = [...response.headers].map(([name, value]) => `${name}: ${value}`).join('\n')
  const status = element(
    'p',
    { class: `result-status ${response.ok ? 'good' : 'bad'}` },
    element('strong', {}, `${response.status} ${response.statusText}`.trim()),
    ' ',
    word('time', { ms: ms.toFixed(0) }),
  )
  const folded = element(
    'details',
    { class: 'result-headers' },
    element('summary', {}, word('headers')),
    element('pre', { tabindex: '0' }, headers),
  )
  return element(
    'div',
    {},
    status,
    folded,
    element('pre', { class: 'result-body', tabindex: '0', 'aria-label': word('response') }, indented(await response.text())),
  )
}

type Controls = {
  server: HTMLInputElement
  key: HTMLInputElement
  path: HTMLInputElement
  body: HTMLTextAreaElement | null
  result: HTMLElement
}

const controlsOf = (form: HTMLElement): Controls | undefined => {
  const [server, key, path] = ['server', 'key', 'path'].map((name) => first<HTMLInputElement>(`[name=${name}]`, form))
  const result = first('.result', form)
  return server && key && path && result ? { server, key, path, body: first<HTMLTextAreaElement>('textarea', form), result } : undefined
}

/** Sends what the form holds, and shows what comes back or what is wrong. */
const send = async (form: HTMLElement, method: string) => {
  const controls = controlsOf(form)
  if (!controls) return
  const { server, key, path, body, result } = controls
  const address = server.value.trim().replace(/\/+$/, '')
  const problem = problemOf(address, key.value.trim(), body?.value)
  if (problem) return result.replaceChildren(element('p', { class: 'result-status bad' }, problem))
  result.replaceChildren(element('p', {}, word('sending')))
  const started = performance.now()
  try {
    const headers = { Authorization: `Basic ${btoa(`${key.value.trim()}:`)}`, ...(body && { 'Content-Type': 'application/json' }) }
    const response = await fetch(`${address}/api/v1${path.value}`, {
      method,
      headers,
      ...(body && { body: body.value }),
      credentials: 'omit',
    })
    result.replaceChildren(await responseOf(response, performance.now() - started))
  } catch {
    result.replaceChildren(element('p', { class: 'result-status bad' }, word('failed')))
  }
}

/** Makes the form of one sample. */
const formOf = ({ method = 'GET', path = '', body = '' }: DOMStringMap): HTMLElement => {
  const chosen = chosenServer().replace(/\/api\/v1$/, '')
  const address = loopback.test(chosen) ? chosen : isServed ? location.origin : ''
  const hasBody = method !== 'GET'
  const area = element('textarea', { rows: String(Math.min(16, body.split('\n').length + 1)), spellcheck: 'false' }, body || '{}')
  return element(
    'form',
    { class: 'send-form' },
    field(word('address'), inputOf(address, { name: 'server', placeholder: 'http://127.0.0.1:4010', inputmode: 'url' })),
    field(word('key'), inputOf(testKey, { name: 'key' })),
    field(method, inputOf(path, { name: 'path' })),
    ...(hasBody ? [field(word('body'), area)] : []),
    element('button', { class: 'button primary' }, word('send')),
    element('div', { class: 'result', 'aria-live': 'polite' }),
  )
}

/** Makes every "Send" open its form. */
export const startSend = () => {
  document.addEventListener('click', (event) => {
    const button = closest(event, '.open-send')
    const place = button?.closest<HTMLElement>('.send')
    if (!button || !place) return
    const form = formOf(place.dataset)
    place.replaceChildren(form)
    first('input', form)?.focus()
  })
  document.addEventListener('submit', (event) => {
    const form = closest(event, '.send-form')
    if (!form) return
    event.preventDefault()
    void send(form, form.closest<HTMLElement>('.send')?.dataset.method ?? 'GET')
  })
}

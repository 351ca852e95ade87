/** "Send": makes the request of a sample, to the mock or the sandbox that serves the page, or to one on this machine. */
import { exampleKey } from '../../../src/example-key.ts'
import { type BodyCheck, createBodyCheck } from './body-check.ts'
import { closest, element, first } from './dom.ts'
import { createEditor, type Editor } from './editor.ts'
import { keepId, missingIdHint, pathWithLatestId } from './ids.ts'
import { readResponse } from './response.ts'
import { chosenServer } from './server.ts'
import { word } from './words.ts'

const isServed = location.protocol.startsWith('http')
const loopback = /^http:\/\/(?:127\.0\.0\.1|localhost)(?::\d+)?$/

let bodyCheck: BodyCheck | undefined
const problemsOf = (operationId: string, text: string) => {
  bodyCheck ??= createBodyCheck(JSON.parse(document.getElementById('request-schemas')?.textContent ?? '{}'))
  return bodyCheck.problemsOf(operationId, text)
}

/** Address that a form begins with: the one that the samples name, or that of the page. */
const firstServer = () => {
  const chosen = chosenServer().replace(/\/api\/v1$/, '')
  return loopback.test(chosen) ? chosen : isServed ? location.origin : ''
}

const inputOf = (value: string, attributes: Record<string, string>) => {
  const input = document.createElement('input')
  for (const [name, text] of Object.entries({ value, autocomplete: 'off', spellcheck: 'false', ...attributes }))
    input.setAttribute(name, text)
  return input
}

const field = (label: string, control: HTMLElement) => element('label', { class: 'field' }, element('span', {}, label), control)

/** What is wrong with where a request goes and with its key, as a text for the reader; undefined for one that can go. */
const problemOf = (server: string, key: string): string | undefined => {
  if (/^sk_live_/i.test(key)) return word('liveKey')
  if (!/^sk_\S+$/.test(key)) return word('noKey')
  return server !== location.origin && !loopback.test(server) ? word('badAddress') : undefined
}

type Form = {
  element: HTMLFormElement
  server: HTMLInputElement
  key: HTMLInputElement
  path: HTMLInputElement
  /** Path of the example. */
  examplePath: string
  /** Says that the path has another id. */
  pathNote: HTMLElement
  /** Undefined for a request without a body. */
  editor: Editor | undefined
  /** What is read aloud: status and time, or why nothing was sent. */
  status: HTMLElement
  result: HTMLElement
  pending?: AbortController
}

/** All forms that were opened. */
const forms: Form[] = []

const accessOf = ({ server, key }: Form) => ({ server: server.value.trim().replace(/\/+$/, ''), key: key.value.trim() })

/** Puts the id that was returned last into the path, unless the reader wrote a path. */
const fillId = (form: Form) => {
  const { path, examplePath, pathNote, result } = form
  if (path.value !== (path.dataset.filled ?? examplePath)) return
  const filled = pathWithLatestId(accessOf(form), examplePath)
  path.value = filled ?? examplePath
  path.dataset.filled = path.value
  pathNote.hidden = filled === undefined
  if (filled) first('.result-hint', result)?.remove()
}

const request = ({ key, editor }: Form, method: string): RequestInit => {
  const body = editor?.text().trim() ? editor.text() : undefined
  const headers = { Authorization: `Basic ${btoa(`${key.value.trim()}:`)}`, ...(body && { 'Content-Type': 'application/json' }) }
  return { method, headers, ...(body && { body }), credentials: 'omit' }
}

const showStatus = ({ status }: Form, kind: 'good' | 'bad', ...content: (Node | string)[]) => {
  status.className = `result-status ${kind}`
  status.replaceChildren(...content)
}

/** Sends what the form holds, and shows what comes back or what is wrong. A body with errors goes, too: its error is worth seeing. */
const send = async (form: Form, method: string) => {
  const { path, examplePath, editor, status, result } = form
  editor?.check()
  // A request that is still under way would overwrite what comes of this one.
  form.pending?.abort()
  const pending = new AbortController()
  form.pending = pending
  status.replaceChildren()
  result.replaceChildren()
  const access = accessOf(form)
  const problem = problemOf(access.server, access.key)
  if (problem) return showStatus(form, 'bad', problem)
  result.append(element('p', {}, word('sending')))
  const started = performance.now()
  try {
    const response = await fetch(`${access.server}/api/v1${path.value}`, { ...request(form, method), signal: pending.signal })
    const time = word('time', { ms: (performance.now() - started).toFixed(0) })
    const { body, parts } = await readResponse(response, access.server)
    const isUnknownExample = response.status === 404 && path.value === examplePath
    result.replaceChildren(...(isUnknownExample ? [missingIdHint(examplePath)] : []), ...parts)
    if (response.ok) keepId(access, path.value, body)
    for (const other of forms) fillId(other)
    const code = element('strong', {}, `${response.status} ${response.statusText}`.trim())
    showStatus(form, response.ok ? 'good' : 'bad', code, ' ', element('span', {}, time))
  } catch {
    if (pending.signal.aborted) return
    result.replaceChildren()
    showStatus(form, 'bad', word('failed'))
  }
}

/** Makes the form of one sample. */
const createForm = ({ method = 'GET', path = '', body = '' }: DOMStringMap, operationId: string): Form => {
  const form = document.createElement('form')
  form.className = 'send-form'
  form.setAttribute('aria-label', `${word('send')}: ${method} ${path}`)
  const server = inputOf(firstServer(), { name: 'server', placeholder: 'http://127.0.0.1:4010', inputmode: 'url' })
  const key = inputOf(exampleKey, { name: 'key' })
  const pathNote = element('p', { class: 'field-note', id: `path-note-${forms.length}`, hidden: '' }, word('latestId'))
  const pathInput = inputOf(path, { name: 'path', 'aria-describedby': pathNote.id })
  const editor = method === 'GET' ? undefined : createEditor(body || '{}', (text) => problemsOf(operationId, text))
  const status = element('p', { class: 'result-status', role: 'status' })
  const result = element('div', { class: 'result' })
  form.append(
    element('div', { class: 'send-places' }, field(word('address'), server), field(word('key'), key)),
    element('div', {}, field(method, pathInput), pathNote),
    ...(editor ? [editor.element] : []),
    element(
      'div',
      { class: 'send-actions' },
      element('button', { class: 'button primary' }, word('send')),
      element('button', { type: 'button', class: 'button close-send' }, word('close')),
      status,
    ),
    result,
  )
  const made = { element: form, server, key, path: pathInput, examplePath: path, pathNote, editor, status, result }
  pathInput.addEventListener('input', () => {
    pathNote.hidden = true
  })
  for (const input of [server, key]) input.addEventListener('input', () => fillId(made))
  forms.push(made)
  fillId(made)
  return made
}

/** Makes the button open its form, once made, and the form close. */
const open = (button: HTMLElement, place: HTMLElement) => {
  const known = first<HTMLFormElement>('.send-form', place)
  if (!known) {
    const { method = 'GET' } = place.dataset
    const form = createForm(place.dataset, place.closest<HTMLElement>('[data-operation]')?.dataset.operation ?? '')
    form.element.addEventListener('submit', (event) => {
      event.preventDefault()
      void send(form, method)
    })
    place.append(form.element)
  }
  if (known) known.hidden = false
  button.hidden = true
  first('input', place)?.focus()
}

const close = (form: HTMLElement) => {
  form.hidden = true
  const button = first('.open-send', form.parentElement ?? form)
  if (!button) return
  button.hidden = false
  button.focus()
}

/** Makes every "Send" open its form. */
export const startSend = () => {
  document.addEventListener('click', (event) => {
    const button = closest(event, '.open-send')
    if (button?.parentElement) open(button, button.parentElement)
    const form = closest(event, '.close-send')?.closest<HTMLElement>('.send-form')
    if (form) close(form)
  })
  document.addEventListener('keydown', (event) => {
    const form = event.key === 'Escape' && !event.isComposing ? closest(event, '.send-form') : null
    if (form) close(form)
  })
  // Forms follow the server that the samples name.
  first('.choose-server')?.addEventListener('change', () => {
    for (const form of forms) {
      form.server.value = firstServer()
      fillId(form)
    }
  })
}

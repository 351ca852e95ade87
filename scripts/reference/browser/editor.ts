/** The field for a body: its lines are numbered, and what is wrong is listed below it while one types. */
import type { Problem } from './body-check.ts'
import { element, withCode } from './dom.ts'
import { textsOf } from './problem-texts.ts'
import { word } from './words.ts'

const maxRows = 16
/** How long one has to stop typing until the list changes: it is read aloud. */
const pauseMs = 300

export type Editor = {
  element: HTMLElement
  /** What is in the field. */
  text: () => string
  /** Shows now what is wrong. */
  check: () => void
}

/** The text, the numbers beside it, and the list below. */
type Parts = { area: HTMLTextAreaElement; lines: HTMLElement; list: HTMLElement }

let editors = 0

/** Width of a letter: the numbers of the lines have the font of the text. */
const letterWidth = (lines: HTMLElement) => {
  const range = document.createRange()
  range.selectNodeContents(lines.firstElementChild ?? lines)
  return range.getBoundingClientRect().width / Math.max(1, range.toString().length)
}

/** Selects what a problem is about and scrolls it into view, which a field does not do by itself. */
const select = ({ area, lines }: Parts, { span, line, column }: Problem) => {
  area.focus({ preventScroll: true })
  area.setSelectionRange(span.start, span.end)
  const lineHeight = Number.parseFloat(getComputedStyle(area).lineHeight)
  area.scrollTo({ top: line * lineHeight - area.clientHeight / 2, left: column * letterWidth(lines) - area.clientWidth / 2 })
  area.scrollIntoView({ block: 'nearest' })
}

const problemItem = (problem: Problem, parts: Parts) => {
  const { name, place, message } = textsOf(problem)
  const button = element(
    'button',
    { type: 'button', class: 'problem' },
    element('span', {}, element('code', {}, name), ' ', ...withCode(message)),
    ' ',
    element('span', { class: 'problem-place' }, place),
  )
  button.addEventListener('click', () => select(parts, problem))
  return element('li', {}, button)
}

const showLines = ({ lines, area }: Parts, problems: Problem[]) => {
  const wrong = new Set(problems.map(({ line }) => line))
  const numbers = area.value
    .split('\n')
    .map((_line, index) => element('span', wrong.has(index + 1) ? { class: 'wrong' } : {}, String(index + 1)))
  lines.replaceChildren(...numbers)
  lines.scrollTop = area.scrollTop
}

const showList = (parts: Parts, problems: Problem[]) => {
  const { list } = parts
  if (problems.length === 0) return list.replaceChildren()
  list.replaceChildren(
    element('p', {}, word('problems', { count: problems.length })),
    element('ul', {}, ...problems.map((problem) => problemItem(problem, parts))),
  )
}

const areaOf = (id: string, text: string) => {
  const area = document.createElement('textarea')
  const rows = Math.min(maxRows, text.split('\n').length + 1)
  Object.assign(area, { id: `${id}-text`, value: text, rows, wrap: 'off', spellcheck: false, autocapitalize: 'off' })
  return area
}

/**
 * Makes the field.
 * @param problemsOf what is wrong with a text, from top to bottom
 */
export const createEditor = (text: string, problemsOf: (text: string) => Problem[]): Editor => {
  const id = `body-${++editors}`
  const area = areaOf(id, text)
  const lines = element('div', { class: 'editor-lines', 'aria-hidden': 'true' })
  const list = element('div', { class: 'problems', id: `${id}-problems`, 'aria-live': 'polite' })
  const parts = { area, lines, list }
  let shown = ''
  let timer: ReturnType<typeof setTimeout> | undefined

  const check = () => {
    clearTimeout(timer)
    const problems = problemsOf(area.value)
    showLines(parts, problems)
    const now = JSON.stringify(problems)
    if (now === shown) return
    shown = now
    showList(parts, problems)
    area.setAttribute('aria-invalid', String(problems.length > 0))
    if (problems.length > 0) area.setAttribute('aria-describedby', list.id)
    else area.removeAttribute('aria-describedby')
  }

  area.addEventListener('input', () => {
    clearTimeout(timer)
    timer = setTimeout(check, pauseMs)
    if (area.value.split('\n').length !== lines.childElementCount) showLines(parts, [])
  })
  area.addEventListener('scroll', () => {
    lines.scrollTop = area.scrollTop
  })
  check()
  const field = element('div', { class: 'editor' }, lines, area)
  return {
    element: element('div', { class: 'field' }, element('label', { for: area.id }, word('body')), field, list),
    text: () => area.value,
    check,
  }
}

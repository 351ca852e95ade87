/** The search: a dialog that finds every place of the page while one types. */
import MiniSearch, { type SearchResult } from 'minisearch'
import { all, closest, element, first } from './dom.ts'
import { type Entry, readEntries } from './index-entries.ts'
import { tokensOf } from './tokens.ts'
import { word } from './words.ts'

const maxResults = 12
/** Letters of context that a result shows. */
const contextLength = 110

const dialog = first<HTMLDialogElement>('dialog.search')
const input = first<HTMLInputElement>('dialog.search input')
const list = first('#search-results')
const empty = first('.search-empty')

let index: MiniSearch<Entry> | undefined
let entries = new Map<string, Entry>()

/** `codes` finds `code`, and the other way round. */
const singular = (word: string) => (word.length > 3 ? word.replace(/(?<!s)s$/, '') : word)

const startIndex = () => {
  if (index) return index
  const found = readEntries()
  entries = new Map(found.map((entry) => [entry.id, entry]))
  index = new MiniSearch<Entry>({ fields: ['title', 'name', 'context', 'text'], tokenize: tokensOf, processTerm: singular })
  index.addAll(found)
  return index
}

const isExact = ({ name, title }: Entry, words: string) => [...name.toLowerCase().split(' '), title.toLowerCase()].includes(words)

/** How many letters of a word may be others: one typing mistake in a word of some length, two in a long one. */
const mistakesIn = (word: string) => (word.length < 5 ? 0 : word.length < 9 ? 1 : 2)

/**
 * Entries that fit, best first: what is called exactly so, then by how often and where the words stand.
 * @returns the entries, and whether they only resemble the words
 */
export const resultsFor = (words: string): { found: Entry[]; isSimilar: boolean } => {
  const wanted = words.trim().toLowerCase()
  const options = { boost: { title: 4, name: 5, context: 1 }, prefix: true, combineWith: 'AND' as const }
  const weight = (id: unknown) => {
    const entry = entries.get(String(id))
    return entry ? entry.weight * (isExact(entry, wanted) ? 10 : 1) : 1
  }
  const minisearch = startIndex()
  const ways = [
    options,
    { ...options, fuzzy: mistakesIn },
    // Some of the words, if they are long enough to mean something.
    {
      ...options,
      fuzzy: mistakesIn,
      prefix: false,
      combineWith: 'OR' as const,
      processTerm: (term: string) => term.length > 4 && singular(term),
    },
  ]
  let isSimilar = false
  let found: SearchResult[] = []
  for (const way of ways) {
    found = minisearch.search(words, { ...way, boostDocument: weight })
    isSimilar = way !== options
    if (found.length > 0) break
  }
  return { found: found.slice(0, maxResults).flatMap(({ id }) => entries.get(String(id)) ?? []), isSimilar }
}

/** The piece of a text around the longest word that was looked for, which is marked. It begins and ends between words, where spaces are near. */
const excerpt = (text: string, words: string): (Node | string)[] => {
  const lower = text.toLowerCase()
  const [token = ''] = [...words.toLowerCase().split(/\s+/), ...tokensOf(words)]
    .filter((word) => lower.includes(word))
    .sort((one, other) => other.length - one.length)
  const at = lower.indexOf(token)
  const start = at < 40 ? 0 : at - 40 + (text.slice(at - 40, at).indexOf(' ') + 1)
  const whole = text.slice(start, start + contextLength)
  const space = whole.lastIndexOf(' ')
  const end = start + (space > contextLength - 20 && start + whole.length < text.length ? space : whole.length)
  return [
    `${start > 0 ? '… ' : ''}${text.slice(start, at)}`,
    element('mark', {}, text.slice(at, at + token.length)),
    `${text.slice(at + token.length, end)}${end < text.length ? ' …' : ''}`,
  ]
}

const resultItem = ({ place, title, context, text }: Entry, words: string, position: number) =>
  element(
    'a',
    { role: 'option', id: `result-${position}`, 'aria-selected': String(position === 0), href: `#${place}`, tabindex: '-1' },
    element('strong', {}, title),
    element('span', { class: 'result-context' }, context),
    element('span', { class: 'result-text' }, ...excerpt(text, words)),
  )

const select = (position: number) => {
  const options = all('a', list ?? document)
  const wanted = options[(position + options.length) % options.length]
  for (const option of options) option.setAttribute('aria-selected', String(option === wanted))
  wanted?.scrollIntoView({ block: 'nearest', behavior: 'instant' })
  if (wanted) input?.setAttribute('aria-activedescendant', wanted.id)
}

const selected = () => all('a', list ?? document).findIndex((option) => option.getAttribute('aria-selected') === 'true')

const show = () => {
  const words = input?.value ?? ''
  const { found, isSimilar } = words.trim() === '' ? { found: [], isSimilar: false } : resultsFor(words)
  list?.replaceChildren(...found.map((entry, position) => resultItem(entry, words, position)))
  empty?.toggleAttribute('hidden', words.trim() === '' || (found.length > 0 && !isSimilar))
  empty?.replaceChildren(word(found.length > 0 ? 'similar' : 'nothingFound'))
  if (found.length > 0) select(0)
  else input?.removeAttribute('aria-activedescendant')
}

const open = () => {
  dialog?.showModal()
  input?.select()
  requestAnimationFrame(() => startIndex())
}

const onKey = (event: KeyboardEvent) => {
  if (event.isComposing) return
  if (event.key === 'ArrowDown') select(selected() + 1)
  else if (event.key === 'ArrowUp') select(selected() - 1)
  else if (event.key === 'Enter') first<HTMLAnchorElement>('a[aria-selected="true"]', list ?? document)?.click()
  // The field would only empty itself.
  else if (event.key === 'Escape') dialog?.close()
  else return
  event.preventDefault()
}

const isTyping = ({ target }: Event) => target instanceof Element && target.matches('input, textarea, select, [contenteditable]')

/** Opens the search by its button, by `/` and by Ctrl+K, and leads to what is chosen. */
export const startSearch = () => {
  document.addEventListener('keydown', (event) => {
    const isShortcut = (event.key === 'k' && (event.ctrlKey || event.metaKey)) || (event.key === '/' && !isTyping(event))
    if (!isShortcut || dialog?.open) return
    event.preventDefault()
    open()
  })
  document.addEventListener('click', (event) => {
    if (closest(event, '.search-button')) open()
    if (closest(event, '.close-search') || closest(event, '#search-results a') || event.target === dialog) dialog?.close()
  })
  input?.addEventListener('input', show)
  input?.addEventListener('keydown', onKey)
}

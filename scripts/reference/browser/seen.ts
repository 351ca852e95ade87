/**
 * What the reader sees, kept with each step of the history. The browser itself keeps a distance from the top, which says nothing about a
 * page whose sections get their heights bit by bit.
 */
import { all } from './dom.ts'

/** An element with an id, and its distance from the top of the window. */
export type Seen = { id: string; top: number }

/** Where an element is that an address led to, just below the header, in pixels from the top of the window. */
const topLine = 81
/** How long the page has to rest until what is in view is kept: browsers limit how often that may be. */
const pauseMs = 100

let timer: ReturnType<typeof setTimeout> | undefined
/** Address of the step whose place is in view. */
let address = location.hash

/** What is at the top of the window. A panel says nothing: it stays in view beside its text. */
const inView = (): Seen | undefined => {
  const topOf = (place: HTMLElement) => place.getBoundingClientRect().top
  const section = all('[data-page]').find((candidate) => candidate.getBoundingClientRect().bottom > topLine)
  const places = section ? all('[id]', section).filter((place) => !place.closest('.panel') && place.checkVisibility()) : []
  const place = places.findLast((candidate) => topOf(candidate) <= topLine) ?? places[0]
  return place && { id: place.id, top: topOf(place) }
}

const keep = () => {
  clearTimeout(timer)
  // The next step has begun, and its place is not in view yet.
  if (location.hash === address) history.replaceState({ seen: inView() }, '')
}

/** Writes another address, without a step in the history. */
export const renameStep = (hash: string) => {
  history.replaceState(history.state, '', hash)
  address = location.hash
}

/** What the reader saw when this step of the history was in view; undefined for a new one. */
export const seenBefore = (): Seen | undefined => history.state?.seen

/** Begins to keep what is in view. */
export const startSeen = () => {
  history.scrollRestoration = 'manual'
  addEventListener('scroll', () => {
    clearTimeout(timer)
    timer = setTimeout(keep, pauseMs)
  })
  addEventListener('hashchange', () => {
    address = location.hash
  })
  // Before a link makes the next step.
  document.addEventListener('click', keep, { capture: true })
  keep()
}

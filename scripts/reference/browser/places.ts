/** Addresses: every link lands, those of the former page too, and the place in view is marked. */
import { placeOf } from '../anchors.ts'
import { chooseExample, chooseLanguage } from './choice.ts'
import { all, first } from './dom.ts'
import { layOut } from './layout.ts'
import { seenBefore, startSeen } from './seen.ts'

const byLowerCase = new Map<string, string>()

/** Element that a place names, whatever the case of its letters; of a longer address, the part that exists. */
const elementAt = (place: string): HTMLElement | null => {
  const exact = document.getElementById(place)
  if (exact) return exact
  if (byLowerCase.size === 0) for (const { id } of all('[id]')) byLowerCase.set(id.toLowerCase(), id)
  const known = byLowerCase.get(place.toLowerCase())
  if (known) return document.getElementById(known)
  return place.includes('/') ? elementAt(place.slice(0, place.lastIndexOf('/'))) : null
}

/** Chooses what an address says, `createPayment/konbini/python`, and returns the element to show. */
const followAddress = (hash: string): HTMLElement | null => {
  const place = placeOf(hash)
  const [, example, language] = place.split('/')
  const target = elementAt(place)
  const method = target?.closest<HTMLElement>('.payment-method')?.dataset.example
  const isExample = example && target?.closest('[data-operation]')?.querySelector(`.example[data-example="${CSS.escape(example)}"]`)
  if (isExample && example) chooseExample(example)
  else if (method) chooseExample(method)
  if (isExample && language) chooseLanguage(language)
  for (let folded = target?.closest('details'); folded; folded = folded.parentElement?.closest('details')) folded.open = true
  // In the panel an example is chosen, not scrolled to: it stays beside its text.
  const isInPanel = target?.closest('.panel')
  return isInPanel ? (target?.closest<HTMLElement>('[data-page]')?.querySelector<HTMLElement>('h2') ?? target) : target
}

/** Brings a place into view: where an address leads, or where it was when the reader saw it. */
const show = (place: HTMLElement, top?: number) => {
  const section = place.closest<HTMLElement>('[data-page]')
  if (section) layOut(section)
  if (top === undefined) place.scrollIntoView({ behavior: 'instant', block: 'start' })
  else scrollBy({ top: place.getBoundingClientRect().top - top, behavior: 'instant' })
  // At its very top, the page is read from its header.
  if (top !== undefined && scrollY === 0) return
  // For those who listen or use the keyboard: reading goes on from here.
  if (!place.hasAttribute('tabindex')) place.tabIndex = -1
  place.focus({ preventScroll: true })
}

/** Shows the place that an address names. */
const land = (hash: string) => {
  const target = hash.length < 2 ? null : followAddress(hash)
  if (target) show(target)
}

/** Shows what the reader saw before at this step of the history, with what the address chooses; at a new step, the place of the address. */
const landOrReturn = () => {
  const seen = seenBefore()
  const place = seen && document.getElementById(seen.id)
  if (!place) return land(location.hash)
  followAddress(location.hash)
  show(place, seen.top)
}

const title = document.title

/** Scrolls the list of contents alone. `scrollIntoView` would also move the place from which the Tab key goes on. */
const showInList = (link: HTMLElement) => {
  const list = link.closest('.side')
  if (!list) return
  const [frame, place] = [list.getBoundingClientRect(), link.getBoundingClientRect()]
  if (place.top < frame.top) list.scrollTop -= frame.top - place.top
  if (place.bottom > frame.bottom) list.scrollTop += place.bottom - frame.bottom
}

/** Marks the section in view: in the list, in the title of the window, and by the link to its Markdown. */
const markCurrent = (id: string) => {
  for (const link of all('.side li a[aria-current]')) link.removeAttribute('aria-current')
  const link = first(`.side a[href="#${CSS.escape(id)}"]`)
  link?.setAttribute('aria-current', 'true')
  if (link) showInList(link)
  const name = first('span', link ?? document.createElement('a'))?.textContent
  const isStart = id === 'start'
  document.title = name && !isStart ? `${name} – ${title}` : title
  first('link[type="text/markdown"]')?.setAttribute('href', `${isStart ? 'index' : id}.md`)
}

/** Makes addresses work, and follows the reader through the page. */
export const startPlaces = () => {
  addEventListener('hashchange', landOrReturn)
  document.addEventListener('click', (event) => {
    const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('a[href^="#"]') : null
    // The same address again changes nothing, so the browser would stay where it is.
    if (link && link.hash === location.hash) land(link.hash)
    const other = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.languages a') : null
    // Another language shows the same place.
    if (other) other.hash = location.hash || first('.side li a[aria-current]')?.getAttribute('href') || ''
  })
  const watcher = new IntersectionObserver(
    (entries) => {
      const section = entries.find(({ isIntersecting }) => isIntersecting)?.target
      if (section instanceof HTMLElement && section.dataset.page) markCurrent(section.dataset.page)
    },
    { rootMargin: '-15% 0px -80% 0px' },
  )
  for (const section of all('[data-page]')) watcher.observe(section)
  landOrReturn()
  startSeen()
}

/** Lays the page out in parts: what is in view at once, the rest section by section while nothing else is to do. */
import { fillLanguages } from './choice.ts'
import { all } from './dom.ts'

const whenIdle: (work: () => void) => void = 'requestIdleCallback' in globalThis ? requestIdleCallback : (work) => setTimeout(work)

const holdsItsPlace = CSS.supports('overflow-anchor', 'auto')

/** Time that a part may take, after which the browser may paint and the reader act. */
const batchMs = 10

/** Gives a section its real height, and its lists of languages, before it comes into view. */
export const layOut = (section: HTMLElement) => {
  if (section.classList.contains('laid-out')) return
  fillLanguages(section)
  const before = section.getBoundingClientRect()
  section.classList.add('laid-out')
  // What is in view stays there while something above it gets its height; most browsers see to that themselves.
  if (!holdsItsPlace && before.bottom <= 0) scrollBy({ top: section.getBoundingClientRect().height - before.height, behavior: 'instant' })
}

/** Lays out all sections, from the first to the last. Then the scroll bar is exact, and any browser's own search finds everything. */
export const startLayout = () => {
  const sections = all('[data-page]')
  const next = () => {
    const end = performance.now() + batchMs
    while (sections.length > 0 && performance.now() < end) sections.splice(0, 1).forEach(layOut)
    if (sections.length > 0) whenIdle(next)
  }
  whenIdle(next)
}

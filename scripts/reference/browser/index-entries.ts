/** What the search can find: every place of the page that has an anchor, read from the page itself. */
import { all, first } from './dom.ts'

export type Entry = {
  id: string
  /** Address, without its `#`. */
  place: string
  title: string
  /** Names as code has them. */
  name: string
  /** Where it stands. */
  context: string
  text: string
  /** How much more it matters than a parameter. */
  weight: number
}

/** Elements whose text is no part of what stands beside them. */
const blocks = 'td, th, li, p, pre'

const textOf = (node: Element | null | undefined) => {
  let text = node
  if (node && first(blocks, node)) {
    const copy = document.importNode(node, true)
    for (const head of all('.code-head', copy)) head.remove()
    for (const block of all(blocks, copy)) block.append(' ')
    text = copy
  }
  return (text?.textContent ?? '').replaceAll(/\s+/g, ' ').trim()
}

const titleOf = (heading: Element | null | undefined) => {
  const copy = heading?.cloneNode(true)
  if (!(copy instanceof Element)) return ''
  // The type of a payment method stands behind its name.
  for (const extra of all('.anchor, .chip, .version, .type-name', copy)) extra.remove()
  return textOf(copy)
}

const pageTitle = (node: Element) => titleOf(node.closest('[data-page]')?.querySelector('h1, h2'))

/** Text from a heading to the next. */
const textBelow = (heading: Element) => {
  const texts: string[] = []
  for (let next = heading.nextElementSibling; next && !/^H[1-4]$/.test(next.tagName); next = next.nextElementSibling)
    texts.push(textOf(next))
  return texts.join(' ').slice(0, 4000)
}

/** Text of a section before its first heading, which is an entry of its own. */
const introOf = (section: HTMLElement) => {
  const start = first('.prose', section)?.firstElementChild
  return start ? `${/^H[1-4]$/.test(start.tagName) ? '' : textOf(start)} ${textBelow(start)}`.slice(0, 1500) : ''
}

/** How much a section matters: an operation most; an object, which says again what operations return, hardly. */
const weightOf = (section: HTMLElement) => (section.dataset.operation ? 8 : section.classList.contains('object') ? 0.4 : 5)

const sections = () =>
  all('[data-page]').map((section) => {
    const heading = first('h1, h2', section)
    const name = `${heading?.id ?? ''} ${textOf(first('.endpoint code', section))}`
    return {
      place: heading?.id ?? '',
      title: titleOf(heading),
      name,
      context: '',
      text: introOf(section),
      weight: weightOf(section),
    }
  })

const headings = () =>
  all('.guide h3[id]').map((heading) => ({
    place: heading.id,
    title: titleOf(heading),
    // English words, in every language.
    name: heading.id.slice(heading.id.indexOf('/') + 1).replaceAll('-', ' '),
    context: pageTitle(heading),
    text: textBelow(heading),
    weight: 5,
  }))

const methods = () =>
  all('.payment-method').map((section) => {
    const heading = first('h4', section)
    return {
      place: heading?.id ?? '',
      title: titleOf(heading),
      name: section.dataset.example ?? '',
      context: pageTitle(section),
      text: textOf(first('p', section)),
      weight: 9,
    }
  })

const rows = () =>
  all('td > a[id], code[id^="store/"]').map((anchor) => {
    const name = anchor.id.slice(anchor.id.indexOf('/') + 1)
    return {
      place: anchor.id,
      // A chain of stores has a name beside its code.
      title: textOf(anchor.closest('li')?.querySelector('span')) || name,
      name,
      // What an error code means says more than where it stands.
      context: [pageTitle(anchor), textOf(anchor.closest('tr')?.querySelector('td:nth-child(3)'))].filter(Boolean).join(' › '),
      text: textOf(anchor.closest('tr, li')),
      weight: 7,
    }
  })

const attributes = () =>
  all('li.attribute[id]').map((attribute) => {
    const method = titleOf(attribute.closest('.payment-method')?.querySelector('h4'))
    const name = textOf(first('.attribute-name', attribute))
    const context = [pageTitle(attribute), method].filter(Boolean).join(' › ')
    return {
      place: attribute.id,
      title: name,
      name,
      context,
      text: textOf(first('.attribute-text', attribute)),
      weight: attribute.closest('[data-operation]') ? 1.5 : 1,
    }
  })

/** Drops parameters that are the same in several places: the first stands for all. */
const distinct = <T extends { title: string; text: string }>(found: T[]) =>
  [...Map.groupBy(found, ({ title, text }) => `${title} ${text}`).values()].flatMap(([one]) => one ?? [])

/** Reads all entries. */
export const readEntries = (): Entry[] =>
  [...sections(), ...methods(), ...headings(), ...rows(), ...distinct(attributes())]
    .filter(({ place }) => place)
    .map((entry, index) => ({ id: String(index), ...entry }))

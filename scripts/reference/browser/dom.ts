/** Short ways to the page's elements. */

export const all = <T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T[] => [
  ...within.querySelectorAll<T>(selector),
]

export const first = <T extends Element = HTMLElement>(selector: string, within: ParentNode = document): T | null =>
  within.querySelector<T>(selector)

/** Makes an element with attributes and content. */
export const element = (tag: string, attributes: Record<string, string> = {}, ...content: (Node | string)[]): HTMLElement => {
  const made = document.createElement(tag)
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value)
  made.append(...content)
  return made
}

/** A text; what is between backticks is code. */
export const withCode = (text: string) => text.split('`').map((part, index) => (index % 2 === 1 ? element('code', {}, part) : part))

/** Element that an event began in, as far as it matches. */
export const closest = (event: Event, selector: string): HTMLElement | null =>
  event.target instanceof Element ? event.target.closest<HTMLElement>(selector) : null

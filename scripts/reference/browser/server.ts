/** The server that all samples name: KOMOJU's, one on this machine, or the one that the page comes from. */
import { all, first } from './dom.ts'
import { remember, remembered } from './memory.ts'

const select = first<HTMLSelectElement>('.choose-server')

/** Address in the samples now. */
let shown = select?.value ?? ''

/** Address of the API that the reader chose, without a trailing slash. */
export const chosenServer = (): string => shown

const textsOf = (block: Element): Text[] => {
  const walker = document.createTreeWalker(block, NodeFilter.SHOW_TEXT)
  const texts: Text[] = []
  for (let node = walker.nextNode(); node; node = walker.nextNode()) if (node instanceof Text) texts.push(node)
  return texts
}

const show = (address: string) => {
  for (const block of all('pre, .base-url'))
    for (const text of textsOf(block)) if (text.data.includes(shown)) text.data = text.data.replaceAll(shown, address)
  const isHome = address === select?.options[0]?.value
  for (const place of all('.base-url-option')) place.textContent = isHome ? '' : `, baseUrl: '${address}'`
  shown = address
}

/** Makes the choice work, and offers the server that the page comes from: at first it is chosen where that has the API. */
export const startServer = () => {
  if (!select) return
  const { api } = document.documentElement.dataset
  const own = `${location.origin}${api ?? '/api/v1'}`
  const known = () => [...select.options].map(({ value }) => value)
  if (location.protocol.startsWith('http') && !known().includes(own)) select.append(new Option(location.host, own))
  const chosen = remembered().server ?? (api === undefined ? undefined : own)
  if (chosen && known().includes(chosen)) {
    select.value = chosen
    show(chosen)
  }
  select.addEventListener('change', () => {
    show(select.value)
    remember({ server: select.value })
  })
}

/** The script of the pages: it keeps them up to date, and copies what is to be copied. */

/**
 * Parts marked `data-live` are replaced when something changed, unless their reader is writing in one. What is unfolded, focused
 * and scrolled stays.
 */
export const pageScript = `
const keep = (part, fresh) => {
  const open = new Set([...part.querySelectorAll('details[open][id]')].map(({ id }) => id))
  for (const details of fresh.querySelectorAll('details[id]')) if (open.has(details.id)) details.open = true
  for (const place of part.querySelectorAll('[data-scroll]')) {
    const other = fresh.querySelector('[data-scroll="' + place.dataset.scroll + '"]')
    if (other) requestAnimationFrame(() => other.scrollTo(place.scrollLeft, place.scrollTop))
  }
  const { activeElement } = document
  return part.contains(activeElement) ? activeElement.closest('[data-key]')?.dataset.key : undefined
}
const isWriting = (part) => part.contains(document.activeElement) && document.activeElement.matches('input:not([type=hidden]), select, textarea')
const refresh = async () => {
  const response = await fetch(location.href, { headers: { accept: 'text/html' } })
  if (!response.ok) return
  const page = new DOMParser().parseFromString(await response.text(), 'text/html')
  for (const part of document.querySelectorAll('[data-live]')) {
    const fresh = page.getElementById(part.id)
    if (!fresh || isWriting(part) || fresh.innerHTML === part.dataset.shown) continue
    const shown = fresh.innerHTML
    const focused = keep(part, fresh)
    part.replaceChildren(...fresh.childNodes)
    part.dataset.shown = shown
    if (focused) part.querySelector('[data-key="' + focused + '"]')?.focus()
    enhance(part)
  }
}
const enhance = (root) => {
  for (const button of root.querySelectorAll('button[data-copy]')) button.hidden = !navigator.clipboard
}
for (const part of document.querySelectorAll('[data-live]')) part.dataset.shown = part.innerHTML
enhance(document)
document.addEventListener('click', async ({ target }) => {
  const button = target.closest?.('button[data-copy]')
  if (!button) return
  await navigator.clipboard.writeText(button.dataset.copy)
  const label = button.querySelector('[data-label]')
  const before = label.textContent
  label.textContent = button.dataset.copied
  setTimeout(() => { label.textContent = before }, 1500)
})
document.addEventListener('change', ({ target }) => target.matches?.('select[data-submit]') && target.form.requestSubmit())
if (document.querySelector('[data-live]')) {
  const gone = document.getElementById('gone')
  const stream = new EventSource('/sandbox/live')
  let waiting
  const later = () => { waiting ??= setTimeout(() => { waiting = undefined; refresh().catch(() => undefined) }, 100) }
  stream.onmessage = later
  stream.onerror = () => { gone.hidden = false }
  stream.onopen = () => { if (!gone.hidden) later(); gone.hidden = true }
  // The page is left: what it waits for is no failure.
  addEventListener('pagehide', () => stream.close())
}
`

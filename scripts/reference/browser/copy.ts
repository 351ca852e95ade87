/** Copy buttons. */
import { closest } from './dom.ts'

/** Puts a text on the clipboard, also from a file, where the newer way is not allowed. */
const copyText = async (text: string) => {
  try {
    await navigator.clipboard.writeText(text)
  } catch {
    const area = document.createElement('textarea')
    area.value = text
    area.className = 'off-screen'
    document.body.append(area)
    area.select()
    document.execCommand('copy')
    area.remove()
  }
}

/** Makes every copy button copy the code beside it. */
export const startCopy = () =>
  document.addEventListener('click', async (event) => {
    const button = closest(event, '.copy')
    const code = button?.closest('.code')?.querySelector('pre')
    if (!button || !code) return
    await copyText(code.textContent)
    const label = button.textContent
    if (label === button.dataset.done) return
    button.textContent = button.dataset.done ?? label
    setTimeout(() => {
      button.textContent = label
    }, 1500)
    button.focus()
  })

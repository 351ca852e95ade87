/** The frame of the page: the theme, and the list of contents on a narrow screen. */
import { closest, first } from './dom.ts'
import { remember } from './memory.ts'

const root = document.documentElement

const isDark = () => (root.dataset.theme ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light')) === 'dark'

const showMenu = (isOpen: boolean) => {
  root.classList.toggle('menu-open', isOpen)
  first('.menu')?.setAttribute('aria-expanded', String(isOpen))
}

/** Makes the buttons of the header work. */
export const startFrame = () => {
  document.addEventListener('click', (event) => {
    if (closest(event, '.theme')) {
      const theme = isDark() ? 'light' : 'dark'
      root.dataset.theme = theme
      remember({ theme })
    }
    if (closest(event, '.menu')) showMenu(!root.classList.contains('menu-open'))
    else if (closest(event, '.side a') || closest(event, 'main')) showMenu(false)
  })
  document.addEventListener('keydown', ({ key }) => {
    if (key === 'Escape') showMenu(false)
  })
}

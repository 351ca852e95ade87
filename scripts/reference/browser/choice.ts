/** One choice for everything: the example, which is mostly a payment method, and the language of the samples. */
import { all, closest, first } from './dom.ts'
import { remember, remembered } from './memory.ts'
import { renameStep } from './seen.ts'
import { sampleChoices } from './words.ts'

/** Shows one of several alternatives; where the wanted one is missing, what is shown stays. */
const showOne = (alternatives: HTMLElement[], isWanted: (alternative: HTMLElement) => boolean) => {
  if (!alternatives.some(isWanted)) return
  for (const alternative of alternatives) alternative.classList.toggle('chosen', isWanted(alternative))
}

/** Shows the details of one payment method. The others stay findable: the browser opens what its search finds. */
const showMethod = (example: string) => {
  const sections = all('.payment-method')
  const wanted = sections.some(({ dataset }) => dataset.example === example)
    ? example
    : (first('.choice[aria-current]')?.dataset.example ?? sections[0]?.dataset.example)
  for (const section of sections)
    if (section.dataset.example === wanted) section.removeAttribute('hidden')
    else section.setAttribute('hidden', 'until-found')
  for (const link of all('.method-choice .choice'))
    if (link.dataset.example === wanted) link.setAttribute('aria-current', 'true')
    else link.removeAttribute('aria-current')
}

/** Shows an example in every operation that has it. */
export const chooseExample = (example: string) => {
  for (const panel of all('.panel')) {
    showOne(all('.example', panel), ({ dataset }) => dataset.example === example)
    const select = first<HTMLSelectElement>('.choose-example', panel)
    const shown = first('.example.chosen', panel)?.dataset.example
    if (select && shown) select.value = shown
  }
  showMethod(example)
  remember({ example })
}

/** Shows samples in a language, wherever there is one; a form becomes JSON, and JSON a form, where there is only the other. */
export const chooseLanguage = (language: string) => {
  const family = language.split('-')[0] ?? language
  for (const codes of all('.codes')) {
    const blocks = all(':scope > .code', codes)
    const exact = blocks.some(({ dataset }) => dataset.language === language)
    showOne(blocks, ({ dataset }) => (exact ? dataset.language === language : dataset.language?.split('-')[0] === family))
    for (const block of blocks) {
      const select = first<HTMLSelectElement>('.choose-language', block)
      if (select) select.value = block.dataset.language ?? ''
    }
  }
  remember({ language })
}

/** Offers in each block of a section the languages of the others. */
export const fillLanguages = (section: HTMLElement) => {
  for (const codes of all('.codes', section)) {
    const offered = sampleChoices.filter(({ language }) => first(`:scope > [data-language="${language}"]`, codes))
    for (const select of all<HTMLSelectElement>('.choose-language', codes)) {
      const own = select.value
      select.replaceChildren(...offered.map(({ language, label }) => new Option(label, language, language === own, language === own)))
    }
  }
}

/** Keeps what the reader looks at in its place while what is above it changes its height. */
const holding = (anchor: HTMLElement, change: () => void) => {
  const before = anchor.getBoundingClientRect().top
  change()
  const moved = anchor.getBoundingClientRect().top - before
  if (Math.abs(moved) > 1) scrollBy({ top: moved, behavior: 'instant' })
}

/** Writes the choice into the address, without a step in the history. */
const showInAddress = (anchor: HTMLElement, example: string) => {
  const operation = anchor.closest<HTMLElement>('[data-operation]')?.dataset.operation
  if (operation) renameStep(`#${operation}/${example}`)
}

/** Makes the choices work, with what was chosen before. */
export const startChoices = () => {
  const { example, language } = remembered()
  if (language) chooseLanguage(language)
  if (example) chooseExample(example)
  else showMethod('')
  document.addEventListener('change', (event) => {
    const select = event.target
    if (!(select instanceof HTMLSelectElement)) return
    if (select.matches('.choose-language')) {
      const { codes, value } = { codes: select.closest('.codes'), value: select.value }
      holding(select, () => chooseLanguage(value))
      if (codes) first<HTMLSelectElement>('.code.chosen .choose-language', codes)?.focus()
    }
    if (select.matches('.choose-example')) {
      holding(select, () => chooseExample(select.value))
      showInAddress(select, select.value)
    }
  })
  // Ctrl+F opened a payment method that was folded away.
  document.addEventListener('beforematch', (event) => {
    const found = closest(event, '.payment-method')?.dataset.example
    if (found) chooseExample(found)
  })
}

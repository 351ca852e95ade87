/**
 * Runs before the first paint: says that there is a script, sets the theme, and shows what the address or the reader chose before, so that
 * nothing moves when the rest of the script takes over.
 */
import { placeOf } from '../anchors.ts'
import { remembered } from './memory.ts'

const root = document.documentElement
root.classList.add('js')
const choices = remembered()
if (choices.theme) root.dataset.theme = choices.theme

/** Example that the address names, `createPayment/konbini`, or the one chosen before. */
const [page = '', named] = placeOf(location.hash).split('/')
const [, , , inAttribute] = /^(createPayment)\.(payment_details)\.(\w+)/.exec(page) ?? []
const example = /^[a-z]+[A-Z]/.test(page) ? (inAttribute ?? named ?? choices.example) : choices.example
const isName = (text: string | undefined) => text !== undefined && /^[\w-]+$/.test(text)

/** Rules that show one of several alternatives, where it exists. */
const rules = [
  ...(isName(example)
    ? [
        `.payment-methods:has(> [data-example="${example}"]) > :not([data-example="${example}"]) { display: none }`,
        `.js .panel:has([data-example="${example}"]) .example { display: none }`,
        `.js .panel .example[data-example="${example}"] { display: flex !important }`,
      ]
    : ['.payment-methods > :not(:first-child) { display: none }']),
  ...(isName(choices.language)
    ? [
        `.js .codes:has(> [data-language="${choices.language}"]) > .code { display: none }`,
        `.js .codes > [data-language="${choices.language}"] { display: block !important }`,
      ]
    : []),
]
const sheet = new CSSStyleSheet()
sheet.replaceSync(rules.join('\n'))
document.adoptedStyleSheets = [sheet]

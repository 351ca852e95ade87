/** Blocks of code: highlighted, with a name and a copy button, alone or one of several languages. */
import { highlighted } from '../highlight.ts'
import type { Code } from '../model/types.ts'
import type { HtmlContext } from './context.ts'
import { html } from './escape.ts'

const copyButton = ({ t }: Pick<HtmlContext, 't'>) =>
  html`<button type="button" class="copy" data-done="${t('Copied')}">${t('Copy')}</button>`

/** A client that names no address talks to KOMOJU: where another server is chosen, the script names it here. */
const withBaseUrlPlace = (code: string) =>
  code.replace(/(secretKey<\/var>: <s>[^<]*<\/s>)( \})/, '$1<span class="base-url-option"></span>$2')

const preOf = ({ source, syntax, label }: Code) =>
  `<pre tabindex="0" aria-label="${html`${label}`}"><code>${withBaseUrlPlace(highlighted(source, syntax))}</code></pre>`

/** A block by itself. */
export const codeBlock = (code: Code, context: Pick<HtmlContext, 't'>): string =>
  html`<div class="code"><div class="code-head"><span>${code.label}</span>!${copyButton(context)}</div>!${preOf(code)}</div>`

/** Blocks that say the same in several languages. The first is shown until the reader chooses; without a script, all are. */
export const codeChoice = (codes: Code[], context: Pick<HtmlContext, 't'>): string => {
  const blocks = codes.map(
    (code, index) =>
      html`<div class="code${index === 0 ? ' chosen' : ''}" data-language="${code.language ?? ''}"><div class="code-head"><span>${code.label}</span><select class="choose-language js" aria-label="${context.t('Language of the samples')}"><option value="${code.language ?? ''}">${code.label}</option></select>!${copyButton(context)}</div>!${preOf(code)}</div>`,
  )
  return `<div class="codes">${blocks.join('')}</div>`
}

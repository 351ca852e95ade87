/** The panel beside an operation: its request in the reader's language, its response, and the form that sends it. */
import type { OperationExample, OperationPage } from '../model/types.ts'
import { codeBlock, codeChoice } from './code.ts'
import type { HtmlContext } from './context.ts'
import { html } from './escape.ts'

const exampleOption = ({ name, title }: OperationExample) => html`<option value="${name}">${title}</option>`

const sendForm = ({ send }: OperationExample, { t }: HtmlContext) =>
  html`<div class="send js" data-method="${send.method}" data-path="${send.path}" data-body="${send.body ?? ''}"><button type="button" class="button open-send">${t('Send')}</button></div>`

const exampleBlock = (example: OperationExample, isFirst: boolean, context: HtmlContext): string => {
  const { t } = context
  const response = {
    language: undefined,
    label: `${t('Response')} ${example.response.status}`,
    syntax: 'json',
    source: example.response.source,
  }
  return html`<div class="example${isFirst ? ' chosen' : ''}" data-example="${example.name}"><h3 class="example-title">${example.title}</h3>!${example.summary === example.title ? '' : html`<p class="example-summary">${example.summary}</p>`}!${codeChoice(example.codes, context)}!${sendForm(example, context)}<div class="response">!${codeBlock(response, context)}</div></div>`
}

/** All samples of an operation. Without a script, all are shown. */
export const samplePanel = ({ summary, examples }: OperationPage, context: HtmlContext): string => {
  const { t } = context
  const choice =
    examples.length > 1
      ? html`<label class="panel-choice js"><span>${t('Example')}</span><select class="choose-example">!${examples.map(exampleOption)}</select></label>`
      : ''
  return html`<aside class="panel" aria-label="${t('Samples: {title}', { title: summary })}"><div class="sticky">!${choice}!${examples.map((example, index) => exampleBlock(example, index === 0, context))}</div></aside>`
}

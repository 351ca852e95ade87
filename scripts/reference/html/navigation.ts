/** The list of everything on the page. */
import { languageNames, languages } from '../../../src/pages/languages.ts'
import { type HtmlContext, pathBetween } from './context.ts'
import { html } from './escape.ts'

type Entry = { id: string; title: string; chip?: string }

const entryHtml = ({ id, title, chip }: Entry) =>
  html`<li><a href="#${id}"><span>${title}</span>!${chip ? html`<span class="chip method ${chip.toLowerCase()}" aria-hidden="true">${chip}</span>` : ''}</a></li>`

const group = (title: string, entries: Entry[]) => html`<h2>${title}</h2><ul>!${entries.map(entryHtml)}</ul>`

/** Links to the same page in the other languages. */
export const languageLinks = ({ language, t }: HtmlContext) => {
  const links = languages.map(
    (other) =>
      html`<a href="${pathBetween(language, other)}index.html" lang="${other}" hreflang="${other}"!${other === language ? ' aria-current="true"' : ''}>${languageNames[other]}</a>`,
  )
  return html`<nav class="languages" aria-label="${t('Language')}">!${links}</nav>`
}

/** Choice of the server that the samples name and that *Send* begins with. */
const serverChoice = ({ model, t }: HtmlContext) => {
  const options = model.servers.map(
    ({ url, description }) => html`<option value="${url}" title="${description}">${url.replace(/^https?:\/\/|\/api\/v1$/g, '')}</option>`,
  )
  return html`<label class="server js"><span>${t('Server')}</span><select class="choose-server">!${options}</select></label>`
}

/** Makes the navigation: guides, operations by their tag, webhooks, objects. */
export const navigation = (context: HtmlContext): string => {
  const { model, t } = context
  const { guides, operations, webhooks, objects, tags } = model
  const operationGroups = tags
    .filter(({ name }) => operations.some(({ tag }) => tag === name))
    .map(({ name }) =>
      group(
        t(name),
        operations.filter(({ tag }) => tag === name).map(({ id, summary, method }) => ({ id, title: summary, chip: method })),
      ),
    )
  const groups = [
    group(t('Guides'), [{ id: 'start', title: t('Start') }, ...guides]),
    ...operationGroups,
    group(
      t('Webhooks'),
      webhooks.map(({ id, summary }) => ({ id, title: summary })),
    ),
    group(
      t('Objects'),
      objects.map(({ name, title }) => ({ id: name, title })),
    ),
  ]
  return html`<nav class="side" id="navigation" aria-label="${t('Contents')}">!${languageLinks(context)}!${serverChoice(context)}!${groups}</nav>`
}

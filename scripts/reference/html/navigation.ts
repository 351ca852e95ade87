/** The list of everything on the page. */
import type { HtmlContext } from './context.ts'
import { html } from './escape.ts'

type Entry = { id: string; title: string; chip?: string }

const entryHtml = ({ id, title, chip }: Entry) =>
  html`<li><a href="#${id}"><span>${title}</span>!${chip ? html`<span class="chip method ${chip.toLowerCase()}" aria-hidden="true">${chip}</span>` : ''}</a></li>`

const group = (title: string, entries: Entry[]) => html`<h2>${title}</h2><ul>!${entries.map(entryHtml)}</ul>`

/** Makes the navigation: guides, operations by their tag, webhooks, objects. */
export const navigation = ({ model, t }: HtmlContext): string => {
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
  return html`<nav class="side" id="navigation" aria-label="${t('Contents')}">!${groups}</nav>`
}

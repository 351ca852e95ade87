/** HTML that escapes what is put into it. */
import { html } from 'ghtml'

export { html }

/** A text as HTML. */
export const escapeHtml = (text: string) => html`${text}`

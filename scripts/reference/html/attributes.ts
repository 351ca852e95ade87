/** Attributes as a list that reads from top to bottom: name, type, what it means, what it accepts. */
import type { Attribute, AttributeGroup, Choice } from '../model/types.ts'
import type { HtmlContext } from './context.ts'
import { html } from './escape.ts'
import { inlineHtml } from './markdown.ts'

/** Choices beyond this number are folded away. */
const maxOpenChoices = 12

const inferredMark = ({ t }: HtmlContext) =>
  html`<a class="inferred" href="#versions-and-stability/what-is-not-from-komojus-reference" title="${t('Not stated on KOMOJU’s reference pages')}">†</a>`

const choice = ({ value, meaning, anchor }: Choice, context: HtmlContext) => {
  const code = html`<code !${anchor ? html`id="${anchor}"` : ''}>${value}</code>`
  return meaning ? `<li>${code} <span>${inlineHtml(meaning, context)}</span></li>` : `<li>${code}</li>`
}

const choices = ({ choices }: Attribute, context: HtmlContext) => {
  if (choices.length === 0) return ''
  const list = `<ul class="choices${choices.some(({ meaning }) => meaning) ? ' explained' : ''}">${choices.map((item) => choice(item, context)).join('')}</ul>`
  const { t } = context
  if (choices.length <= maxOpenChoices) return html`<p class="choices-title">${t('One of')}</p>!${list}`
  return html`<details class="folded"><summary>${t('One of {count} values', { count: choices.length })}</summary>!${list}</details>`
}

const objectLink = ({ object }: Attribute, { model, t }: HtmlContext) => {
  const page = model.objects.find(({ name }) => name === object)
  return page ? `<p class="see">${t('See {link}.', { link: html`<a href="#${page.name}">${page.title}</a>` })}</p>` : ''
}

const attributeHtml = (attribute: Attribute, context: HtmlContext): string => {
  const { name, anchor, type, isRequired, description, bounds, children, isInferred } = attribute
  const { t } = context
  return html`<li class="attribute" id="${anchor}"><p class="attribute-head"><a class="attribute-name" href="#${anchor}"><code>${name}</code></a> <span class="type">${type}</span> !${
    isRequired ? html`<span class="required">${t('required')}</span>` : ''
  } !${isInferred ? inferredMark(context) : ''}</p><div class="attribute-text"><p>!${inlineHtml(description, context)}</p>!${
    bounds.length > 0
      ? `<p class="bounds">${bounds.map((bound) => inlineHtml(bound, context)).join('<span aria-hidden="true"> · </span>')}</p>`
      : ''
  }!${choices(attribute, context)}!${objectLink(attribute, context)}</div>!${children.length > 0 ? attributeList(children, context) : ''}</li>`
}

/** A list of attributes, with what they contain. */
export const attributeList = (attributes: Attribute[], context: HtmlContext): string =>
  `<ul class="attributes">${attributes.map((attribute) => attributeHtml(attribute, context)).join('')}</ul>`

/** A titled list of attributes. */
export const attributeGroup = ({ title, attributes }: AttributeGroup, context: HtmlContext): string =>
  html`<h3>${title}</h3>!${attributeList(attributes, context)}`

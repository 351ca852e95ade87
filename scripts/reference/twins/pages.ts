/** The Markdown page of each section, from the same model as the page for people. */
import type { Translate } from '../languages/translator.ts'
import type { Attribute, AttributeGroup, ObjectPage, OperationPage, PaymentMethod, ReferenceModel, WebhookPage } from '../model/types.ts'
import { fence, type PageOf, pageOfModel, plainMarkdown, table } from './text.ts'

/** A page: `name` is its file's, without the extension. */
export type MarkdownPage = { name: string; title: string; summary: string; text: string }

type TwinContext = { model: ReferenceModel; t: Translate; pageOf: PageOf }

const choiceText = ({ choices }: Attribute) =>
  choices.length > 0 && choices.length <= 40 ? [choices.map(({ value }) => `\`${value}\``).join(', ')] : []

const seeText = (object: string, { t, pageOf }: TwinContext) => t('See {link}.', { link: `[${object}](${pageOf(object)}.md)` })

const attributeLine = (attribute: Attribute, depth: number, context: TwinContext): string => {
  const { name, type, isRequired, description, bounds, object, children, isInferred } = attribute
  const { t } = context
  const facts = isRequired ? t('{type}, required', { type }) : type
  const details = [
    description,
    ...bounds.map((sentence) => t('{sentence}.', { sentence })),
    ...choiceText(attribute).map((values) => t('One of {values}.', { values })),
  ].filter(Boolean)
  const link = object ? ` ${seeText(object, context)}` : ''
  const line = `${'  '.repeat(depth)}- \`${name}\` (${facts})${isInferred ? ' †' : ''}: ${details.join(' ').replaceAll(/\s+/g, ' ')}${link}`
  return [line, ...children.map((child) => attributeLine(child, depth + 1, context))].join('\n')
}

const attributesText = (attributes: Attribute[], context: TwinContext) =>
  attributes.map((attribute) => attributeLine(attribute, 0, context)).join('\n')

const groupText = ({ title, attributes }: AttributeGroup, context: TwinContext) => `## ${title}\n\n${attributesText(attributes, context)}`

const methodText = ({ title, type, description, request, response }: PaymentMethod, context: TwinContext) =>
  `### ${title} (\`${type}\`)\n\n${description}\n\n${context.t('Send in {name}', { name: '`payment_details`' })}:\n\n${attributesText(request, context)}\n\n${context.t('Returned in {name}', { name: '`payment_details`' })}:\n\n${attributesText(response, context)}`

/** Samples of a page: every language for the first example, cURL and the response for the others. */
const examplesText = ({ examples }: OperationPage, { t }: TwinContext) =>
  examples
    .map(({ title, name, summary, codes, response }, index) => {
      const shown = index === 0 ? codes : codes.slice(0, 1)
      const samples = shown.map(({ label, syntax, source }) => `${label}:\n\n${fence(syntax, source)}`).join('\n\n')
      return `### ${title} (\`${name}\`)\n\n${t('{sentence}.', { sentence: summary })}\n\n${samples}\n\n${t('Response')} ${response.status}:\n\n${fence('json', response.source)}`
    })
    .join('\n\n')

const operationText = (operation: OperationPage, context: TwinContext): string => {
  const { summary, description, method, path, isBeta, groups, methods, returns, errors } = operation
  const { t } = context
  const rows = errors.map(({ status, code, meaning, advice, retry }) => [
    status,
    `\`${code}\``,
    `${t('{sentence}.', { sentence: meaning })} ${advice}`,
    retry,
  ])
  return [
    `# ${summary}${isBeta ? ` (${t('Beta')})` : ''}`,
    `\`${method} https://komoju.com/api/v1${path}\` – \`${operation.id}\``,
    description,
    ...groups.map((group) => groupText(group, context)),
    ...(methods.length > 0 ? [`## ${t('Payment methods')}`, ...methods.map((item) => methodText(item, context))] : []),
    `## ${t('Returns')}\n\n${returns.description}${returns.object ? ` ${seeText(returns.object, context)}` : ''}`,
    `## ${t('Errors')}\n\n${table([t('Status'), t('Code'), t('What to do'), t('Retry')], rows)}`,
    `## ${t('Examples')}\n\n${examplesText(operation, context)}`,
  ].join('\n\n')
}

const webhookText = ({ event, summary, description, groups, payload }: WebhookPage, context: TwinContext): string =>
  [
    `# ${summary}`,
    `\`${event}\``,
    description,
    ...groups.map((group) => groupText(group, context)),
    `## ${context.t('Payload')}\n\n${fence('json', payload)}`,
  ].join('\n\n')

const objectText = ({ title, description, attributes, usedBy }: ObjectPage, context: TwinContext): string =>
  [
    `# ${title}`,
    description,
    `## ${context.t('Properties')}\n\n${attributesText(attributes, context)}`,
    ...(usedBy.length > 0
      ? [`## ${context.t('Used by')}\n\n${usedBy.map((user) => `- [${user.title}](#${user.anchor})`).join('\n')}`]
      : []),
  ].join('\n\n')

const firstSentence = (text: string) => text.replaceAll(/\s+/g, ' ').split(/(?<=[.。]) ?/)[0] ?? ''

/** Makes all pages, in the order of the reference. */
export const markdownPages = (model: ReferenceModel, t: Translate): MarkdownPage[] => {
  const context: TwinContext = { model, t, pageOf: pageOfModel(model) }
  const page = (name: string, title: string, summary: string, text: string): MarkdownPage => ({
    name,
    title,
    summary,
    text: `${plainMarkdown(text, model, context.pageOf).trim()}\n`,
  })
  const proseOf = (text: string) => text.split('\n\n').find((block) => /^[\p{L}`*[]/u.test(block)) ?? ''
  return [
    ...model.guides.map(({ id, title, text }) => page(id, title, firstSentence(proseOf(text)), `# ${title}\n\n${text}`)),
    ...model.operations.map((operation) =>
      page(operation.id, operation.summary, firstSentence(operation.description), operationText(operation, context)),
    ),
    ...model.webhooks.map((webhook) =>
      page(webhook.id, webhook.summary, firstSentence(webhook.description), webhookText(webhook, context)),
    ),
    ...model.objects.map((object) => page(object.name, object.title, firstSentence(object.description), objectText(object, context))),
  ]
}

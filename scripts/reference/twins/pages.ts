/** The Markdown page of each section, from the same model as the page for people. */
import type { Translate } from '../../../src/pages/translator.ts'
import type { Attribute, AttributeGroup, ObjectPage, OperationPage, PaymentMethod, ReferenceModel, WebhookPage } from '../model/types.ts'
import { firstSentence, listText, sentencesText, withNote } from '../phrases.ts'
import { fence, type LinkOf, linksOfModel, plainMarkdown, table } from './text.ts'

/** A page: `name` is its file's, without the extension. */
export type MarkdownPage = { name: string; title: string; summary: string; text: string }

type TwinContext = { model: ReferenceModel; t: Translate; linkOf: LinkOf }

const valuesText = ({ choices }: Attribute, t: Translate) =>
  choices.length > 0 && choices.length <= 40
    ? [
        listText(
          choices.map(({ value }) => `\`${value}\``),
          t,
        ),
      ]
    : []

const titleOf = (object: string, { objects }: ReferenceModel) => objects.find(({ name }) => name === object)?.title ?? object

const seeText = (object: string, { model, t, linkOf }: TwinContext) =>
  t('See {link}.', { link: `[${titleOf(object, model)}](${linkOf(object)})` })

const attributeLine = (attribute: Attribute, depth: number, context: TwinContext): string => {
  const { name, type, isRequired, description, bounds, object, children, isInferred } = attribute
  const { t } = context
  const facts = withNote(`\`${name}\``, isRequired ? t('{type}, required', { type }) : type, t)
  const text = sentencesText(
    [
      description,
      ...bounds.map((sentence) => t('{sentence}.', { sentence })),
      ...valuesText(attribute, t).map((values) => t('One of {values}.', { values })),
      ...(object ? [seeText(object, context)] : []),
    ],
    t,
  ).replaceAll(/\s+/g, ' ')
  const line = `${'  '.repeat(depth)}- ${t('{label}: {text}', { label: `${facts}${isInferred ? ' †' : ''}`, text })}`
  return [line, ...children.map((child) => attributeLine(child, depth + 1, context))].join('\n')
}

const attributesText = (attributes: Attribute[], context: TwinContext) =>
  attributes.map((attribute) => attributeLine(attribute, 0, context)).join('\n')

const groupText = ({ title, attributes }: AttributeGroup, context: TwinContext) => `## ${title}\n\n${attributesText(attributes, context)}`

const methodText = ({ title, type, description, request, response }: PaymentMethod, context: TwinContext) => {
  const { t } = context
  const name = '`payment_details`'
  return [
    `### ${title} \`${type}\``,
    description,
    t('{label}:', { label: t('Send in {name}', { name }) }),
    attributesText(request, context),
    t('{label}:', { label: t('Returned in {name}', { name }) }),
    attributesText(response, context),
  ].join('\n\n')
}

/** Samples of a page: every language for the first example, cURL and the response for the others. */
const examplesText = ({ examples }: OperationPage, { t }: TwinContext) =>
  examples
    .flatMap(({ title, name, summary, codes, response }, index) => {
      const labelled = (label: string, code: string) => [t('{label}:', { label }), code]
      const shown = index === 0 ? codes : codes.slice(0, 1)
      return [
        `### ${title} \`${name}\``,
        ...(summary === title ? [] : [t('{sentence}.', { sentence: summary })]),
        ...shown.flatMap(({ label, syntax, source }) => labelled(label, fence(syntax, source))),
        ...labelled(`${t('Response')} ${response.status}`, fence('json', response.source)),
      ]
    })
    .join('\n\n')

const operationText = (operation: OperationPage, context: TwinContext): string => {
  const { summary, description, method, path, isBeta, groups, methods, returns, errors } = operation
  const { t } = context
  const rows = errors.map(({ status, code, meaning, advice, retry }) => [
    status,
    `\`${code}\``,
    sentencesText([t('{sentence}.', { sentence: meaning }), advice], t),
    retry,
  ])
  return [
    `# ${isBeta ? withNote(summary, t('Beta'), t) : summary}`,
    `\`${method} https://komoju.com/api/v1${path}\` – \`${operation.id}\``,
    description,
    ...groups.map((group) => groupText(group, context)),
    ...(methods.length > 0 ? [`## ${t('Payment methods')}`, ...methods.map((item) => methodText(item, context))] : []),
    `## ${t('Returns')}`,
    sentencesText([returns.description, ...(returns.object ? [seeText(returns.object, context)] : [])], t),
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

/** Makes all pages, in the order of the reference. */
export const markdownPages = (model: ReferenceModel, t: Translate): MarkdownPage[] => {
  const context: TwinContext = { model, t, linkOf: linksOfModel(model) }
  const dagger = t('† Not stated on KOMOJU’s reference pages: see [Versions and stability](#versions-and-stability).')
  const page = (name: string, title: string, summary: string, body: string): MarkdownPage => {
    const text = body.includes('†') && name !== 'versions-and-stability' ? `${body}\n\n${dagger}` : body
    return {
      name,
      title,
      summary: plainMarkdown(summary, model, context.linkOf),
      text: `${plainMarkdown(text, model, context.linkOf).trim()}\n`,
    }
  }
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

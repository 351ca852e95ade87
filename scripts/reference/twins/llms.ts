/** `llms.txt`: where programs begin to read. */

import type { Translate } from '../../../src/pages/translator.ts'
import { documentPath, type HtmlContext } from '../html/context.ts'
import type { MarkdownPage } from './pages.ts'
import { linksOfModel, plainMarkdown } from './text.ts'

const adviceOf = (t: Translate) => [
  t('This reference is unofficial: it is written from what KOMOJU publishes. Where it and KOMOJU differ, KOMOJU is right.'),
  t('Sessions, tokens, customers, subscriptions and payment methods newer than the fifteen here are not covered. Do not guess them.'),
  t('`1000` is ¥1,000 in JPY. Do not guess the unit of USD, EUR and TWD: this version names none, newer ones count in cents.'),
  t('`total` is `amount` + `tax` + `payment_method_fee`. Without `tax`, 10 % are added; send `tax=0` where `amount` contains it.'),
  t(
    'Send exactly one of `payment_details` and `customer`. `payment_details[type]` selects the payment method; each has its own properties.',
  ),
  t('Send an `X-KOMOJU-IDEMPOTENCY` header with every POST, and the same key when you repeat it: it never charges twice.'),
  t('Never repeat a `502` with a code of the card, such as `card_declined`: it is the issuer’s response, not an outage.'),
  t('`authorized` is not paid: ship when the status is `captured` or a `payment.captured` webhook arrives.'),
  t('Verify `X-Komoju-Signature` of every webhook from the raw body before you trust it.'),
  t(
    'Test with a test key; keep `sk_live_` keys out of code, logs and browsers. `Komoju-Scenario` and the test cards make payments fail on purpose.',
  ),
]

/** Index of the Markdown pages, with advice. */
export const llmsIndex = ({ model, t, language }: HtmlContext, pages: MarkdownPage[]): string => {
  const list = (names: string[]) =>
    pages
      .filter(({ name }) => names.includes(name))
      .map(({ name, title, summary }) => `- ${t('{label}: {text}', { label: `[${title}](${name}.md)`, text: summary })}`)
      .join('\n')
  const group = (title: string, names: string[]) => `## ${title}\n\n${list(names)}`
  return `${[
    `# ${model.title}`,
    `> ${model.summary}`,
    adviceOf(t)
      .map((advice) => `- ${advice}`)
      .join('\n'),
    group(
      t('Guides'),
      model.guides.map(({ id }) => id),
    ),
    group(
      t('Operations'),
      model.operations.map(({ id }) => id),
    ),
    group(
      t('Webhooks'),
      model.webhooks.map(({ id }) => id),
    ),
    group(
      t('Objects'),
      model.objects.map(({ name }) => name),
    ),
    // A keyword of the format: what follows may be skipped.
    `## Optional\n\n- [${t('Everything as Markdown')}](llms-full.txt)\n- [OpenAPI 3.1](${documentPath(language)})`,
  ].join('\n\n')}\n`
}

/** All pages in one text. */
export const llmsFull = (context: HtmlContext, pages: MarkdownPage[]): string =>
  [
    llmsIndex(context, pages),
    plainMarkdown(context.model.introduction, context.model, linksOfModel(context.model)),
    ...pages.map(({ text }) => text),
  ].join('\n---\n\n')

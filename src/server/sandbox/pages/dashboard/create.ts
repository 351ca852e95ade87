/** A form that creates a payment. */
import { html } from 'ghtml'
import { jsonObjectOf } from '../../../../json-object.ts'
import type { Flow } from '../../method-facts.ts'
import { type Catalogue, methodsIn } from '../catalogue.ts'
import { hiddenFields, optionsOf, withCode } from '../layout.ts'
import { formFields } from './code.ts'
import { type Frame, frame } from './frame.ts'
import { choicesFor } from './situation-labels.ts'

/** Sent by a field of its own: the method is chosen before. */
const typeField = 'payment_details[type]'
const secureField = 'payment_details[three_d_secure]'

/** Name of the field that chooses a situation. It is sent as a header. */
export const situationField = 'situation'

/** Why a payment was rejected. */
export type Problem = { code: string; message: string; param: string | null }

export type CreateView = {
  method: string
  flow: Flow
  /** What the user has filled in, by the names of the form; the example's values for a form that is new. */
  values: Record<string, string>
  /** Undefined for a form that was not sent yet. */
  problem: Problem | undefined
  catalogue: Catalogue
}

/** Values of a new form: those of the document's example of the method. */
export const newValues = ({ exampleOf }: Catalogue, method: string): Record<string, string> => {
  const { amount, currency, payment_details: details } = exampleOf(method)
  const own = formFields({ payment_details: jsonObjectOf(details) }).filter(([name]) => name !== typeField)
  return Object.fromEntries([
    ['amount', String(amount ?? 1000)],
    ['currency', String(currency ?? 'JPY')],
    ['external_order_num', ''],
    ...own,
  ])
}

const labelOf = (name: string) => name.replace(/^payment_details\[(\w+)\]$/, '$1')

/** The page. */
export const createPage = ({ method, flow, values, problem, catalogue }: CreateView, around: Frame): string => {
  const { t } = around
  const field = (name: string) =>
    html`<label><code>${labelOf(name)}</code><input name="${name}" value="${values[name] ?? ''}" !${problem?.param === name ? 'aria-invalid="true" aria-describedby="problem"' : ''}></label>`
  const store = (name: string) =>
    html`<label><code>store</code><select name="${name}">!${optionsOf(
      catalogue.stores.map((value): [string, string] => [value, value]),
      values[name] ?? '',
    )}</select></label>`
  const own = Object.keys(values).filter((name) => name.startsWith('payment_details[') && name !== typeField && name !== secureField)
  const currencies = catalogue.currencies.map((currency): [string, string] => [currency, currency])
  const cardFields = html`<label><code>capture</code><select name="capture">!${optionsOf(
    [
      ['true', t('At once')],
      ['false', t('Later')],
    ],
    values.capture ?? 'true',
  )}</select></label><label><code>three_d_secure</code><select name="${secureField}">!${optionsOf(
    [
      ['false', t('Without')],
      ['true', t('The customer authenticates first')],
    ],
    values[secureField] ?? 'false',
  )}</select></label>`
  const situation = html`<label class="wide">${t('What goes wrong')}<select name="${situationField}">!${optionsOf([['', t('Nothing')], ...choicesFor(flow, t)], values[situationField] ?? '')}</select></label>`
  return frame(around, {
    title: t('Create a payment'),
    current: '/sandbox',
    inner: html`!${problem ? html`<p class="notice bad" id="problem" role="alert">${t('The API rejected the request:')} <code>${problem.code}</code> <span lang="en">!${withCode(problem.message)}</span></p>` : ''}
<form method="get" action="/sandbox/new" class="card fields"><label>${t('Payment method')}<select name="method" data-submit>!${optionsOf(methodsIn(catalogue, t), method)}</select></label><p class="row"><button>${t('Choose')}</button></p></form>
<form method="post" action="/sandbox/new" class="card">!${hiddenFields({ [typeField]: method })}<div class="fields">!${field('amount')}<label><code>currency</code><select name="currency">!${optionsOf(currencies, values.currency ?? 'JPY')}</select></label>!${field('external_order_num')}!${method === 'credit_card' ? cardFields : ''}!${own.map((name) => (name === 'payment_details[store]' ? store(name) : field(name)))}!${situation}</div><p class="row"><button class="primary">${t('Create')}</button><a class="button" href="/sandbox">${t('Cancel')}</a></p></form>`,
  })
}

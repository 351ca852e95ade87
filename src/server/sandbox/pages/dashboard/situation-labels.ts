/** What each situation does, in words. */
import type { Translate } from '../../../../pages/translator.ts'
import type { Breakage } from '../../../broken-response.ts'
import type { Flow } from '../../method-facts.ts'
import { isPlayedWith, type Situation, situationNames, situations } from '../../situations.ts'

/** Meaning of a situation. */
export const situationLabel = (situation: Situation, t: Translate): string =>
  ({
    lost_response: t('The response is lost'),
    hanging_response: t('No response comes'),
    slow_response: t('The response is slow'),
    empty_response: t('The response is empty'),
    html_response: t('A proxy responds with a page'),
    duplicate_events: t('Every event comes twice'),
    simultaneous_events: t('The first two events come at the same moment'),
    events_out_of_order: t('The second event comes before the first'),
    late_events: t('Events come hours late'),
    failed_then_captured: t('The first try fails, the second works'),
    declined_creation: t('The card is declined, and an event tells of it'),
    paid_after_deadline: t('The customer pays after the deadline'),
    paid_after_cancel: t('The customer pays after the cancellation'),
    paid_twice: t('The customer pays twice'),
    stale_cancel: t('An earlier attempt is cancelled after this one is paid'),
    chargeback_on_refund: t('A part is refunded, and the bank takes back the rest'),
    konbini_fee: t('The store charges the customer a fee'),
  })[situation]

/** How a response broke. */
export const breakageLabel = (breakage: Breakage, t: Translate): string => situationLabel(`${breakage}_response`, t)

/** Situations that a form can choose for a flow. A form waits for its response, so none that breaks it is among them. */
export const choicesFor = (flow: Flow, t: Translate): [value: string, label: string][] =>
  situationNames
    .filter((name) => situations[name].about !== 'response' && isPlayedWith(name, flow))
    .map((name) => [name, `${name} – ${situationLabel(name, t)}`])

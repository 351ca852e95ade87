/** All journeys as checks, each in both encodings. */
import type { ApiDescription } from '../../api/api-description.ts'
import { type Encoding, encodings } from '../../generate/encodings.ts'
import type { Check } from '../check.ts'
import { amountsJourneys } from './amounts.ts'
import { cancelJourneys } from './cancel.ts'
import { captureJourneys } from './capture.ts'
import { concurrencyJourneys } from './concurrency.ts'
import { creationJourneys } from './creation.ts'
import type { Journey } from './journey.ts'
import { lifecycleJourneys } from './lifecycle.ts'
import { moneyJourneys } from './money.ts'
import { refundJourneys } from './refund.ts'
import { shortCardJourneys } from './short-cards.ts'
import { testModeJourneys } from './test-mode.ts'
import { updateJourneys } from './update.ts'

const journeysOf = (api: ApiDescription): Journey[] => [
  ...updateJourneys(),
  ...captureJourneys(),
  ...cancelJourneys(),
  ...refundJourneys(api),
  ...amountsJourneys(api),
  ...creationJourneys(api),
  ...moneyJourneys(),
  ...lifecycleJourneys(api),
  ...shortCardJourneys(api),
  ...testModeJourneys(),
  ...concurrencyJourneys(),
]

/** Checks of journeys, in both encodings. */
export const journeyChecks = (api: ApiDescription): Check[] =>
  journeysOf(api).flatMap(({ name, kind = name, operationId, paymentMethod, needs = [], run }) =>
    encodings.map(
      (encoding: Encoding): Check => ({
        name: `${name}${encoding === 'form' ? ', in forms' : ''}`,
        kind,
        group: 'journeys',
        operationId,
        encoding,
        ...(paymentMethod && { paymentMethod }),
        needs: ['writes', 'state', ...needs],
        run,
      }),
    ),
  )

/** Checks with generated input. */
import type { ApiDescription } from '../api/api-description.ts'
import { encodings } from '../generate/encodings.ts'
import type { Check } from './check.ts'

/** With them comes fast-check, which takes long to load: a list of the checks does without. */
const generatedRequests = () => import('./generated-requests.ts')

/** Checks with generated input, for each payment method and encoding. */
export const generatedChecks = (api: ApiDescription): Check[] =>
  encodings.flatMap((encoding): Check[] => {
    const suffix = encoding === 'form' ? ' in a form' : ''
    return [
      ...api.methods.map(
        ({ type }): Check => ({
          name: `createPayment takes any valid ${type} payment${suffix}`,
          kind: 'any valid payment',
          group: 'generated',
          operationId: 'createPayment',
          encoding,
          paymentMethod: type,
          needs: ['writes'],
          run: async (context) => (await generatedRequests()).checkOrders(context, type),
        }),
      ),
      {
        name: `createAccount takes any valid account${suffix}`,
        kind: 'any valid account',
        group: 'generated',
        operationId: 'createAccount',
        encoding,
        needs: ['writes', 'accounts'],
        run: async (context) => (await generatedRequests()).checkAccounts(context),
      },
    ]
  })

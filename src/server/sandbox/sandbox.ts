/** The sandbox put together: state, answerer, and what serves its pages. */
import type { FastifyInstance } from 'fastify'
import { readDocument } from '../../document.ts'
import { createValidator } from '../../validator.ts'
import { createFront, type FrontOptions } from '../front.ts'
import { serveActions } from './actions.ts'
import { createAnswerer } from './answer.ts'
import { createClock } from './clock.ts'
import type { FaultOptions } from './faults.ts'
import { rulesOf } from './rules.ts'
import { createState } from './state.ts'
import { createStorage } from './storage.ts'
import { createMemoryEngine } from './storage-memory.ts'

export type SandboxOptions = Pick<FrontOptions, 'secretKey' | 'log'> & FaultOptions

/** Makes the sandbox's server. It does not listen yet. */
export const createSandbox = async ({ secretKey, log, ...faults }: SandboxOptions): Promise<FastifyInstance> => {
  const document = readDocument()
  const validator = createValidator(document)
  const storage = createStorage(createMemoryEngine())
  const clock = createClock()
  const state = createState({ storage, clock, rules: rulesOf(document), newEventState: 'kept' })
  const answer = createAnswerer({ document, validator, state, storage, clock, faults })
  const app = await createFront({ document, validator, answer, secretKey, log })
  serveActions(app, state)
  // Deadlines pass whether or not anybody asks.
  const timer = setInterval(() => void state.expireDue().catch(console.error), 1000).unref()
  app.addHook('onClose', async () => {
    clearInterval(timer)
    await storage.close()
  })
  return app
}

/** One of several threads that share the mutants. */
import { parentPort, workerData } from 'node:worker_threads'
import { outcomes } from './run.ts'

const { index, of } = workerData as { index: number; of: number }
for await (const outcome of outcomes((mutant) => mutant % of === index)) parentPort!.postMessage(outcome)

/** A thread that hunts every n-th fault. */
import { parentPort, workerData } from 'node:worker_threads'
import { hunts } from './rows.ts'

const { index, of } = workerData as { index: number; of: number }
for (const [number, hunt] of hunts.entries()) if (number % of === index) parentPort?.postMessage({ number, row: await hunt() })

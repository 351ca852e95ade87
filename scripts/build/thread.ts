/** The lint of the bundle in a thread of its own, beside the build's other steps. */
import { once } from 'node:events'
import module from 'node:module'
import { parentPort, Worker, workerData } from 'node:worker_threads'
import type { Bundle } from './bundle.ts'
import { BuildError } from './step.ts'

type Job = { bundle: Bundle; spec: string }

/** In the thread: lints the one bundle that it is sent, and responds with what was wrong. */
const lintOneBundle = async () => {
  // A thread has to ask for compiled code itself.
  module.enableCompileCache()
  const { lintBundle } = await import('./lint-bundle.ts')
  const [{ bundle, spec }] = (await once(parentPort!, 'message')) as [Job]
  const failure = await lintBundle(bundle, spec).catch((error: Error) => error)
  module.flushCompileCache()
  parentPort!.postMessage(failure instanceof BuildError ? failure.message : failure)
}

if (workerData === import.meta.url) await lintOneBundle()

/**
 * Starts to load the rules in a thread of its own.
 * @returns a function like `lintBundle`, to be called once
 */
export const startBundleLint = () => {
  const worker = new Worker(new URL(import.meta.url), { workerData: import.meta.url })
  // A build that fails before the lint does not wait for it.
  worker.unref()
  return async (bundle: Bundle, spec: string) => {
    worker.ref()
    worker.postMessage({ bundle, spec } satisfies Job)
    const [problems] = (await once(worker, 'message')) as [string | Error | undefined]
    await worker.terminate()
    if (typeof problems === 'string') throw new BuildError(problems)
    if (problems) throw problems
  }
}

/** The lint of the bundle in a thread of its own, beside the build's other steps. */
import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { BuildError } from './step.ts'

/**
 * Starts to load the rules in a thread of its own.
 * @returns a function like `lintBundle`, to be called once
 */
export const startBundleLint = () => {
  const worker = new Worker(new URL('lint-bundle.ts', import.meta.url))
  // A build that fails before the lint does not wait for it.
  worker.unref()
  return async (yaml: string, spec: string) => {
    worker.ref()
    worker.postMessage({ yaml, spec })
    const [problems] = (await once(worker, 'message')) as [string | Error | undefined]
    await worker.terminate()
    if (typeof problems === 'string') throw new BuildError(problems)
    if (problems) throw problems
  }
}

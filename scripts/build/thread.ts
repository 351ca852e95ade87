/** A thread of its own for the steps that load the most, beside the build's others. */
import { once } from 'node:events'
import module from 'node:module'
import { MessageChannel, type MessagePort, parentPort, Worker, workerData } from 'node:worker_threads'
import type { Bundle } from './bundle.ts'
import { shapeRules } from './shape.ts'
import { BuildError } from './step.ts'

const lint = async (bundle: Bundle, spec: string, skipped: string[] = []) => {
  await (await import('./lint-bundle.ts')).lintBundle(bundle, spec, skipped)
  return ''
}

const steps: Record<'lint' | 'lintTexts' | 'types', (bundle: Bundle, spec: string) => Promise<string>> = {
  lint,
  lintTexts: (bundle, spec) => lint(bundle, spec, shapeRules.spectral),
  types: async ({ json }) => (await import('./types.ts')).typesOf(json),
}

type Job = { step: keyof typeof steps; bundle: Bundle; spec: string; port: MessagePort }
type Outcome = { result?: string; problems?: string; failure?: unknown }

/** In the thread: executes a step, and responds with its result or with what was wrong. */
const execute = async ({ step, bundle, spec, port }: Job) => {
  const outcome = await steps[step](bundle, spec).then(
    (result): Outcome => ({ result }),
    (error): Outcome => (error instanceof BuildError ? { problems: error.message } : { failure: error }),
  )
  module.flushCompileCache()
  port.postMessage(outcome)
  port.close()
}

if (workerData === import.meta.url) {
  // A thread has to ask for compiled code itself.
  module.enableCompileCache()
  parentPort!.on('message', execute)
  // The rules take long to load, so they do before the first message.
  await import('./lint-bundle.ts')
}

/** Makes the thread. It starts with its first step, or before, and what it has loaded stays in memory until its end. */
export const threadFor = (spec: string) => {
  let worker: Worker | undefined
  const start = () => {
    worker ??= new Worker(new URL(import.meta.url), { workerData: import.meta.url })
    // A build that fails before its steps does not wait for them.
    worker.unref()
    return worker
  }
  const execute = async (step: Job['step'], bundle: Bundle) => {
    const { port1, port2: port } = new MessageChannel()
    start().postMessage({ step, bundle, spec, port } satisfies Job, [port])
    const [{ result = '', problems, failure }] = (await once(port1, 'message')) as [Outcome]
    if (problems) throw new BuildError(problems)
    if (failure) throw failure
    return result
  }
  return { start, execute, end: () => worker?.terminate() }
}

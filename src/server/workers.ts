/** Several processes that serve one port, through Node's own cluster: each connection goes to one of them. */

import cluster, { type Worker } from 'node:cluster'
import { createServer } from 'node:net'
import { availableParallelism } from 'node:os'
import { setTimeout } from 'node:timers/promises'
import { asError } from '../as-error.ts'
import { closeAndExit } from './close-and-exit.ts'
import type { ListenOptions, Server } from './listen.ts'

/** Number of workers that `auto` stands for: one for each processor. */
export const workersOfMachine = availableParallelism

/** Whether this process is a worker; then `work` is what it does. */
export const isWorker = () => cluster.isWorker

/** Whether this process is the first worker of all: what is to be done once, it does. */
export const isFirstWorker = () => process.env.KOMOJU_WORKER === 'first'

/** What a worker says: it is bound and ready, it serves, or why it does not. */
type Report = 'ready' | { origin: string } | { failure: string }

/** Milliseconds that a worker has to live so that its successor starts at once. */
const shortLife = 1000

/** A port that nobody uses, so that all workers, successors too, listen on the same one. 0 where the host has none. */
const freePort = (host: string | undefined) =>
  new Promise<number>((resolve) => {
    const server = createServer()
    server.once('error', () => resolve(0))
    server.listen(0, host, () => {
      const { port } = server.address() as { port: number }
      server.close(() => resolve(port))
    })
  })

/** A worker that starts: it is ready once it is bound, and serves once it may begin. Both reject with its reason where it does not. */
type Starting = { worker: Worker; ready: Promise<void>; origin: Promise<string> }

/** @param onEnd hears, once it is gone, why, and whether it has served */
const startWorker = (role: 'first' | 'later', onEnd: (reason: string, hasServed: boolean) => void): Starting => {
  const worker = cluster.fork({ KOMOJU_WORKER: role })
  const ready = Promise.withResolvers<void>()
  const origin = Promise.withResolvers<string>()
  // A start that fails waits for one of them alone.
  for (const { promise } of [ready, origin]) promise.catch(() => undefined)
  let hasServed = false
  let failure: string | undefined
  const end = (reason: string) => {
    for (const { reject } of [ready, origin]) reject(new Error(reason))
    onEnd(reason, hasServed)
  }
  worker.on('message', (report: Report) => {
    if (report === 'ready') ready.resolve()
    else if ('failure' in report) failure = report.failure
    else {
      hasServed = true
      origin.resolve(report.origin)
    }
  })
  worker.on('error', (error) => {
    // A process that was not made does not exit, either. Any other goes on, or exits.
    if (worker.process.pid === undefined) end(`A worker cannot be started: ${error.message}.`)
  })
  worker.on('exit', (code, signal) => end(failure ?? `Worker ${worker.process.pid} ended (${signal ?? `exit code ${code}`}).`))
  return { worker, ready: ready.promise, origin: origin.promise }
}

/** Lets a worker begin as soon as it is ready. @returns where it listens */
const begin = async ({ worker, ready, origin }: Starting): Promise<string> => {
  await ready
  worker.send('begin')
  return origin
}

/**
 * Makes a server of several workers. Each runs this program again, with the same arguments. One that ends is replaced.
 * @param log hears of workers that end
 */
export const createWorkers = (count: number, log: (line: string) => void): Server => {
  const workers = new Set<Worker>()
  let isClosing = false

  const fork = (role: 'first' | 'later'): Starting => {
    const started = performance.now()
    const starting = startWorker(role, (reason, hasServed) => {
      workers.delete(starting.worker)
      if (!hasServed || isClosing) return
      log(`${reason} Another takes its place.`)
      void replace(performance.now() - started < shortLife ? shortLife : 0)
    })
    workers.add(starting.worker)
    return starting
  }

  const replace = async (delay: number): Promise<void> => {
    await setTimeout(delay)
    if (isClosing) return
    try {
      await begin(fork('later'))
    } catch (error) {
      if (isClosing) return
      log(`${asError(error).message} Another try follows.`)
      await replace(shortLife)
    }
  }

  /** @throws {Error} where a worker does not close cleanly; it says why by itself */
  const close = async () => {
    isClosing = true
    const ends = [...workers].map((worker) => new Promise<number>((resolve) => worker.once('exit', resolve)))
    for (const worker of workers) if (worker.isConnected()) worker.send('stop')
    if ((await Promise.all(ends)).some((code) => code > 0)) throw new Error('a worker did not')
  }

  return {
    listen: async ({ port = 0, host }: ListenOptions = {}) => {
      const shared = port === 0 ? await freePort(host) : port
      cluster.setupPrimary({ args: [...process.argv.slice(2), '--port', String(shared)] })
      try {
        // The first looks for other processes on the database before there are further workers, which would be among them.
        const first = fork('first')
        await first.ready
        if (isClosing) throw new Error('The workers are closing.')
        const others = Array.from({ length: count - 1 }, () => fork('later'))
        // Nothing is cleared before all of them are ready, and nobody responds before it is.
        await Promise.all(others.map(({ ready }) => ready))
        const origin = await begin(first)
        await Promise.all(others.map(begin))
        return origin
      } catch (error) {
        await close().catch(() => undefined)
        throw error
      }
    },
    close,
  }
}

/**
 * Makes the server of a process.
 * @param untilAllAreReady waits until the server may begin, once it is ready
 */
export type CreateServer = (untilAllAreReady?: () => Promise<void>) => Promise<Server>

/**
 * What a worker does: it serves until it is asked to stop.
 * @param createServer makes the server of this process
 */
export const work = async (createServer: CreateServer, options: ListenOptions) => {
  const report = (message: Report) => new Promise((resolve) => process.send!(message, resolve))
  const { promise: mayBegin, resolve: begin } = Promise.withResolvers<void>()
  const untilAllAreReady = async () => {
    await report('ready')
    await mayBegin
  }
  // Ctrl-C in a terminal, and its end, reach all processes: the first one tells the others.
  for (const signal of ['SIGINT', 'SIGHUP'] as const) process.on(signal, () => undefined)
  // There is nobody to report to any more: this process ends with the first one.
  process.on('error', () => process.exit(1))
  const creating = createServer(untilAllAreReady)
  let isStopping = false
  const stop = () => {
    if (!isStopping) void closeAndExit(creating)
    isStopping = true
  }
  process.once('SIGTERM', stop)
  process.on('message', (message) => {
    if (message === 'begin') begin()
    if (message === 'stop') stop()
  })
  try {
    const origin = await (await creating).listen(options)
    // A server that changes nothing did not wait.
    await untilAllAreReady()
    await report({ origin })
  } catch (error) {
    await report({ failure: asError(error).message })
    process.exit(1)
  }
}

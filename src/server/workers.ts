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

type Report = { origin: string } | { failure: string }

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

/**
 * Makes a server of several workers. Each runs this program again, with the same arguments. One that ends is replaced.
 * @param log hears of workers that end
 */
export const createWorkers = (count: number, log: (line: string) => void): Server => {
  const workers = new Set<Worker>()
  let isClosing = false

  /** @throws {Error} with the reason of a worker that does not come to listen */
  const fork = (role: 'first' | 'later') =>
    new Promise<string>((resolve, reject) => {
      const worker = cluster.fork({ KOMOJU_WORKER: role })
      const started = performance.now()
      let origin: string | undefined
      let failure: string | undefined
      workers.add(worker)
      worker.on('message', (report: Report) => {
        if ('failure' in report) failure = report.failure
        else {
          origin = report.origin
          resolve(origin)
          // It could not hear of the end while it started.
          if (isClosing) worker.send('stop')
        }
      })
      worker.on('error', (error) => {
        // A process that was not made does not exit, either. Any other goes on, or exits.
        if (worker.process.pid !== undefined) return
        workers.delete(worker)
        reject(new Error(`A worker cannot be started: ${error.message}.`))
      })
      worker.on('exit', (code, signal) => {
        workers.delete(worker)
        const reason = failure ?? `Worker ${worker.process.pid} ended (${signal ?? `exit code ${code}`}).`
        if (origin === undefined) reject(new Error(reason))
        else if (!isClosing) {
          log(`${reason} Another takes its place.`)
          void replace(performance.now() - started < shortLife ? shortLife : 0)
        }
      })
    })

  const replace = async (delay: number): Promise<void> => {
    await setTimeout(delay)
    if (isClosing) return
    try {
      await fork('later')
    } catch (error) {
      if (isClosing) return
      log(`${asError(error).message} Another try follows.`)
      await replace(shortLife)
    }
  }

  const close = async () => {
    isClosing = true
    const ends = [...workers].map((worker) => new Promise((resolve) => worker.once('exit', resolve)))
    for (const worker of workers) if (worker.isConnected()) worker.send('stop')
    await Promise.all(ends)
  }

  return {
    listen: async ({ port = 0, host }: ListenOptions = {}) => {
      const shared = port === 0 ? await freePort(host) : port
      cluster.setupPrimary({ args: [...process.argv.slice(2), '--port', String(shared)] })
      try {
        // What the first does once is done before another responds.
        const origin = await fork('first')
        await Promise.all(Array.from({ length: count - 1 }, () => fork('later')))
        return origin
      } catch (error) {
        await close()
        throw error
      }
    },
    close,
  }
}

/**
 * What a worker does: it serves until it is asked to stop.
 * @param createServer makes the server of this process
 */
export const work = async (createServer: () => Promise<Server>, options: ListenOptions) => {
  const report = (message: Report) => new Promise((resolve) => process.send!(message, resolve))
  // Ctrl-C in a terminal reaches all processes: the first one tells the others.
  process.on('SIGINT', () => undefined)
  try {
    const server = await createServer()
    let isStopping = false
    const stop = () => {
      if (!isStopping) void closeAndExit(server)
      isStopping = true
    }
    process.once('SIGTERM', stop)
    process.on('message', (message) => message === 'stop' && stop())
    await report({ origin: await server.listen(options) })
  } catch (error) {
    await report({ failure: asError(error).message })
    process.exit(1)
  }
}

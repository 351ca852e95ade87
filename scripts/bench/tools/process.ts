/** Processes that are measured: how long one takes, what one that serves does under load. */
import { type ChildProcess, spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import autocannon from 'autocannon'
import { freePort } from '../../tools/free-port.ts'

export const median = (values: number[]) => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!

/**
 * Runs a Node program to its end.
 * @returns wall time in milliseconds
 * @throws {Error} where it fails
 */
export const wallTime = (args: string[], cwd?: string) =>
  new Promise<number>((resolve, reject) => {
    const started = performance.now()
    const child = spawn(process.execPath, args, { cwd, stdio: ['ignore', 'ignore', 'pipe'] })
    let errors = ''
    child.stderr.on('data', (chunk) => {
      errors += chunk
    })
    child.on('exit', (code) =>
      code === 0 ? resolve(performance.now() - started) : reject(new Error(`${args.join(' ')}: exit ${code}\n${errors}`)),
    )
  })

export type Running = { child: ChildProcess; origin: string; stop: () => Promise<void> }

/**
 * Starts a server that takes `--port` and waits until it accepts connections.
 * @param input what it gets on its standard input
 */
export const startServer = async (args: (port: number) => string[], input = ''): Promise<Running> => {
  const port = await freePort()
  const child = spawn(process.execPath, args(port), { stdio: ['pipe', 'ignore', 'ignore'] })
  child.stdin.end(input)
  const origin = `http://127.0.0.1:${port}`
  for (let tries = 0; ; tries++) {
    if (await fetch(origin).catch(() => undefined)) break
    if (tries > 1500) throw new Error(`${args(port).join(' ')} does not listen`)
    await new Promise((resolve) => setTimeout(resolve, 10))
  }
  const stop = () =>
    new Promise<void>((resolve) => {
      child.on('exit', () => resolve())
      child.kill()
    })
  return { child, origin, stop }
}

export type Load = { perSecond: number; p50: number; p99: number; failures: number; total: number }

/** Sends one request over and over for some seconds. Times are in milliseconds. */
export const load = async (options: autocannon.Options): Promise<Load> => {
  const { requests, latency, non2xx, errors } = await autocannon({ connections: 10, ...options })
  return { perSecond: requests.average, p50: latency.p50, p99: latency.p99, failures: non2xx + errors, total: requests.total }
}

/** Resident memory of a process, in MiB. */
export const memoryOf = ({ pid }: ChildProcess) =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) / 1024

/** Hundredths of a second, in which Linux counts the time of processes. */
const msPerTick = 10

/** Time that a process has worked, all its threads together, in milliseconds. Unlike wall time, it does not depend on what else runs. */
export const workOf = ({ pid }: ChildProcess) => {
  // The name of the program stands in parentheses before, and may hold anything.
  const [, ...fields] = readFileSync(`/proc/${pid}/stat`, 'utf8').replace(/^.*\)/s, '').split(' ')
  const [user, system] = fields.slice(11, 13).map(Number)
  return (user! + system!) * msPerTick
}

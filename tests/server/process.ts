/** Servers as processes of their own, started by the command. */
import { type ChildProcess, type ChildProcessWithoutNullStreams, spawn } from 'node:child_process'
import { afterAll } from 'vitest'
import type { Measure } from '../../scripts/tools/measure.ts'

const running = new Set<ChildProcess>()
afterAll(() => {
  for (const child of running) child.kill('SIGKILL')
})

export type ServerProcess = {
  child: ChildProcess
  origin: string
  /** All that it has printed so far. */
  output: () => string
  /** Sends a signal and waits for the end. @returns the exit code, null where the signal ended it */
  end: (signal: NodeJS.Signals) => Promise<number | null>
}

const startNode = (...args: string[]): Promise<ServerProcess> => {
  const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
  running.add(child)
  let output = ''
  const ended = new Promise<number | null>((resolve) =>
    child.once('exit', (code) => {
      running.delete(child)
      resolve(code)
    }),
  )
  const end = (signal: NodeJS.Signals) => {
    child.kill(signal)
    return ended
  }
  return new Promise((resolve, reject) => {
    const read = (chunk: Buffer) => {
      output += chunk
      const origin = /^(?:Mock|Sandbox) +(\S+)\/api\/v1$/m.exec(output)?.[1]
      if (origin) resolve({ child, origin, output: () => output, end })
    }
    child.stdout!.on('data', read)
    child.stderr!.on('data', read)
    void ended.then((code) => reject(new Error(`exit ${code}: ${output}`)))
  })
}

/** Runs `komoju-openapi` with arguments on a free port, until it says where it listens. */
export const startProcess = (...args: string[]) => startNode('src/cli.ts', ...args, '--port', '0')

/** The same, with a look inside. */
export const startMeasured = async (...args: string[]) => {
  const server = await startNode('--expose-gc', '--import', './scripts/tools/measure.ts', 'src/cli.ts', ...args, '--port', '0')
  const measure = () =>
    new Promise<Measure>((resolve) => {
      server.child.once('message', (message) => resolve(message as Measure))
      server.child.send('measure')
    })
  return { ...server, measure }
}

/** Runs `komoju-openapi` until it ends by itself. */
export const runToEnd = (...args: string[]) => endOf(spawn(process.execPath, ['src/cli.ts', ...args]))

/** Runs it until it ends by a signal. @param ms when it gets the signal */
export const runUntil = (signal: NodeJS.Signals, ms: number, ...args: string[]) => {
  const child = spawn(process.execPath, ['src/cli.ts', ...args])
  const timer = setTimeout(() => child.kill(signal), ms)
  child.once('exit', () => clearTimeout(timer))
  return endOf(child)
}

const endOf = (child: ChildProcessWithoutNullStreams) =>
  new Promise<{ code: number | null; output: string }>((resolve) => {
    running.add(child)
    let output = ''
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (chunk: Buffer) => {
        output += chunk
      })
    child.once('close', (code) => {
      running.delete(child)
      resolve({ code, output })
    })
  })

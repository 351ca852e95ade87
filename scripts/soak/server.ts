/** A sandbox in a process of its own, which says what it holds. */
import { type ChildProcess, spawn } from 'node:child_process'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { projectFolder } from '../build/step.ts'
import type { Measure } from '../tools/measure.ts'
import { newDatabase, type PostgresServer } from '../tools/postgres.ts'

export const storages = ['memory', 'sqlite', 'postgres'] as const
export type StorageName = (typeof storages)[number]

export type SandboxProcess = {
  origin: string
  /** What it has said about failures of its own. */
  errors: () => string
  measure: () => Promise<Measure>
  stop: () => Promise<void>
}

/** Where the state is kept, as options of the command. */
const placeOf = async (storage: StorageName, folder: string, postgres: PostgresServer | undefined): Promise<string[]> => {
  if (storage === 'sqlite') return ['--db', join(folder, 'state.sqlite')]
  return postgres ? ['--db', await newDatabase(postgres.port)] : []
}

/** Address that the process prints first. */
const addressOf = async (child: ChildProcess): Promise<string> => {
  for await (const line of createInterface({ input: child.stdout! })) return new URL((JSON.parse(line) as { api: string }).api).origin
  throw new Error('The sandbox ended before it listened.')
}

/**
 * Starts a sandbox on a free port.
 * @param folder where an SQLite file may be
 * @param webhookUrls as `--webhook-url` takes them
 */
export const startSandbox = async (
  storage: StorageName,
  { folder, postgres, webhookUrls }: { folder: string; postgres: PostgresServer | undefined; webhookUrls: string[] },
): Promise<SandboxProcess> => {
  const place = await placeOf(storage, folder, postgres)
  const webhooks = ['--webhook-secret', 'whsec_soak', ...webhookUrls.flatMap((url) => ['--webhook-url', url])]
  const command = ['--expose-gc', '--import', resolve(import.meta.dirname, '../tools/measure.ts'), resolve(projectFolder, 'src/cli.ts')]
  const child = spawn(process.execPath, [...command, 'sandbox', '--port', '0', '--quiet', '--json', ...place, ...webhooks], {
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    // Ctrl-C is for this process, which ends the other one.
    detached: true,
  })
  const ended = new Promise<void>((end) => child.once('exit', () => end()))
  let errors = ''
  child.stderr!.on('data', (chunk) => {
    errors = (errors + chunk).slice(-10_000)
  })
  return {
    origin: await addressOf(child),
    errors: () => errors,
    measure: () =>
      new Promise<Measure>((measured) => {
        child.once('message', (message) => measured(message as Measure))
        child.send('measure')
      }),
    stop: () => {
      child.kill('SIGTERM')
      return ended
    },
  }
}

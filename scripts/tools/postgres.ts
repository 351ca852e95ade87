/** A PostgreSQL server of one's own for tests and figures: in a temporary folder, on a free port, as a user without rights. */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chownSync, globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { freePort } from './free-port.ts'

export type PostgresServer = {
  port: number
  /** Ends every process of the server at once, as a crash does. */
  kill: () => Promise<void>
  /** Starts it again on the same port. */
  start: () => Promise<void>
  /** Ends it and removes its folder. */
  stop: () => Promise<void>
}

/** Password of every address. */
export const password = 'pg-secret-7f3a'
const user = 'sandbox'

/** Address of a database of the server on a port. */
const addressOf = (port: number, database = 'postgres') => `postgres://${user}:${password}@127.0.0.1:${port}/${database}`

const ask = async (address: string, text: string) => {
  const client = new pg.Client(address)
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query(text)
  } finally {
    await client.end().catch(() => undefined)
  }
}

/**
 * Makes an empty database on the server that listens on a port.
 * @returns its address, with a password that must show up nowhere
 */
export const newDatabase = async (port: number) => {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await ask(addressOf(port), `CREATE DATABASE ${name}`)
  return addressOf(port, name)
}

/** Name and number of the user that runs the server: PostgreSQL rejects to run as root. */
const idOf = (flag: string) => Number(spawnSync('id', [flag, 'postgres'], { encoding: 'utf8' }).stdout)
const isRoot = process.getuid?.() === 0
export const unprivileged = () => (isRoot ? { uid: idOf('-u'), gid: idOf('-g') } : {})

/** @param options settings of the server, for example `-c fsync=off` */
export const createPostgresServer = async (...options: string[]): Promise<PostgresServer> => {
  const bin = globSync('/usr/lib/postgresql/*/bin').sort().at(-1)!
  const folder = mkdtempSync(join(tmpdir(), 'komoju-postgres-'))
  const as = unprivileged()
  if (isRoot) chownSync(folder, as.uid!, as.gid!)
  const data = join(folder, 'data')
  const made = spawnSync(join(bin, 'initdb'), ['-D', data, '-U', user, '--auth=trust', '--no-sync', '-E', 'UTF8', '--locale=C.UTF-8'], {
    ...as,
    cwd: folder,
    encoding: 'utf8',
  })
  if (made.status !== 0) throw new Error(`initdb: ${made.stderr}`)
  const port = await freePort()

  let child: ChildProcess | undefined
  const ended = () =>
    new Promise<void>((resolve) => {
      if (!child || child.exitCode !== null || child.signalCode !== null) resolve()
      else child.once('exit', () => resolve())
    })

  let log = ''
  const launch = () => {
    log = ''
    // A group of its own, so that all its processes can be ended together.
    child = spawn(join(bin, 'postgres'), ['-D', data, '-h', '127.0.0.1', '-p', String(port), '-k', folder, ...options], {
      ...as,
      cwd: folder,
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe'],
    })
    child.stderr!.on('data', (chunk) => {
      log = (log + chunk).slice(-2000)
    })
  }
  const start = async () => {
    launch()
    for (let tries = 0; ; tries++) {
      const error = await ask(addressOf(port), 'SELECT').then(
        () => undefined,
        (reason: Error) => reason,
      )
      if (!error) return
      const hasEnded = child!.exitCode !== null
      // Processes of a server that was killed end a moment after it.
      if (hasEnded && tries <= 200 && log.includes('is still in use')) launch()
      else if (tries > 200 || (hasEnded && log !== '')) throw new Error(`PostgreSQL does not start: ${error.message}\n${log}`)
      await setTimeout(50)
    }
  }
  const end = async (signal: NodeJS.Signals) => {
    const end = ended()
    try {
      if (signal === 'SIGKILL') process.kill(-child!.pid!, signal)
      else child!.kill(signal)
    } catch {
      // It has ended by itself.
    }
    await end
  }
  await start()

  return {
    port,
    kill: () => end('SIGKILL'),
    start,
    stop: async () => {
      // SIGINT ends open connections, too.
      await end('SIGINT')
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** Runs other people's programs in folders of their own, and says how they ended. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { projectFolder } from '../build/step.ts'

/** A row of a table. */
export type Result = { tool: string; version: string; verdict: 'works' | 'warns' | 'fails'; detail: string }

const toolTimeoutMs = 300_000

/** Where everything is installed; it stays, so that a second run is faster. */
export const cache = resolve(tmpdir(), 'komoju-interop')

type Ended = { code: number; output: string }

/**
 * Runs a command line in a folder, with the binaries that are installed there.
 * @returns its exit code, and all that it printed
 */
export const run = (folder: string, [command = '', ...args]: string[]): Promise<Ended> =>
  new Promise((done) => {
    const path = [join(folder, 'node_modules/.bin'), process.env.PATH].join(delimiter)
    const options = { cwd: folder, env: { ...process.env, PATH: path, CI: '1' }, timeout: toolTimeoutMs, maxBuffer: 64 * 1024 * 1024 }
    execFile(command, args, options, (error, stdout, stderr) =>
      done({ code: error ? Number(error.code ?? 1) || 1 : 0, output: `${stdout}\n${stderr}` }),
    )
  })

/** Version of the first of the packages that are installed in a folder. */
export const installedVersion = (folder: string, [first = '']: string[]): string => {
  const name = first.replace(/(?<=.)@[^@/]*$/, '')
  return (JSON.parse(readFileSync(join(folder, 'node_modules', name, 'package.json'), 'utf8')) as { version: string }).version
}

/** A message without the folders of the machine that it comes from. */
export const withoutFolders = (text: string) => text.replaceAll(`${cache}/`, '').replaceAll(`${projectFolder}/`, '')

/** The line of an output that says most. */
export const firstLine = (output: string) =>
  (
    withoutFolders(output)
      .split('\n')
      .find((line) => /error|cannot|invalid|unexpected|maximum/i.test(line)) ??
    withoutFolders(output).trim().split('\n')[0] ??
    ''
  )
    .trim()
    .slice(0, 160)

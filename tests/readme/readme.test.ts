/**
 * Every shell block of the README, pasted in order into an empty folder: from a clone, and from the package. Only `npm ci` and `npm i` are not
 * npm's own; see npm.ts. The machine has Node 20 alone, as the README promises that it may.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { withVersions } from '../../src/missing-packages.ts'
import { required } from '../../src/required.ts'
import { nodeFolder } from '../nodes.ts'
import { packIn } from '../../scripts/tools/pack.ts'
import { type Block, blocksOf, fits } from './blocks.ts'
import { openShell } from './shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-readme-'))
const origin = join(folder, 'origin')
const repository = 'https://github.com/komoju-openapi/komoju-openapi.git'
const blocks = blocksOf(readFileSync('README.md', 'utf8'))
/** The blocks are pasted as they are, so their ports have to be free. */
const ports = [4010, 4020, 4030]
let tarball: string

/** The project as a reader would clone it: what git knows, and what is about to be committed. */
const makeOrigin = () => {
  const files = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], { encoding: 'utf8' })
  for (const file of files.split('\0').filter((name) => name !== '' && existsSync(name))) {
    mkdirSync(dirname(join(origin, file)), { recursive: true })
    cpSync(file, join(origin, file))
  }
  const git = (...args: string[]) =>
    execFileSync('git', ['-c', 'user.name=test', '-c', 'user.email=test@example.com', ...args], { cwd: origin })
  git('init', '--quiet')
  git('add', '--all')
  git('commit', '--quiet', '--message', 'The project')
}

beforeAll(async () => {
  makeOrigin()
  tarball = join(folder, 'packed', (await packIn(join(folder, 'packed'))).filename)
}, 300_000)
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const readers = ['clone', 'package'] as const
type Reader = (typeof readers)[number]

/** Whether a reader follows a block. */
const follows = (reader: Reader, { audience }: Block) =>
  audience === 'everybody' || (audience === 'clone' ? reader === 'clone' : reader === 'package')

/** A machine with git, npm and Node 20, and nothing of this project. */
const environmentOf = (reader: Reader): NodeJS.ProcessEnv => {
  const bin = join(folder, `${reader}-bin`)
  mkdirSync(bin)
  symlinkSync(join(nodeFolder(20), 'node'), join(bin, 'node'))
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\nexec '${process.execPath}' '${resolve('tests/readme/npm.ts')}' "$@"\n`, { mode: 0o755 })
  const system = '/usr/local/bin:/usr/bin:/bin'
  return {
    PATH: `${bin}:${system}`,
    HOME: folder,
    INSTALLED: resolve('node_modules'),
    REAL_NPM: execFileSync('which', ['npm'], { env: { PATH: system }, encoding: 'utf8' }).trim(),
    npm_config_update_notifier: 'false',
    GIT_CONFIG_COUNT: '1',
    GIT_CONFIG_KEY_0: `url.${origin}/.git.insteadOf`,
    GIT_CONFIG_VALUE_0: repository,
  }
}

const isInUse = (port: number) =>
  new Promise<boolean>((done) => {
    const socket = connect(port, '127.0.0.1')
    socket.once('connect', () => done(true)).once('error', () => done(false))
    socket.once('connect', () => socket.destroy())
  })

test('the README has blocks for both readers, and promises', () => {
  expect(new Set(blocks.map(({ audience }) => audience)).size).toBe(5)
  expect(blocks.filter(({ output }) => output !== undefined).length).toBeGreaterThan(4)
})

test('it installs each optional package in the version that works', () => {
  const { peerDependencies } = JSON.parse(readFileSync('package.json', 'utf8'))
  const line = required(
    blocks.find(({ audience }) => audience === 'packages'),
    'Block with the packages',
  ).shell
  // PostgreSQL is for those who have one.
  const names = Object.keys(peerDependencies).filter((name) => name !== 'pg')
  expect(line.split(' ').slice(3)).toEqual(withVersions(names).sort())
})

describe.for(readers)('from a %s', (reader) => {
  test('each block does what the README says', { timeout: 900_000 }, async () => {
    for (const port of ports)
      await vi.waitFor(async () => expect(await isInUse(port), `Port ${port} is in use. Stop what listens there.`).toBe(false), {
        timeout: 120_000,
        interval: 1000,
      })
    const cwd = join(folder, reader)
    mkdirSync(cwd)
    if (reader === 'package') {
      writeFileSync(join(cwd, 'package.json'), '{"private":true,"type":"module"}')
      cpSync(tarball, join(cwd, basename(tarball)))
    }
    const shell = openShell(cwd, environmentOf(reader))
    onTestFinished(shell.close)
    for (const block of blocks.filter((candidate) => follows(reader, candidate))) {
      const { code, output } = await shell.paste(block.shell)
      expect(code, `line ${block.line}: ${output}`).toBe(0)
      expect(output, `line ${block.line}`).not.toMatch(/npm (?:warn|error)|command not found|\(node:\d+\)/i)
      if (block.output !== undefined) expect(fits(output, block.output), `line ${block.line} printed:\n${output}`).toBe(true)
    }
  })
})

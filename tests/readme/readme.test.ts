/**
 * Every shell block of the READMEs, pasted in order into an empty folder on a machine with git, npm and one Node: from a clone, and from the
 * package. On Node 24 README.md is pasted whole. On Node 20 and 22 what takes long and runs on the same Node everywhere is left out, and so it
 * is for README.ja.md, whose blocks are some of README.md's. Those of README.ko.md are the same, which tests/docs/readme-languages.test.ts holds.
 */
import { execFileSync } from 'node:child_process'
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { connect } from 'node:net'
import { tmpdir } from 'node:os'
import { basename, dirname, join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, onTestFinished, test, vi } from 'vitest'
import { freePort } from '../../scripts/tools/free-port.ts'
import { withVersions } from '../../src/missing-packages.ts'
import { required } from '../../src/required.ts'
import { packedOnce } from '../made-once.ts'
import { nodeFolder } from '../nodes.ts'
import { type Block, blocksOf, fits } from './blocks.ts'
import { hasOwnPorts, openShell, type Shell } from './shell.ts'

const folder = mkdtempSync(join(tmpdir(), 'komoju-readme-'))
const origin = join(folder, 'origin')
const repository = 'https://github.com/komoju-openapi/komoju-openapi.git'
const files = ['README.md', 'README.ja.md'] as const
const texts = Object.fromEntries(files.map((file) => [file, readFileSync(file, 'utf8')])) as Record<(typeof files)[number], string>
const blocks = blocksOf(texts['README.md'])
/** The blocks are pasted as they are: a shell without ports of its own needs these. */
const ports = [4010, 4020, 4030]
let packed: string
let tarball: string
let registryPort: number

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
  const { source, report } = await packedOnce()
  packed = source
  tarball = join(source, report.filename)
  registryPort = await freePort()
}, 600_000)
// Eight installations are many files.
afterAll(() => rm(folder, { recursive: true, force: true }), 600_000)

type Reader = { file: (typeof files)[number]; place: 'clone' | 'package'; node: 20 | 22 | 24 }
const readers: Reader[] = [
  ...([24, 20, 22] as const).flatMap((node) => (['clone', 'package'] as const).map((place) => ({ file: files[0], place, node }))),
  { file: files[1], place: 'clone', node: 24 },
]

/** Blocks that a reader follows. README.md says whom each addresses. */
const blocksFor = ({ file, place, node }: Reader): Block[] => {
  const follows = (audience: Block['audience']) => {
    if (audience === 'old-node') return place === 'package' && node < 22
    if (audience === 'packages') return place === 'package'
    return audience === 'everybody' || audience === place
  }
  return blocksOf(texts[file]).filter(({ shell }) =>
    follows(
      required(
        blocks.find((block) => block.shell === shell),
        `Block of ${file} in README.md`,
      ).audience,
    ),
  )
}

/** Whether a reader leaves a block out. In a clone every command runs on the Node of the project, whatever the machine's is. */
const leavesOut = ({ file, place, node }: Reader, { shell }: Block) => {
  if (file === 'README.md' && node === 24) return false
  return (place === 'clone' ? /^npm run build$|komoju-openapi contract/ : /^npx komoju-openapi contract /).test(shell)
}

/** A machine with git, npm and a Node, and nothing of this project. */
const environmentOf = ({ node }: Reader, home: string): NodeJS.ProcessEnv => {
  const bin = join(home, 'bin')
  mkdirSync(bin)
  symlinkSync(join(nodeFolder(node), 'node'), join(bin, 'node'))
  writeFileSync(join(bin, 'npm'), `#!/bin/sh\nexec '${process.execPath}' '${resolve('tests/readme/npm.ts')}' "$@"\n`, { mode: 0o755 })
  return {
    PATH: `${bin}:/usr/local/bin:/usr/bin:/bin`,
    HOME: home,
    INSTALLED: resolve('node_modules'),
    REAL_NPM: execFileSync('which', ['npm'], { encoding: 'utf8' }).trim(),
    npm_config_update_notifier: 'false',
    npm_config_registry: `http://127.0.0.1:${registryPort}`,
    npm_config_cache: join(folder, 'npm-cache'),
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

const waitForPorts = async () => {
  for (const port of ports)
    await vi.waitFor(async () => expect(await isInUse(port), `Port ${port} is in use. Stop what listens there.`).toBe(false), {
      timeout: 120_000,
      interval: 1000,
    })
}

/** Starts a shell in an empty folder; for the package, beside a project with the tarball and a registry. */
const startShell = async (reader: Reader, cwd: string) => {
  const home = mkdtempSync(join(folder, 'home-'))
  const shell = openShell(cwd, environmentOf(reader, home))
  onTestFinished(shell.close)
  if (reader.place === 'clone') return shell
  writeFileSync(join(cwd, 'package.json'), '{"private":true,"type":"module"}')
  cpSync(tarball, join(cwd, basename(tarball)))
  const { code } = await shell.paste(
    `'${process.execPath}' '${resolve('tests/readme/registry.ts')}' ${registryPort} >/dev/null 2>&1 &
    curl --silent --retry 60 --retry-delay 1 --retry-connrefused --output /dev/null http://127.0.0.1:${registryPort}/fastify`,
  )
  expect(code).toBe(0)
  return shell
}

/** What the README says that npm warns of. */
const withoutAnnounced = ({ node }: Reader, output: string) =>
  output.replaceAll(node < 24 ? /^npm warn (?:EBADENGINE|install-scripts)\b.*\n/gm : /^npm warn install-scripts\b.*\n/gm, '')

const pasteAll = async (reader: Reader, shell: Shell, cwd: string) => {
  for (const block of blocksFor(reader)) {
    if (leavesOut(reader, block)) {
      if (block.shell === 'npm run build')
        cpSync(join(packed, 'dist/generated/docs'), join(cwd, 'komoju-openapi/generated/docs'), { recursive: true })
      continue
    }
    const { code, output } = await shell.paste(block.shell)
    expect(code, `line ${block.line}: ${output}`).toBe(0)
    expect(withoutAnnounced(reader, output), `line ${block.line}`).not.toMatch(/npm (?:warn|error)|command not found|\(node:\d+\)/i)
    if (block.output !== undefined) expect(fits(output, block.output), `line ${block.line} printed:\n${output}`).toBe(true)
  }
}

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

describe.for(readers)('$file from a $place, on Node $node', (reader) => {
  test('each block does what it says', { timeout: 1_800_000 }, async () => {
    if (!hasOwnPorts) await waitForPorts()
    const cwd = mkdtempSync(join(folder, `${reader.place}-`))
    const shell = await startShell(reader, cwd)
    await pasteAll(reader, shell, cwd)
    if (reader.place === 'clone') return
    // The client, on the machine's own Node, against the mock that the README has started. The snippet is JavaScript, too.
    writeFileSync(join(cwd, 'pay.mjs'), required(/^```ts\n(.*?)^```$/ms.exec(texts['README.md'])?.[1], 'Snippet of the client'))
    const { output } = await shell.paste('KOMOJU_SECRET_KEY=sk_123456 KOMOJU_URL=http://127.0.0.1:4010/api/v1 node pay.mjs')
    expect(output).toMatch(/^authorized https:\S+\n$/)
  })
})

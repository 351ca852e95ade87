/** The packed client in projects of users: installed from the tarball, compiled, bundled and run. */
import { createHash } from 'node:crypto'
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { dirname, join, resolve } from 'node:path'
import { transform } from 'esbuild'
import { readDocument } from '../../src/document.ts'
import { required } from '../../src/required.ts'
import { createSandboxServer } from '../../src/server/index.ts'
import { projectFolder } from '../build/step.ts'
import { launchBrowser } from '../tools/chromium.ts'
import { packIn } from '../tools/pack.ts'
import { bundlers } from './projects/bundlers.ts'
import { compilers } from './projects/compilers.ts'
import { frameworks } from './projects/frameworks.ts'
import type { Project } from './projects/project.ts'
import { runtimes } from './projects/runtimes.ts'
import { servePage } from './renderers.ts'
import { cache, firstLine, installedVersion, type Result, run, withoutFolders } from './run.ts'

const programFile = resolve(projectFolder, 'scripts/interop/projects/program.ts')

/** All projects. */
export const projects = (): Project[] => {
  const { properties } = required(readDocument().components.schemas.KonbiniRequest, 'KonbiniRequest') as { properties: object }
  const fields = Object.keys(properties).filter((name) => name !== 'type')
  return [...compilers(fields.sort(), readFileSync(programFile, 'utf8')), ...bundlers, ...runtimes, ...frameworks]
}

/** The tarball under a name of its content, so that npm takes a new one for another package. */
const pack = async () => {
  const place = join(cache, 'package')
  rmSync(place, { recursive: true, force: true })
  const file = join(place, (await packIn(place, { hasPages: false })).filename)
  const hash = createHash('sha256').update(readFileSync(file)).digest('hex').slice(0, 12)
  const tarball = join(cache, `komoju-openapi-${hash}.tgz`)
  copyFileSync(file, tarball)
  return tarball
}

const freePort = async () => {
  const server = createServer().listen(0, '127.0.0.1')
  await new Promise((listening) => server.once('listening', listening))
  const { port } = server.address() as AddressInfo
  await new Promise((closed) => server.close(closed))
  return port
}

const writeFiles = async ({ files }: Project, folder: string, fill: (text: string) => string) => {
  const program = readFileSync(programFile, 'utf8')
  const compiled = async (format: 'esm' | 'cjs') => (await transform(program, { loader: 'ts', format, target: 'es2022' })).code
  const all = { 'program.ts': program, 'program.mjs': await compiled('esm'), 'program.cjs': await compiled('cjs'), ...files }
  for (const [name, text] of Object.entries(all)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true })
    writeFileSync(join(folder, name), fill(text))
  }
}

const titleIn = async (folder: string, page: string): Promise<string> => {
  const { address, close } = await servePage(folder, '')
  const browser = await launchBrowser()
  try {
    const tab = await browser.newPage()
    await tab.goto(address + page)
    await tab.waitForFunction('document.title').catch(() => undefined)
    return await tab.title()
  } finally {
    await browser.close()
    close()
  }
}

/** What goes wrong in a project, in a line; undefined where all of it works. */
const problemOf = async ({ commands, page, packages }: Project, folder: string, tarball: string) => {
  const install = ['npm', 'install', '--no-audit', '--no-fund', '--no-package-lock', '--prefer-offline', '--silent', ...packages, tarball]
  const installed = await run(folder, install)
  if (installed.code !== 0) return `cannot be installed: ${firstLine(installed.output)}`
  let last = ''
  for (const command of commands) {
    const { code, output } = await run(folder, command)
    if (code !== 0) return `\`${command.join(' ')}\`: ${firstLine(output)}`
    last = output
  }
  if (page === undefined) return /^\s*works$/m.test(last) ? undefined : `does not end: ${firstLine(last)}`
  const title = await titleIn(folder, page)
  return title === 'works' ? undefined : `in Chromium: ${title}`
}

const judge = async (project: Project, tarball: string): Promise<Result> => {
  const folder = join(cache, 'projects', project.name.replaceAll(/\W+/g, '-'))
  mkdirSync(folder, { recursive: true })
  // Node, Deno and Bun fetch their programs when they are installed.
  writeFileSync(
    join(folder, 'package.json'),
    '{ "private": true, "allowScripts": { "node": true, "deno": true, "bun": true, "esbuild": false } }\n',
  )
  rmSync(join(folder, 'out'), { recursive: true, force: true })
  const port = await freePort()
  const sandbox = await createSandboxServer({ webhookUrl: `http://127.0.0.1:${port}/webhook`, webhookSecret: 'whsec' })
  try {
    const url = `${await sandbox.listen()}/api/v1`
    await writeFiles(project, folder, (text) =>
      text.replaceAll('{url}', url).replaceAll('{port}', String(port)).replaceAll('{tarball}', tarball),
    )
    const problem = await problemOf(project, folder, tarball)
    const version = installedVersion(folder, project.packages)
    return { tool: project.name, version, verdict: problem ? 'fails' : 'works', detail: problem ? withoutFolders(problem) : project.detail }
  } finally {
    await sandbox.close()
  }
}

/** Judges projects, one after another, each with a sandbox of its own. */
export const judgesOf = (chosen: Project[]): { tool: string; judge: () => Promise<Result> }[] => {
  let tarball: Promise<string> | undefined
  return chosen.map((project) => ({
    tool: project.name,
    judge: async () => {
      tarball ??= pack()
      return judge(project, await tarball)
    },
  }))
}

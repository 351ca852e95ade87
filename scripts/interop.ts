/** `npm run interop`: other people's tools on the document, and the client in their projects. Writes docs/interop.md. Needs the network. */
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'
import { projectFolder, runStep, writeWhole } from './build/step.ts'
import { probeOf, readCompiler } from './interop/probe.ts'
import { type Renderer, renderers, showWith } from './interop/renderers.ts'
import { cache, firstLine, installedVersion, type Result, run, withoutFolders } from './interop/run.ts'
import { servers } from './interop/servers.ts'
import { type Generator, generators, type Reader, readers } from './interop/tools.ts'
import { replaceBetween } from './tools/between.ts'

const compiler = join(createRequire(import.meta.url).resolve('typescript/package.json'), '../bin/tsc')

const specOf = (folder: string) => ({
  yaml: join(folder, 'openapi.yaml'),
  json: join(folder, 'openapi.json'),
  yaml30: join(folder, 'openapi-3.0.yaml'),
})

/** A folder with the tool installed and the document beside it. */
const prepare = async ({ name, packages, files = {} }: Pick<Generator, 'name' | 'packages' | 'files'>) => {
  const folder = join(cache, name.replaceAll(/\W+/g, '-'))
  mkdirSync(folder, { recursive: true })
  for (const file of ['openapi.yaml', 'openapi.json', 'openapi-3.0.yaml'])
    cpSync(resolve(projectFolder, 'generated', file), join(folder, file))
  rmSync(join(folder, 'out'), { recursive: true, force: true })
  // Some tools do not make the folder that they write to.
  mkdirSync(join(folder, 'out'))
  const { yaml, json, yaml30 } = specOf(folder)
  const fill = (text: string) => text.replaceAll('{spec}', yaml).replaceAll('{json}', json).replaceAll('{spec30}', yaml30)
  for (const [file, text] of Object.entries(files)) writeFileSync(join(folder, file), fill(text))
  if (!existsSync(join(folder, 'node_modules'))) {
    writeFileSync(join(folder, 'package.json'), '{ "private": true, "type": "module" }\n')
    const { code, output } = await run(folder, ['npm', 'install', '--no-audit', '--no-fund', '--silent', ...packages])
    if (code !== 0) throw new Error(`could not be installed: ${output.trim().split('\n')[0]}`)
  }
  return { folder, fill, version: installedVersion(folder, packages) }
}

const judgeGenerator = async (generator: Generator): Promise<Result> => {
  const { folder, fill, version } = await prepare(generator)
  const result = (verdict: Result['verdict'], detail: string) => ({ tool: generator.name, version, verdict, detail })
  const { code, output } = await run(folder, generator.command.map(fill))
  const entry = join(folder, generator.body.from)
  if (code === 0 && !existsSync(entry)) {
    mkdirSync(join(folder, 'out'), { recursive: true })
    // A tool that writes to the terminal.
    writeFileSync(entry, output.replace(/^(declare namespace)/gm, 'export $1'))
  }
  if (code !== 0) return result('fails', firstLine(output))
  const probe = probeOf(generator)
  writeFileSync(join(folder, 'probe.ts'), probe)
  const flags =
    '--noEmit --strict --exactOptionalPropertyTypes --skipLibCheck --allowImportingTsExtensions --module esnext --moduleResolution bundler --target es2022 --lib es2022,dom,dom.iterable'
  const compiled = await run(folder, [process.execPath, compiler, ...flags.split(' '), '--pretty', 'false', 'probe.ts'])
  const { rejected, accepted, others } = readCompiler(probe, compiled.output)
  const problems = [
    ...(rejected.length > 0 ? [`does not take ${rejected.join(', ')}`] : []),
    ...(accepted.length > 0 ? [`cannot reject ${accepted.join(', ')}`] : []),
    ...(others.length > 0 ? [`generated code has ${others.length} type errors, the first: ${others[0]?.slice(0, 120)}`] : []),
  ]
  if (problems.length === 0) return result('works', 'takes konbini, card, token and customer; rejects all five wrong bodies')
  return result(rejected.length > 0 || others.length > 0 ? 'fails' : 'warns', problems.join('; '))
}

const judgeReader = async (reader: Reader): Promise<Result> => {
  const { folder, fill, version } = await prepare(reader)
  const { code, output } = await run(folder, reader.command.map(fill))
  const warns = reader.warns?.test(output) ?? false
  const verdict = code !== 0 ? 'fails' : warns ? 'warns' : 'works'
  return { tool: reader.name, version, verdict, detail: verdict === 'works' ? '' : firstLine(output) }
}

const markers = ['<!-- interop table: written by `npm run interop` -->', '<!-- end of the interop table -->'] as const
const projectMarkers = ['<!-- projects table: written by `npm run interop` -->', '<!-- end of the projects table -->'] as const

const judgeRenderer = async (renderer: Renderer): Promise<Result> => {
  const { folder, version } = await prepare(renderer)
  const { complaints, missing } = await showWith(folder, renderer)
  const problems = [
    ...(missing.length > 0 ? [`does not show ${missing.join(', ')}`] : []),
    ...(complaints.length > 0 ? [`complains: ${complaints[0]?.split('\n')[0]?.slice(0, 120)}`] : []),
  ]
  const verdict = missing.length > 0 ? 'fails' : complaints.length > 0 ? 'warns' : 'works'
  return {
    tool: renderer.name,
    version,
    verdict,
    detail: verdict === 'works' ? 'shows all operations; nothing in the console' : problems.join('; '),
  }
}

const rowOf = ({ tool, version, verdict, detail }: Result) => `| ${tool} | ${version} | ${verdict} | ${detail.replaceAll('|', '\\|')} |`

/**
 * The table of tools: new rows, and those of the page for tools that were not tried.
 * @param text the page
 */
const tableOf = (text: string, tools: string[], results: Result[]) => {
  const rows = new Map(text.split('\n').map((line) => [/^\| (.+?) \|/.exec(line)?.[1], line]))
  for (const result of results) rows.set(result.tool, rowOf(result))
  return ['| tool | version | verdict | detail |', '| --- | --- | --- | --- |', ...tools.flatMap((tool) => rows.get(tool) ?? [])].join('\n')
}

type Job = { tool: string; reason?: string | undefined; judge: () => Promise<Result> }

/** Judges one after another, and prints each result. */
const resultsOf = async (jobs: Job[]) => {
  const results: Result[] = []
  for (const { tool, reason, judge } of jobs) {
    const result = await judge().catch(
      (error: Error): Result => ({ tool, version: '', verdict: 'fails', detail: withoutFolders(error.message).slice(0, 160) }),
    )
    if (result.verdict !== 'works' && reason) result.detail = reason
    console.log(`${result.verdict.padEnd(6)} ${result.tool} ${result.version}  ${result.detail}`)
    results.push(result)
  }
  return results
}

const help = `Usage: npm run interop -- [options]

Installs other people's tools into a cache, runs them on generated/openapi.yaml and writes docs/interop.md. Generated code is compiled
with bodies that have to compile and bodies that must not. The packed client is installed, compiled, bundled and run in projects as users
have them. Needs the network.

  --only <words>  only tools whose name has one of these words, separated by commas; the rows of the others stay
  --help          show this help`

if (import.meta.main)
  await runStep(async () => {
    const { values } = parseArgs({ options: { only: { type: 'string' }, help: { type: 'boolean' } } })
    if (values.help) return console.log(help)
    const isAsked = ({ tool }: Job) => values.only === undefined || values.only.split(',').some((word) => tool.includes(word))
    // With all that packs and serves the client: the help needs none of it.
    const { judgesOf, projects } = await import('./interop/projects.ts')
    const tools: Job[] = [
      ...generators.map((tool) => ({ tool: tool.name, reason: tool.reason, judge: () => judgeGenerator(tool) })),
      ...renderers.map((tool) => ({ tool: tool.name, reason: tool.reason, judge: () => judgeRenderer(tool) })),
      ...[...readers, ...servers].map((tool) => ({ tool: tool.name, reason: tool.reason, judge: () => judgeReader(tool) })),
    ]
    const page = resolve(projectFolder, 'docs/interop.md')
    for (const [jobs, between] of [
      [tools, markers],
      [judgesOf(projects()), projectMarkers],
    ] as const) {
      const results = await resultsOf(jobs.filter(isAsked))
      const text = readFileSync(page, 'utf8')
      const names = jobs.map(({ tool }) => tool)
      writeWhole(page, replaceBetween(page, text, between, tableOf(text, names, results)))
    }
  })

/** The house as its imports are: one way, without circles. docs/architecture.md draws them. */
import { globSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, relative, resolve } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { inputsOf } from '../scripts/build/inputs.ts'
import { importsOf } from '../scripts/tools/imports.ts'

const root = resolve('.')
const modules = globSync('{src,scripts,tests,generated}/**/*.{ts,js,cjs}', { exclude: ['generated/docs/**'] }).map((file) => resolve(file))
const graph = new Map(modules.map((file) => [file, importsOf(file)]))
const roomOf = (file: string) => relative(root, file).split('/')[0] ?? ''
const shown = (file: string) => relative(root, file)

/** Files that import each other in a circle, in the order in which they do; undefined for a graph without one. */
const circleIn = (imports: Map<string, string[]>): string[] | undefined => {
  const done = new Set<string>()
  const visit = (file: string, path: string[]): string[] | undefined => {
    if (path.includes(file)) return [...path.slice(path.indexOf(file)), file]
    if (done.has(file)) return
    done.add(file)
    for (const target of imports.get(file) ?? []) {
      const circle = visit(target, [...path, file])
      if (circle) return circle
    }
  }
  for (const file of imports.keys()) {
    const circle = visit(file, [])
    if (circle) return circle
  }
}

/** Rooms that a room may import, besides itself. */
const allowed: Record<string, string[]> = {
  src: ['generated', 'package.json'],
  generated: ['src/client'],
  scripts: ['src', 'generated'],
  tests: ['src', 'scripts', 'generated', 'examples', 'vitest.config.ts', 'package.json'],
}

describe('imports', () => {
  test('are read at all', () => {
    expect(graph.get(resolve('src/cli/program.ts'))?.map(shown)).toContain('src/contract/cli/command.ts')
    expect(graph.get(resolve('scripts/start.ts'))?.map(shown)).toContain('src/cli.ts')
    expect(graph.get(resolve('scripts/mutate.ts'))?.map(shown)).toContain('scripts/mutation/worker.ts')
  })

  test('make no circle', () => {
    expect(circleIn(graph)?.map(shown)).toBeUndefined()
  })

  test('a circle is found', () => {
    const folder = mkdtempSync(join(tmpdir(), 'komoju-circle-'))
    onTestFinished(() => rmSync(folder, { recursive: true }))
    const [one, two] = [join(folder, 'one.ts'), join(folder, 'two.ts')]
    writeFileSync(one, "import { two } from './two.ts'\nexport const one = two")
    writeFileSync(two, "import type { one } from './one.ts'\nexport const two: typeof one = 2")
    expect(circleIn(new Map([one, two].map((file) => [file, importsOf(file)])))).toEqual([one, two, one])
  })

  test.each(Object.entries(allowed))('%s imports only what stands below it', (room, others) => {
    const isAllowed = (target: string) => roomOf(target) === room || others.some((other) => shown(target).startsWith(other))
    const wrong = modules
      .filter((file) => roomOf(file) === room)
      .flatMap((file) =>
        (graph.get(file) ?? []).filter((target) => !isAllowed(target)).map((target) => `${shown(file)} → ${shown(target)}`),
      )
    expect(wrong).toEqual([])
  })
})

test('a build is stale after a change in anything that it imports, and in nothing else', () => {
  const inputs = inputsOf(resolve('spec')).map(shown)
  for (const file of ['src/server/scenarios.ts', 'scripts/build/redocly-plugin.ts', 'scripts/client/method.ts', 'redocly.yaml'])
    expect(inputs).toContain(file)
  expect(inputs).toContain('spec/payment-methods/konbini/sandbox.yaml')
  expect(inputs.filter((file) => /^scripts\/(bench|mutation|faults)\b|^src\/(contract|client)\b|^tests\//.test(file))).toEqual([])
})

import { availableParallelism } from 'node:os'
import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'
import { BaseSequencer, type TestSpecification } from 'vitest/node'
import { missing } from './tests/tools.ts'

/** What takes longest, much of it waiting: last, it would run while nothing else does. Vitest begins with the largest files, and these are small. */
const longest = [
  /\/tests\/readme\/readme\.test/,
  /\/tests\/contract\/(faults|second-server)\//,
  /\/tests\/(client\/consumers|docs\/page|docs\/send|scripts\/mutate|package|contract\/run\/shards)\.test/,
  /\/tests\/server\/sandbox\/(processes-)?kill\.test/,
]

class LongestFirst extends BaseSequencer {
  override async sort(files: TestSpecification[]) {
    const sorted = await super.sort(files)
    return [...new Set([...longest.flatMap((some) => sorted.filter(({ moduleId }) => some.test(moduleId))), ...sorted])]
  }
}

/** The sandbox's tests once more, with its state in PostgreSQL. */
const onPostgres = {
  extends: true as const,
  test: {
    name: 'on PostgreSQL',
    include: ['tests/server/sandbox/{behaviour,control,dashboard,merchants-apart,pages,samples,webhooks}.test.ts'],
    ...(missing('postgres')
      ? { runner: 'tests/no-test.ts' }
      : { setupFiles: ['tests/server/sandbox/on-postgres.ts'], globalSetup: ['tests/postgres-for-all.ts'] }),
  },
}

export default defineConfig({
  test: {
    // Tests and recipes import by the package's name, from its source.
    alias: [
      { find: /^komoju-openapi$/, replacement: resolve(import.meta.dirname, 'src/client/index.ts') },
      { find: /^komoju-openapi\/(server|contract)$/, replacement: resolve(import.meta.dirname, 'src/$1/index.ts') },
    ],
    // Vitest leaves a core free, which on two leaves one; and many tests wait, for processes and for pages.
    maxWorkers: availableParallelism() + 1,
    sequence: { sequencer: LongestFirst },
    testTimeout: 30_000,
    hookTimeout: 60_000,
    // A browser on a busy machine takes its time.
    expect: { poll: { timeout: 15_000 } },
    projects: [
      {
        extends: true,
        test: {
          name: 'all',
          globalSetup: ['tests/made-once-for-all.ts', 'tests/compiled-for-all.ts'],
          include: ['tests/**/*.test.ts', 'examples/vitest/*.test.ts'],
          // The types that they are about. tests/quality.test.ts compiles everything.
          typecheck: { enabled: true, include: ['tests/**/*.test-d.ts'], tsconfig: 'tests/tsconfig.types.json' },
        },
      },
      onPostgres,
    ],
  },
})

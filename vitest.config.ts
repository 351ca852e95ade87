import { defineConfig } from 'vitest/config'

export default defineConfig({
  // Tests import the client by the package's name, from its source.
  ssr: { resolve: { conditions: ['komoju-source', 'node', 'import', 'default'] } },
  test: {
    include: ['tests/**/*.test.ts'],
    typecheck: { enabled: true, include: ['tests/**/*.test-d.ts'], tsconfig: 'tsconfig.json' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})

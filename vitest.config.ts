import { resolve } from 'node:path'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    // Tests import the client by the package's name, from its source.
    alias: [{ find: /^komoju-openapi$/, replacement: resolve(import.meta.dirname, 'src/client/index.ts') }],
    include: ['tests/**/*.test.ts'],
    typecheck: { enabled: true, include: ['tests/**/*.test-d.ts'], tsconfig: 'tsconfig.json' },
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
})

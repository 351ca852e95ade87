/** Set-up of the sandbox's tests on PostgreSQL: every sandbox without a database of its own gets an empty one. */
import { inject, vi } from 'vitest'
import { newDatabase } from '../../../scripts/tools/postgres.ts'
import type * as Servers from '../../../src/server/index.ts'

vi.mock('../../../src/server/index.ts', async (original) => {
  const servers = await original<typeof Servers>()
  return {
    ...servers,
    createSandboxServer: async (options: Servers.SandboxOptions = {}) =>
      servers.createSandboxServer({ db: await newDatabase(inject('postgresPort')), ...options }),
  }
})

/** One PostgreSQL server for all test files that want one. */
import type { TestProject } from 'vitest/node'
import { createPostgresServer } from '../scripts/tools/postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    postgresPort: number
  }
}

export default async ({ provide }: TestProject) => {
  // Its files go away with it: it need not wait for the disk.
  const server = await createPostgresServer('-c', 'fsync=off', '-c', 'max_connections=500')
  provide('postgresPort', server.port)
  return server.stop
}

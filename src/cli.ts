/** The commands of `komoju-openapi`. */
import module from 'node:module'

// Before anything else is imported: what is compiled once is not compiled at the next start.
module.enableCompileCache?.()
await import('./cli/program.ts')

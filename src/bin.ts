#!/usr/bin/env node
/** The `komoju-openapi` binary. It stands apart from the commands to say which package is missing where even they cannot load. */
import { reasonOf } from './missing-packages.ts'

const oldest = 22
if (Number(process.versions.node.split('.')[0]) < oldest) {
  console.error(`The commands of komoju-openapi need Node ${oldest} or newer; this is ${process.version}. The client runs on Node 20.`)
  process.exit(2)
}

try {
  await import('./cli.ts')
} catch (error) {
  console.error(reasonOf(error as Error, process.argv[2]))
  process.exitCode = 2
}

#!/usr/bin/env node
/** The `komoju-openapi` binary. It stands apart from the commands to say which package is missing where even they cannot load. */
import { reasonOf } from './missing-packages.ts'
import { readVersion } from './version.ts'

const oldest = 22
if (Number(process.versions.node.split('.')[0]) < oldest) {
  console.error(`The commands of komoju-openapi need Node ${oldest} or newer; this is ${process.version}. The client runs on Node 20.`)
  process.exit(2)
}

try {
  await import('./cli.ts')
} catch (error) {
  const [, , command] = process.argv
  if (command === '--version' || command === '-V') console.log(readVersion())
  else {
    console.error(reasonOf(error as Error, command))
    process.exitCode = 2
  }
}

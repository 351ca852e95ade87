/** `dependencies`, which npm runs after an installation: makes `npx komoju-openapi` run the source in a clone, on the pinned Node, as it runs the package elsewhere. */
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from './build/step.ts'

const folder = join(projectFolder, 'node_modules/.bin')

// Each finds the project from its own place, so a clone can be moved.
const launchers = {
  'komoju-openapi': '#!/bin/sh\nfolder=$(cd "$(dirname "$0")" && pwd)\nexec "$folder/node" "$folder/../../src/bin.ts" "$@"\n',
  'komoju-openapi.cmd': '@"%~dp0node" "%~dp0..\\..\\src\\bin.ts" %*\r\n',
}

if (existsSync(folder))
  for (const [name, text] of Object.entries(launchers)) {
    writeFileSync(join(folder, name), text)
    chmodSync(join(folder, name), 0o755)
  }

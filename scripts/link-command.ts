/** `dependencies`, which npm runs after an installation: makes `npx komoju-openapi` run the source in a clone, on the pinned Node, as it runs the package elsewhere. */
import { chmodSync, existsSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectFolder } from './build/step.ts'

const folder = join(projectFolder, 'node_modules/.bin')

// Each finds the project from its own place, so a clone can be moved. With what was compiled before, a command starts in half the time.
const launchers = {
  'komoju-openapi': `#!/bin/sh
folder=$(cd "$(dirname "$0")" && pwd)
: "\${NODE_COMPILE_CACHE=$folder/../.cache/node}"
export NODE_COMPILE_CACHE
exec "$folder/node" "$folder/../../src/bin.ts" "$@"
`,
  'komoju-openapi.cmd': [
    '@setlocal',
    '@if not defined NODE_COMPILE_CACHE set "NODE_COMPILE_CACHE=%~dp0..\\.cache\\node"',
    '@"%~dp0node" "%~dp0..\\..\\src\\bin.ts" %*',
    '',
  ].join('\r\n'),
}

if (existsSync(folder))
  for (const [name, text] of Object.entries(launchers)) {
    writeFileSync(join(folder, name), text)
    chmodSync(join(folder, name), 0o755)
  }

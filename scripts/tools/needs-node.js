/**
 * Preloaded by the scripts of package.json: says which Node they need where another one runs them. `npm ci` brings it, but not with
 * --ignore-scripts. Plain JavaScript, because a Node that is too old runs no TypeScript.
 */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const { devDependencies } = JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../package.json'), 'utf8'))
const needed = devDependencies.node.replace(/\D*(\d+).*/, '$1')
if (Number.parseInt(process.versions.node, 10) < Number(needed)) {
  console.error(`Building and testing take Node ${needed}; this is Node ${process.versions.node}.
\`npm ci\` brings Node ${needed} along, but not with --ignore-scripts: run \`npm rebuild node\`.`)
  process.exit(1)
}

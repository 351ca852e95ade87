/**
 * Preloaded by the scripts of package.json: says which Node they need where another one runs them. `npm ci` brings it, but not with
 * --ignore-scripts. Plain JavaScript, because a Node that is too old runs no TypeScript.
 */
import { readFileSync } from 'node:fs'

const { devDependencies } = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8'))
const needed = devDependencies.node.replace(/\D*(\d+).*/, '$1')
if (Number.parseInt(process.versions.node, 10) < Number(needed)) {
  console.error(`Building and testing take Node ${needed}; this is Node ${process.versions.node}.
\`npm ci\` brings Node ${needed} along, but not with --ignore-scripts: run \`npm rebuild node\`.`)
  process.exit(1)
}

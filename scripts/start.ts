/** `npm start`: builds what is stale, then serves the reference and the mock on one port. */
import { resolve } from 'node:path'
import { isStale } from './build/inputs.ts'
import { projectFolder, runStep } from './build/step.ts'
import { build } from './build.ts'

const spec = resolve(projectFolder, 'spec')
const generated = resolve(projectFolder, 'generated')

await runStep(async () => {
  const needsBuild = !process.argv.some((argument) => argument === '--help' || argument === '-h')
  if (!needsBuild || !isStale(spec, generated)) return
  console.log('Building the reference, the types and the client from spec/. This takes a few seconds, and happens only after a change.')
  const started = performance.now()
  await build(spec, generated)
  console.log(`Built in ${((performance.now() - started) / 1000).toFixed(0)} s.\n`)
})
if (!process.exitCode) {
  process.argv.splice(2, 0, 'mock')
  await import('../src/cli.ts')
}

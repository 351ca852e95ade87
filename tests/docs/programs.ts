/** Runs code of the reference in the interpreters of its languages. */
import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { pathToFileURL } from 'node:url'

/**
 * Runs code that is given on standard input.
 * @returns exit code, and what was printed to the two outputs
 */
export const run = async (command: string, args: string[], source: string) => {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'pipe'] })
  const [printed, complaints] = [text(child.stdout), text(child.stderr)]
  const code = new Promise<number | null>((resolve, reject) => child.once('close', resolve).once('error', reject))
  child.stdin.end(source)
  return { code: await code, printed: await printed, complaints: await complaints }
}

/** Imports modules, and prints as JSON what each printed, and why it failed. */
const importAll = (addresses: string[]) => `
const { write } = process.stdout
const outputs = []
for (const address of ${JSON.stringify(addresses)}) {
  const output = { code: 0, printed: '', complaints: '' }
  process.stdout.write = (text) => Boolean((output.printed += text))
  await import(address).catch((error) => Object.assign(output, { code: 1, complaints: String(error) }))
  outputs.push(output)
}
process.stdout.write = write
console.log(JSON.stringify(outputs))`

/**
 * Runs modules of JavaScript in one process, one after the other: to start one for each takes most of the time. They find this package.
 * @param args arguments of Node
 * @returns of each what `run` returns
 */
export const runModules = async (args: string[], sources: string[]): Promise<Awaited<ReturnType<typeof run>>[]> => {
  const folder = mkdtempSync(join(tmpdir(), 'komoju-modules-'))
  mkdirSync(join(folder, 'node_modules'))
  symlinkSync(resolve('.'), join(folder, 'node_modules/komoju-openapi'))
  const files = sources.map((source, index) => {
    const file = join(folder, `${index}.mjs`)
    writeFileSync(file, source)
    return pathToFileURL(file).href
  })
  const { code, printed, complaints } = await run(process.execPath, args, importAll(files))
  rmSync(folder, { recursive: true })
  if (code !== 0) throw new Error(`exit ${code}: ${complaints}`)
  return JSON.parse(printed)
}

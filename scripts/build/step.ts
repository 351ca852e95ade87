/** What the build's steps share: where the project is, how a step reports, how it fails. */
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'

export const projectFolder = resolve(import.meta.dirname, '../..')

/** Failure that the user can mend. Its message names the file, the line and the fix; its stack is noise. */
export class BuildError extends Error {
  override name = 'BuildError'
}

/** Path as the user writes it: relative to where the command runs. */
export const shown = (file: string) => relative(process.cwd(), file) || '.'

/** Writes a file whole or not at all. One that says the same already is left alone. */
export const replaceFile = (file: string, text: string) => {
  if (existsSync(file) && readFileSync(file, 'utf8') === text) return
  mkdirSync(dirname(file), { recursive: true })
  const partial = `${file}.partial`
  writeFileSync(partial, text)
  renameSync(partial, file)
}

/** Writes a file whole or not at all, and says so. */
export const writeWhole = (file: string, text: string) => {
  replaceFile(file, text)
  console.log(`wrote ${shown(file)} (${(Buffer.byteLength(text) / 1024).toFixed(1)} kB)`)
}

/** Runs a step as a command: prints its failure without a stack and sets the exit code. */
export const runStep = async (step: () => unknown) => {
  try {
    await step()
  } catch (error) {
    process.exitCode = 1
    console.error(error instanceof BuildError ? error.message : error)
  }
}

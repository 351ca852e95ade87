/** What the build's steps share: where the project is, how a step reports, how it fails. */
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, relative, resolve } from 'node:path'

export const projectFolder = resolve(import.meta.dirname, '../..')

/** Failure that the user can mend. Its message names the file, the line and the fix; its stack is noise. */
export class BuildError extends Error {
  override name = 'BuildError'
}

/** Path as the user writes it: relative to where the command runs. */
export const shown = (file: string) => relative(process.cwd(), file) || '.'

/** Why the system writes no file, by its codes. */
const reasons: Record<string, string> = {
  ENOSPC: 'the disk is full',
  EDQUOT: 'your share of the disk is full',
  EROFS: 'its disk is read-only',
  EACCES: 'you may not write there',
  EPERM: 'you may not write there',
  EEXIST: 'a file is where a folder should be',
  ENOTDIR: 'a file is where a folder should be',
  EISDIR: 'a folder has its name',
}

/** What to print of a failure: a sentence where it is known, the stack where it is not. */
const explained = (error: unknown, file = (error as NodeJS.ErrnoException | undefined)?.path) => {
  if (error instanceof BuildError) return error.message
  const reason = error instanceof Error && reasons[(error as NodeJS.ErrnoException).code ?? '']
  return reason && file !== undefined ? `${shown(file)} cannot be written: ${reason}.` : error
}

/** Writes a file by way of a name of its own, so that it is there whole or not at all. */
export const writeByRename = (file: string, text: string, partial = `${file}.partial`) => {
  try {
    writeFileSync(partial, text)
    renameSync(partial, file)
  } catch (error) {
    if (existsSync(partial)) rmSync(partial)
    throw error
  }
}

/**
 * Writes a file whole or not at all. One that says the same already is left alone.
 * @throws {BuildError} where the system does not write it
 */
export const replaceFile = (file: string, text: string) => {
  try {
    if (existsSync(file) && readFileSync(file, 'utf8') === text) return
    mkdirSync(dirname(file), { recursive: true })
    writeByRename(file, text)
  } catch (error) {
    const sentence = explained(error, file)
    throw typeof sentence === 'string' ? new BuildError(sentence) : error
  }
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
    console.error(explained(error))
  }
}

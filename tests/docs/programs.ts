/** Runs code of the reference in the interpreters of its languages. */
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'

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

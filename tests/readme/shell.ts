/** One bash, in which blocks are run one after the other, as in one terminal. */
import { spawn, spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** On a busy machine the contract test takes minutes. */
const pasteTimeoutMs = 600_000

/** A network of its own, with loopback alone. Not every system and not every container lets a process have one. */
const ownNetwork = [
  'unshare',
  ...(process.getuid?.() === 0 ? [] : ['--map-root-user']),
  '--net',
  'sh',
  '-c',
  'ip link set lo up && exec "$0" "$@"',
]

/** Whether each shell has ports of its own. */
export const hasOwnPorts = spawnSync(ownNetwork[0]!, [...ownNetwork.slice(1), 'true']).status === 0

export type Shell = {
  /** Runs a block. @returns its exit code and all it printed until the prompt came back */
  paste: (block: string) => Promise<{ code: number; output: string }>
  /** Ends the shell and everything it left in the background. */
  close: () => Promise<void>
}

export const openShell = (cwd: string, env: NodeJS.ProcessEnv): Shell => {
  // A group of its own, so that what blocks leave in the background ends with it.
  const [command = '', ...args] = [...(hasOwnPorts ? ownNetwork : []), 'bash', '--norc', '--noprofile']
  const bash = spawn(command, args, { cwd, env, detached: true, stdio: 'pipe' })
  const folder = mkdtempSync(join(tmpdir(), 'komoju-paste-'))
  const file = join(folder, 'block')
  let output = ''
  let wake: () => void = () => undefined
  let hasEnded = false
  for (const stream of [bash.stdout, bash.stderr])
    stream.on('data', (chunk: Buffer) => {
      output += chunk
      wake()
    })
  bash.once('exit', () => {
    hasEnded = true
    wake()
  })
  const paste = async (block: string) => {
    output = ''
    const mark = randomUUID()
    const prompt = new RegExp(`${mark} (\\d+)\\n`)
    // From a file, so that no command reads what is pasted behind it.
    writeFileSync(file, block)
    bash.stdin!.write(`. '${file}' </dev/null\nprintf '%s %s\\n' ${mark} $?\n`)
    const deadline = performance.now() + pasteTimeoutMs
    const timer = setTimeout(() => wake(), pasteTimeoutMs)
    while (!prompt.test(output)) {
      if (hasEnded) throw new Error(`The shell ended:\n${output}`)
      if (performance.now() >= deadline) throw new Error(`Nothing came back from\n${block}\nIt printed:\n${output}`)
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    }
    clearTimeout(timer)
    const [whole, code] = prompt.exec(output)!
    return { code: Number(code), output: output.replace(whole, '') }
  }
  const close = async () => {
    rmSync(folder, { recursive: true, force: true })
    if (hasEnded) return
    const end = new Promise((resolve) => bash.once('exit', resolve))
    process.kill(-bash.pid!, 'SIGTERM')
    // Servers close their connections first; what has not ended then is killed.
    await new Promise((resolve) => setTimeout(resolve, 300))
    try {
      process.kill(-bash.pid!, 'SIGKILL')
    } catch {}
    await end
  }
  return { paste, close }
}

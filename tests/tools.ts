/** Programs that some tests need beyond npm. Where one is missing the test is skipped, and says what to install. */
import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const packages = { chromium: 'chromium', ruby: 'ruby', php: 'php-cli', python3: 'python3', curl: 'curl' } as const

const told = new Set<string>()

/**
 * Whether a program is missing, for `describe.skipIf(missing('chromium'))`.
 * @param program name of the program, which is also what Debian's package is found under
 */
export const missing = (program: keyof typeof packages): boolean => {
  const absent = program === 'chromium' ? !existsSync('/usr/bin/chromium') : spawnSync(program, ['--version']).error !== undefined
  if (absent && !told.has(program)) {
    told.add(program)
    console.warn(`Skipped: ${program} is missing. On Debian: apt-get install ${packages[program]}`)
  }
  return absent
}

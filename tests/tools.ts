/** Programs that some tests need beyond npm. Where one is missing the test is skipped, and says what to install. */
import { spawnSync } from 'node:child_process'
import { globSync } from 'node:fs'
import { chromiumPackage, chromiumPlaces } from '../scripts/tools/chromium.ts'

export const packages = {
  chromium: chromiumPackage,
  ruby: 'ruby',
  php: 'php-cli',
  python3: 'python3',
  curl: 'curl',
  postgres: 'postgresql',
  pgbouncer: 'pgbouncer',
  nginx: 'nginx-light',
  openssl: 'openssl',
} as const

/** Programs that are not on the path, by where Debian's package puts them. */
const places: Partial<Record<keyof typeof packages, string[]>> = {
  chromium: chromiumPlaces,
  postgres: ['/usr/lib/postgresql/*/bin/postgres'],
  pgbouncer: ['/usr/sbin/pgbouncer'],
  nginx: ['/usr/sbin/nginx'],
}

const isAbsent = (program: keyof typeof packages) => {
  const place = places[program]
  return place === undefined ? spawnSync(program, ['--version']).error !== undefined : globSync(place).length === 0
}

const told = new Set<string>()

/**
 * Whether a program is missing, for `describe.skipIf(missing('chromium'))`.
 * @param program name of the program, which is also what Debian's package is found under
 */
export const missing = (program: keyof typeof packages): boolean => {
  const absent = isAbsent(program)
  if (absent && !told.has(program)) {
    told.add(program)
    console.warn(`Skipped: ${program} is missing. On Debian: apt-get install ${packages[program]}`)
  }
  return absent
}

/** The tarball that publishing would send. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { required } from '../../src/required.ts'
import { docsOf, writeDocs } from '../docs.ts'
import { buildPackage } from '../package.ts'

export type Packed = { filename: string; integrity: string; files: { path: string }[] }

/**
 * Makes what publishing would send, in a folder.
 * @param hasPages whether the pages of the reference are in it; a client needs none, and they take a while
 */
export const packIn = async (place: string, { hasPages = true } = {}): Promise<Packed> => {
  mkdirSync(place, { recursive: true })
  for (const file of ['package.json', 'README.md', 'README.ja.md', 'README.ko.md', 'LICENSE', 'CHANGELOG.md'])
    cpSync(file, join(place, file))
  buildPackage(join(place, 'dist'))
  // The page is not committed, so a fresh clone has none; publishing builds it first.
  if (hasPages) writeDocs(join(place, 'dist/generated/docs'), await docsOf(readFileSync('generated/openapi.json', 'utf8')))
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--silent'], { cwd: place, encoding: 'utf8' })
  const response = JSON.parse(packed.slice(packed.search(/^[[{]/m)))
  const [report] = (Array.isArray(response) ? response : Object.values(response)) as Packed[]
  return required(report, 'Report of npm pack')
}

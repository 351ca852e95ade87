/** The tarball that publishing would send. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { docsOf, writeDocs } from '../scripts/docs.ts'
import { buildPackage } from '../scripts/package.ts'
import { required } from '../src/required.ts'

export type Packed = { filename: string; integrity: string; files: { path: string }[] }

/** Makes what publishing would send, in a folder. */
export const packIn = async (place: string): Promise<Packed> => {
  mkdirSync(place, { recursive: true })
  for (const file of ['package.json', 'README.md', 'README.ja.md', 'README.ko.md', 'LICENSE', 'CHANGELOG.md'])
    cpSync(file, join(place, file))
  buildPackage(join(place, 'dist'))
  // The page is not committed, so a fresh clone has none; publishing builds it first.
  writeDocs(join(place, 'dist/generated/docs'), await docsOf(readFileSync('generated/openapi.json', 'utf8')))
  const packed = execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--silent'], { cwd: place, encoding: 'utf8' })
  const response = JSON.parse(packed.slice(packed.search(/^[[{]/m)))
  const [report] = (Array.isArray(response) ? response : Object.values(response)) as Packed[]
  return required(report, 'Report of npm pack')
}

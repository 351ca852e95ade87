/**
 * A stand-in for npm's registry, so that no test waits for a network: it serves the packages that are installed here, under the versions that
 * they have. Run it as `node registry.ts <port>`; INSTALLED names the folder with the packages.
 */
import { spawn } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:http'
import { basename, dirname, join } from 'node:path'
import { required } from '../../src/required.ts'

type Manifest = { name: string; version: string }
type Version = { manifest: Manifest; folder: string }

/** Every package in a folder `node_modules`, with those below it. */
const packagesIn = (modules: string): Version[] => {
  if (!existsSync(modules)) return []
  const names = readdirSync(modules).filter((name) => !name.startsWith('.'))
  const folders = names.flatMap((name) => (name.startsWith('@') ? readdirSync(join(modules, name)).map((part) => join(name, part)) : name))
  return folders.flatMap((name) => {
    const folder = join(modules, name)
    const file = join(folder, 'package.json')
    const own = existsSync(file) ? [{ manifest: JSON.parse(readFileSync(file, 'utf8')) as Manifest, folder }] : []
    return [...own, ...packagesIn(join(folder, 'node_modules'))]
  })
}

const [port] = process.argv.slice(2).map(Number)
const origin = `http://127.0.0.1:${port}`
const packages = packagesIn(required(process.env.INSTALLED, 'INSTALLED'))

/** What the registry says of a name. The package that stands on top is the latest. */
const documentOf = (name: string) => {
  const known = packages.filter(({ manifest }) => manifest.name === name)
  const versions = known.map(({ manifest, folder }) => [
    manifest.version,
    { ...manifest, dist: { tarball: `${origin}/-/${packages.findIndex((each) => each.folder === folder)}.tgz` } },
  ])
  return known.length > 0 && { name, 'dist-tags': { latest: known[0]?.manifest.version }, versions: Object.fromEntries(versions) }
}

createServer(({ url = '' }, response) => {
  // What one reader has fetched, npm need not fetch for the next.
  response.setHeader('Cache-Control', 'max-age=3600')
  const path = decodeURIComponent(url).slice(1)
  const folder = packages[Number(/^-\/(\d+)\.tgz$/.exec(path)?.[1])]?.folder
  if (folder) {
    const name = basename(folder)
    spawn('tar', ['cf', '-', '--exclude', `${name}/node_modules`, '-C', dirname(folder), name]).stdout.pipe(response)
    return
  }
  const document = documentOf(path)
  response.writeHead(document ? 200 : 404, { 'Content-Type': 'application/json' }).end(JSON.stringify(document || {}))
}).listen(port, '127.0.0.1')

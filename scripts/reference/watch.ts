/** The reference while it is being written: rebuilt at each change, and reloaded in the browser. */
import { type FSWatcher, globSync, watch } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'

const script = "<script>new EventSource('/changes').onmessage = () => location.reload()</script>"

/** Reloads the page when the server says so. The page's own policy forbids connections, so it is left out here. */
const reloading = (page: string) => {
  const end = page.lastIndexOf('</body>')
  return page.slice(0, end).replace(/<meta http-equiv="Content-Security-Policy"[^>]*>/, '') + script + page.slice(end)
}

/**
 * Serves a page on loopback and keeps it fresh. A failing build is reported, and the last good page stays.
 * @param folder whose changes rebuild the page
 * @param build makes the page
 * @param port to listen on, 0 for any free one
 * @returns the page's address, and what ends the watch
 */
export const watchPage = async (folder: string, build: () => Promise<string>, port: number) => {
  const readers = new Set<ServerResponse>()
  let page = reloading(await build())
  let building = false
  let stale = false

  const rebuild = async () => {
    stale = true
    if (building) return
    building = true
    while (stale) {
      stale = false
      const started = performance.now()
      try {
        page = reloading(await build())
        console.log(`rebuilt in ${((performance.now() - started) / 1000).toFixed(1)} s`)
        for (const reader of readers) reader.write('data: changed\n\n')
      } catch (error) {
        console.error((error as Error).message)
      }
    }
    building = false
  }
  // An editor writes a file in several steps: the build starts when it is through.
  let timer: NodeJS.Timeout | undefined
  let watchers: FSWatcher[] = []
  const unwatch = () => {
    for (const watcher of watchers) watcher.close()
  }
  // Folder by folder, and anew before each build: on Linux, a recursive watch loses a file that an editor replaces.
  const follow = () => {
    unwatch()
    watchers = globSync('**/', { cwd: folder }).map((name) => watch(join(folder, name), onChange))
  }
  const onChange = () => {
    clearTimeout(timer)
    timer = setTimeout(() => {
      follow()
      void rebuild()
    }, 50)
  }
  follow()

  const server = createServer((request, response) => {
    if (request.url !== '/changes') return response.setHeader('content-type', 'text/html; charset=utf-8').end(page)
    response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
    readers.add(response)
    return response.once('close', () => readers.delete(response))
  })
  await new Promise<void>((resolve, reject) => server.once('error', reject).listen(port, '127.0.0.1', resolve))
  const close = () => {
    clearTimeout(timer)
    unwatch()
    server.close()
    server.closeAllConnections()
  }
  return { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close }
}

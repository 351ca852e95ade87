/** The reference over HTTP, and the document that it is rendered from. */
import { existsSync, readFileSync } from 'node:fs'
import Fastify, { type FastifyInstance } from 'fastify'
import { type Server, serverOf } from './listen.ts'

const generatedFile = (name: string) => new URL(`../../generated/${name}`, import.meta.url)

const noPage = `<!doctype html><html lang="en"><title>KOMOJU API</title>
<p>The reference is not built. Run <code>npm run build</code>, then reload.</p>`

/** Adds the reference at `/`, and the document at `/openapi.yaml` and `/openapi.json`. */
export const serveReference = (app: FastifyInstance) => {
  const files: [path: string, file: string, type: string][] = [
    ['/', 'docs/index.html', 'text/html; charset=utf-8'],
    ['/openapi.yaml', 'openapi.yaml', 'application/yaml; charset=utf-8'],
    ['/openapi.json', 'openapi.json', 'application/json; charset=utf-8'],
  ]
  for (const [path, file, type] of files)
    app.get(path, (_request, reply) => {
      const found = existsSync(generatedFile(file))
      return reply
        .type(type)
        .code(found ? 200 : 404)
        .send(found ? readFileSync(generatedFile(file)) : noPage)
    })
}

/** Makes a server of the reference alone. */
export const createReferenceServer = (): Server => {
  const app = Fastify({ forceCloseConnections: 'idle' })
  serveReference(app)
  return serverOf(app)
}

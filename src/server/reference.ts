/** The reference over HTTP for people and for programs, and the document that it is rendered from. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type Server, serverOf } from './listen.ts'

const generatedFolder = fileURLToPath(new URL('../../generated/', import.meta.url))

const noPage = `<!doctype html><html lang="en"><title>KOMOJU API</title>
<p>The reference is not built. Run <code>npm run build</code>, then reload.</p>`

const types: Record<string, string> = {
  html: 'text/html; charset=utf-8',
  md: 'text/markdown; charset=utf-8',
  txt: 'text/plain; charset=utf-8',
  yaml: 'application/yaml; charset=utf-8',
  json: 'application/json; charset=utf-8',
}

type Content = { bytes: Buffer; zipped: Buffer; tag: string; changed: number }

/** Reads files, and again only when they changed. */
const createReader = (folder: string) => {
  const known = new Map<string, Content>()
  return (name: string): Content | undefined => {
    const file = join(folder, name)
    if (!existsSync(file)) return undefined
    const changed = statSync(file).mtimeMs
    const kept = known.get(name)
    if (kept?.changed === changed) return kept
    const bytes = readFileSync(file)
    const content = {
      bytes,
      zipped: gzipSync(bytes),
      tag: `"${createHash('sha256').update(bytes).digest('base64url').slice(0, 22)}"`,
      changed,
    }
    known.set(name, content)
    return content
  }
}

/** Whether a client takes a media type rather than HTML, which browsers ask for. */
const wantsMarkdown = ({ headers }: FastifyRequest) =>
  (headers.accept ?? '').includes('text/markdown') && !(headers.accept ?? '').includes('text/html')

/** Whether a client takes gzip: named, or by the star, and not with a weight of 0. */
const takesGzip = ({ headers }: FastifyRequest) =>
  String(headers['accept-encoding'] ?? '')
    .split(',')
    .map((coding) => coding.split(';').map((part) => part.trim().toLowerCase()))
    .some(([name = '', weight = '']) => (name === 'gzip' || name === '*') && Number(weight.replace('q=', '') || 1) > 0)

/** Whether a client has this content: one of its tags, weak or not. */
const hasTag = ({ headers }: FastifyRequest, tag: string) =>
  (headers['if-none-match'] ?? '').split(',').some((known) => known.trim().replace(/^W\//, '') === tag || known.trim() === '*')

const sendContent = (request: FastifyRequest, reply: FastifyReply, name: string, { bytes, zipped, tag }: Content) => {
  reply.headers({ ETag: tag, Vary: 'Accept, Accept-Encoding', 'Cache-Control': 'no-cache', 'Access-Control-Allow-Origin': '*' })
  if (hasTag(request, tag)) return reply.code(304).send()
  reply.type(types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
  return takesGzip(request) ? reply.header('Content-Encoding', 'gzip').send(zipped) : reply.send(bytes)
}

/**
 * Adds the reference at `/`, the Markdown of each section at `/<section>.md`, `/llms.txt` and `/llms-full.txt`, the plain Redoc page at
 * `/redoc/`, and the document at `/openapi.yaml` and `/openapi.json`. A client that asks for `text/markdown` gets it at `/`, too.
 * @param folder with the document and, in `docs/`, the rendered reference
 */
export const serveReference = (app: FastifyInstance, folder = generatedFolder) => {
  const read = createReader(folder)
  const serve = (request: FastifyRequest, reply: FastifyReply, name: string) => {
    const content = read(name)
    return content
      ? sendContent(request, reply, name, content)
      : reply
          .code(404)
          .type(types.html ?? '')
          .send(noPage)
  }
  const files: [path: string, file: string][] = [
    ['/openapi.yaml', 'openapi.yaml'],
    ['/openapi.json', 'openapi.json'],
    ['/llms.txt', 'docs/llms.txt'],
    ['/llms-full.txt', 'docs/llms-full.txt'],
    ['/index.html', 'docs/index.html'],
    ['/redoc/', 'docs/redoc/index.html'],
    ['/redoc/index.html', 'docs/redoc/index.html'],
  ]
  for (const [path, file] of files) app.get(path, (request, reply) => serve(request, reply, file))
  app.get('/', (request, reply) => serve(request, reply, wantsMarkdown(request) ? 'docs/index.md' : 'docs/index.html'))
  app.get('/redoc', (_request, reply) => reply.redirect('/redoc/'))
  app.get<{ Params: { page: string } }>('/:page(^[\\w-]+$).md', (request, reply) => {
    const name = `docs/${request.params.page}.md`
    return read(name) ? serve(request, reply, name) : reply.callNotFound()
  })
}

/** Makes a server of the reference alone. */
export const createReferenceServer = (folder = generatedFolder): Server => {
  const app = Fastify({ forceCloseConnections: 'idle' })
  serveReference(app, folder)
  return serverOf(app)
}

/** The reference over HTTP for people and for programs, and the document that it is rendered from. */
import { createHash } from 'node:crypto'
import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { gzipSync } from 'node:zlib'
import Fastify, { type FastifyInstance, type FastifyReply, type FastifyRequest } from 'fastify'
import { type Language, languageNames, languages, translatedLanguages } from '../pages/languages.ts'
import { acceptedLanguages } from './accept-language.ts'
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

/** A page that names in its samples the server that it comes from, wherever a browser finds that: the API is below this path. */
export const withApiPath = (page: string, path: string) => page.replace('<html', `<html data-api="${path}"`)

/** Reads files, and again only when they changed. */
const createReader = (folder: string, apiPath: string | undefined) => {
  const known = new Map<string, Content>()
  return (name: string): Content | undefined => {
    const file = join(folder, name)
    if (!existsSync(file)) return undefined
    const changed = statSync(file).mtimeMs
    const kept = known.get(name)
    if (kept?.changed === changed) return kept
    const bytes =
      apiPath !== undefined && name.endsWith('.html') ? Buffer.from(withApiPath(readFileSync(file, 'utf8'), apiPath)) : readFileSync(file)
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
  reply.headers({
    ETag: tag,
    Vary: 'Accept, Accept-Encoding, Accept-Language',
    'Cache-Control': 'no-cache',
    'Access-Control-Allow-Origin': '*',
  })
  if (hasTag(request, tag)) return reply.code(304).send()
  reply.type(types[name.split('.').at(-1) ?? ''] ?? 'application/octet-stream')
  return takesGzip(request) ? reply.header('Content-Encoding', 'gzip').send(zipped) : reply.send(bytes)
}

/** Path of a language below that of the reference; English is at the top. */
const prefixOf = (language: Language) => (language === 'en' ? '' : `${language}/`)

/** Files of the reference beside the sections, in every language. */
const indexes = ['index.html', 'llms.txt', 'llms-full.txt']

/** What can be downloaded: the document in each of its forms. */
const documents = [
  ...translatedLanguages.map((language) => `openapi.${language}.yaml`),
  ...['openapi.yaml', 'openapi.json', 'openapi-3.0.yaml', 'postman.json'],
]

/**
 * Adds the reference at `/`, the Markdown of each section at `/<section>.md`, `/llms.txt` and `/llms-full.txt`, the same in other languages
 * below `/ja/` and `/ko/`, the plain Redoc page at `/redoc/`, and the document at `/openapi.yaml` and `/openapi.json`. At `/`, a browser is
 * led to its language, and a client that asks for `text/markdown` gets it.
 * @param folder with the document and, in `docs/`, the rendered reference
 * @param apiPath path of the API on the same server, `/api/v1`; undefined for a server of the reference alone
 */
export const serveReference = (app: FastifyInstance, { folder = generatedFolder, apiPath }: { folder?: string; apiPath?: string } = {}) => {
  const read = createReader(folder, apiPath)
  const serve = (request: FastifyRequest, reply: FastifyReply, name: string) => {
    const content = read(name)
    return content
      ? sendContent(request, reply, name, content)
      : reply
          .code(404)
          .type(types.html ?? '')
          .send(noPage)
  }
  for (const name of documents) app.get(`/${name}`, (request, reply) => serve(request, reply, name))
  app.get('/redoc', (_request, reply) => reply.redirect('/redoc/'))
  for (const path of ['/redoc/', '/redoc/index.html']) app.get(path, (request, reply) => serve(request, reply, 'docs/redoc/index.html'))

  const start = (request: FastifyRequest, reply: FastifyReply, language: Language) =>
    serve(request, reply, `docs/${prefixOf(language)}${wantsMarkdown(request) ? 'index.md' : 'index.html'}`)
  for (const language of languages) {
    const prefix = prefixOf(language)
    for (const name of indexes) app.get(`/${prefix}${name}`, (request, reply) => serve(request, reply, `docs/${prefix}${name}`))
    app.get<{ Params: { page: string } }>(`/${prefix}:page(^[\\w-]+$).md`, (request, reply) => {
      const name = `docs/${prefix}${request.params.page}.md`
      return read(name) ? serve(request, reply, name) : reply.callNotFound()
    })
  }
  for (const language of translatedLanguages) {
    app.get(`/${language}`, (_request, reply) => reply.redirect(`/${language}/`))
    app.get(`/${language}/`, (request, reply) => start(request, reply, language))
  }
  app.get('/', (request, reply) => {
    const wanted = acceptedLanguages(request.headers['accept-language']).find((name) => name in languageNames)
    if (wanted === undefined || wanted === 'en') return start(request, reply, 'en')
    return reply.header('Vary', 'Accept-Language').redirect(`/${wanted}/`)
  })
}

/** Makes a server of the reference alone. */
export const createReferenceServer = (folder = generatedFolder): Server => {
  const app = Fastify({ forceCloseConnections: 'idle' })
  serveReference(app, { folder })
  return serverOf(app)
}

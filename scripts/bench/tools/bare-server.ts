/**
 * Program: a server that does nothing but respond, as the limit of what any server on Node can do.
 * `node bare-server.ts http|fastify <port>`; the response is read from standard input.
 */
import { createServer } from 'node:http'
import { text } from 'node:stream/consumers'
import Fastify from 'fastify'

const [kind, port] = process.argv.slice(2)
const body = await text(process.stdin)
const headers = { 'content-type': 'application/json; charset=utf-8', 'content-length': Buffer.byteLength(body) }

if (kind === 'fastify') {
  const app = Fastify()
  app.all('/*', (_request, reply) => reply.headers(headers).send(body))
  await app.listen({ port: Number(port) })
} else
  createServer((request, response) => {
    request.resume()
    request.on('end', () => response.writeHead(200, headers).end(body))
  }).listen(Number(port), '127.0.0.1')

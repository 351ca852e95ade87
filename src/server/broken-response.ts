/** Responses as networks and proxies break them, for clients that have to cope. */
import type { FastifyInstance, FastifyReply } from 'fastify'

/** How a response breaks: the connection ends, nothing comes, a body without content, a proxy's page. */
export type Breakage = 'lost' | 'hanging' | 'empty' | 'html'

const badGateway = `<!doctype html><html><head><title>502 Bad Gateway</title></head>
<body><h1>502 Bad Gateway</h1><hr>proxy</body></html>`

/** Makes a function that breaks responses of a server. Those that hang end with it. */
export const createBreaker = (app: FastifyInstance) => {
  const hanging = new Set<FastifyReply['raw']>()
  app.addHook('preClose', async () => {
    for (const response of hanging) response.destroy()
  })
  return (reply: FastifyReply, breakage: Breakage) => {
    if (breakage === 'empty') return reply.code(200).type('application/json').send('')
    if (breakage === 'html') return reply.code(502).type('text/html; charset=utf-8').send(badGateway)
    reply.hijack()
    if (breakage === 'lost') reply.raw.destroy()
    else {
      hanging.add(reply.raw)
      reply.raw.once('close', () => hanging.delete(reply.raw))
    }
    return reply
  }
}

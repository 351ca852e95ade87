/** The stream by which pages hear of changes. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { PageParts } from './parts.ts'

/** Between two messages to a browser, however many changes there are. */
const messageIntervalMs = 100
/** Streams that are open at a time: one more closes the oldest. */
const maxListeners = 1000

/** Adds the stream. */
export const addLiveStream = (pages: FastifyInstance, { state, requestLog }: PageParts) => {
  const listeners = new Set<FastifyReply['raw']>()
  let timer: NodeJS.Timeout | undefined
  const tell = () => {
    if (listeners.size > 0)
      timer ??= setTimeout(() => {
        timer = undefined
        for (const listener of listeners) listener.write('data: changed\n\n')
      }, messageIntervalMs)
  }
  state.listen(tell)
  requestLog.onAdd = tell
  pages.get('/sandbox/live', (request, reply) => {
    reply.hijack()
    reply.raw.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    reply.raw.write(': ready\n\n')
    const [oldest] = listeners
    if (listeners.size >= maxListeners) oldest?.end()
    listeners.add(reply.raw)
    request.raw.on('close', () => listeners.delete(reply.raw))
  })
  pages.addHook('preClose', async () => {
    clearTimeout(timer)
    for (const listener of listeners) listener.end()
  })
}

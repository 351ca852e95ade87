/** The stream by which pages hear of changes. */
import type { FastifyInstance, FastifyReply } from 'fastify'
import type { PageParts } from './parts.ts'

/** Between two messages to a browser, however many changes there are. */
const messageIntervalMs = 100
/** Streams that are open at a time: one more closes the oldest. */
const maxStreams = 1000

/** Adds the stream. */
export const addLiveStream = (pages: FastifyInstance, { state, requestLog }: Pick<PageParts, 'state' | 'requestLog'>, max = maxStreams) => {
  const streams = new Set<FastifyReply['raw']>()
  let timer: NodeJS.Timeout | undefined
  const end = (stream: FastifyReply['raw']) => {
    // At once, not when it has closed: what is written to an ended stream is an error, and meanwhile others come.
    streams.delete(stream)
    stream.end()
  }
  const send = () => {
    timer = undefined
    // A page that has not read the last message needs no further one.
    for (const stream of streams) if (!stream.writableNeedDrain) stream.write('data: changed\n\n')
  }
  const tell = () => {
    if (streams.size > 0) timer ??= setTimeout(send, messageIntervalMs)
  }
  const stopListening = state.listen(tell)
  requestLog.onAdd = tell
  pages.get('/sandbox/live', (_request, reply) => {
    reply.hijack()
    const stream = reply.raw
    stream.on('error', () => streams.delete(stream)).on('close', () => streams.delete(stream))
    stream.writeHead(200, { 'Content-Type': 'text/event-stream', 'Cache-Control': 'no-store' })
    stream.write(': ready\n\n')
    const [oldest] = streams
    if (oldest && streams.size >= max) end(oldest)
    streams.add(stream)
  })
  pages.addHook('preClose', async () => {
    stopListening()
    clearTimeout(timer)
    for (const stream of streams) end(stream)
  })
}

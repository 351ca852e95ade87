/** The stream by which pages hear of changes: how many there are, and what becomes of those that are left. */
import Fastify from 'fastify'
import { expect, onTestFinished, test } from 'vitest'
import { createClock } from '../../../src/server/sandbox/clock.ts'
import { addLiveStream } from '../../../src/server/sandbox/pages/live.ts'
import { RequestLog } from '../../../src/server/sandbox/request-log.ts'
import { soon } from './soon.ts'

const start = async (max: number) => {
  const app = Fastify({ forceCloseConnections: 'idle' })
  const listeners = new Set<() => void>()
  const listen = (listener: () => void) => {
    listeners.add(listener)
    return () => void listeners.delete(listener)
  }
  const requestLog = new RequestLog(
    createClock(() => 0),
    new Set(),
  )
  addLiveStream(app, { state: { listen } as unknown as Parameters<typeof addLiveStream>[1]['state'], requestLog }, max)
  const origin = await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => app.close())
  return { app, listeners, change: () => listeners.forEach((listener) => void listener()), url: `${origin}/sandbox/live` }
}
/** A browser on a stream. */
const follow = async (url: string) => {
  const stream = { text: '', isOpen: true }
  const response = await fetch(url)
  void (async () => {
    for await (const chunk of response.body ?? []) stream.text += Buffer.from(chunk)
    stream.isOpen = false
  })()
  return stream
}

test('however many come at once, the limit holds, and the latest hear of a change', async () => {
  const { change, url } = await start(3)
  const streams = await Promise.all(Array.from({ length: 20 }, () => follow(url)))
  await soon(() => expect(streams.filter(({ isOpen }) => isOpen)).toHaveLength(3))
  const last = await follow(url)
  change()
  await soon(() => expect(last.text).toContain('data: changed'))
  expect([...streams, last].filter(({ isOpen }) => isOpen)).toHaveLength(3)
})

test('a server that closes ends them, and hears of no further change', async () => {
  const { app, listeners, url } = await start(3)
  const stream = await follow(url)
  await app.close()
  await soon(() => expect(stream.isOpen).toBe(false))
  expect(listeners.size).toBe(0)
})

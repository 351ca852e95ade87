/** `GET /healthz`: whether the server can do its work, for what watches over it. */
import type { FastifyInstance } from 'fastify'

/** @param isHealthy whether all is well; a server that only responds is well by responding */
export const serveHealth = (app: FastifyInstance, isHealthy: () => Promise<boolean> = async () => true) =>
  app.get('/healthz', async (_request, reply) => {
    const isWell = await isHealthy().catch(() => false)
    return reply
      .code(isWell ? 200 : 503)
      .header('Cache-Control', 'no-store')
      .send({ status: isWell ? 'ok' : 'unavailable' })
  })

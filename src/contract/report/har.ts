/** All exchanges of a run in the HTTP Archive format, version 1.2. */
import type { Exchange } from '../run/exchange.ts'

const headersOf = (headers: Record<string, string>) => Object.entries(headers).map(([name, value]) => ({ name, value }))

const entryOf = (exchange: Exchange) => {
  const url = new URL(exchange.url)
  return {
    startedDateTime: new Date(exchange.startedAt).toISOString(),
    time: exchange.duration,
    request: {
      method: exchange.method,
      url: exchange.url,
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headersOf(exchange.requestHeaders),
      queryString: [...url.searchParams].map(([name, value]) => ({ name, value })),
      headersSize: -1,
      bodySize: exchange.requestBody === undefined ? 0 : Buffer.byteLength(exchange.requestBody),
      ...(exchange.requestBody !== undefined && {
        postData: { mimeType: exchange.requestHeaders['content-type'] ?? '', text: exchange.requestBody },
      }),
    },
    response: {
      status: exchange.status,
      statusText: '',
      httpVersion: 'HTTP/1.1',
      cookies: [],
      headers: headersOf(exchange.headers),
      content: {
        size: Buffer.byteLength(exchange.text),
        mimeType: exchange.headers['content-type'] ?? '',
        text: exchange.text,
      },
      redirectURL: exchange.headers.location ?? '',
      headersSize: -1,
      bodySize: Buffer.byteLength(exchange.text),
      ...(exchange.failure && { _error: exchange.failure }),
    },
    cache: {},
    timings: { send: 0, wait: exchange.duration, receive: 0 },
  }
}

/** The archive as text. */
export const harReport = (exchanges: Exchange[], version: string): string =>
  JSON.stringify({ log: { version: '1.2', creator: { name: 'komoju-openapi', version }, entries: exchanges.map(entryOf) } })

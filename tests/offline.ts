/** Loaded into every Node process of a command: writes down who is called beyond this machine, and lets nobody be reached. */
import dgram from 'node:dgram'
import dns from 'node:dns'
import { appendFileSync } from 'node:fs'
import { syncBuiltinESMExports } from 'node:module'
import net from 'node:net'

const isHere = (host: string) => /^(localhost|127\.[\d.]+|::1|\[::1\]|0\.0\.0\.0|::)$/.test(host)
const reject = (what: string): never => {
  appendFileSync(process.env.OFFLINE_LOG!, `${process.argv.slice(1).join(' ')}: ${what}\n`)
  throw Object.assign(new Error(`There is no network: ${what}`), { code: 'ENETUNREACH' })
}

const { connect } = net.Socket.prototype
net.Socket.prototype.connect = function (this: net.Socket, ...args: unknown[]) {
  // Node has normalized the arguments into a list where it calls itself.
  const [first, second] = Array.isArray(args[0]) ? (args[0] as unknown[]) : args
  const { host, path } =
    typeof first === 'object'
      ? (first as { host?: string | null; path?: string | null })
      : { host: typeof second === 'string' ? second : undefined }
  if (!path && !isHere(host ?? 'localhost')) reject(`connection to ${host}`)
  return connect.apply(this, args as Parameters<typeof connect>)
} as typeof connect

for (const target of [dns, dns.promises] as unknown as Record<string, unknown>[])
  for (const name of ['lookup', 'resolve', 'resolve4', 'resolve6']) {
    const original = target[name] as (host: string, ...rest: unknown[]) => unknown
    target[name] = (host: string, ...rest: unknown[]) => (isHere(host) ? original(host, ...rest) : reject(`address of ${host}`))
  }
dgram.Socket.prototype.send = (() => reject('datagram')) as typeof dgram.Socket.prototype.send
syncBuiltinESMExports()

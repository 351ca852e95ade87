/** The rows that the sandbox writes for a payment, written without the sandbox: by a prepared statement, and by PostgreSQL's own benchmark. */
import { execFile } from 'node:child_process'
import { copyFileSync, globSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import pg from 'pg'
import type { PaymentRecord } from '../../../src/server/sandbox/payment.ts'
import { writeStatement } from '../../../src/server/sandbox/postgres/queries.ts'
import { schema } from '../../../src/server/sandbox/postgres/tables.ts'
import { openDatabase } from '../../../src/server/sandbox/sqlite/database.ts'
import type { EventRecord } from '../../../src/server/sandbox/state/events.ts'
import { eventRow, paymentRow } from '../../../src/server/sandbox/state/rows.ts'
import { indexes } from '../../../src/server/sandbox/storage.ts'
import type { Turn } from './turns.ts'

/** What one payment adds to the tables, in one transaction. */
const written = ['payments', 'events'] as const

const newId = (number: number) => String(number).padStart(25, '0')

/**
 * Writes payments by prepared statements, in a copy of a sandbox's file.
 * @param file of a sandbox that holds one payment and is closed
 * @returns what writes for some seconds
 */
export const sqliteWriter = (file: string): ((seconds: number) => Turn) => {
  const copy = `${file}-bare`
  copyFileSync(file, copy)
  const { database } = openDatabase(copy)
  const statements = written.map((collection) => {
    const columns = ['id', ...indexes[collection], 'document']
    const row = database.prepare(`SELECT ${columns} FROM ${collection} LIMIT 1`).get()!
    const insert = database.prepare(`INSERT INTO ${collection} (${columns}) VALUES (${columns.map(() => '?')})`)
    const values = columns.map((column) => row[column]!)
    // An event is found by its payment, which is new each time, too.
    const places = columns.flatMap((column, index) => (column === 'id' || column === 'payment' ? [index] : []))
    return (id: string) => {
      for (const place of places) values[place] = id
      insert.run(...values)
    }
  })
  const begin = database.prepare('BEGIN')
  const commit = database.prepare('COMMIT')
  let number = 0
  return (seconds) => {
    const started = performance.now()
    let count = 0
    while (performance.now() - started < seconds * 1000) {
      const id = newId(number++)
      begin.run()
      for (const write of statements) write(id)
      commit.run()
      count++
    }
    return { perSecond: (1000 * count) / (performance.now() - started), count }
  }
}

/** A text in SQL. pgbench takes `:name` for a variable wherever it stands. */
const literal = (text: string) => `E'${text.replaceAll('\\', '\\\\').replaceAll("'", "''").replaceAll(':', '\\x3a')}'`

const sqlOf = (value: unknown, id: string): string => {
  if (Array.isArray(value)) return `ARRAY[${value.map((item) => sqlOf(item, id))}]`
  if (value === id) return "lpad((:id)::text, 25, '0')"
  return typeof value === 'string' ? literal(value) : String(value ?? 'NULL')
}

/** A document of the sandbox's only payment, or of its event, with the payment's id in place of its own. */
const documentIn = async <Document>(client: pg.Client, collection: (typeof written)[number]): Promise<Document> => {
  const { rows } = await client.query<{ document: string }>(`SELECT document FROM ${schema}.${collection} LIMIT 1`)
  return JSON.parse(rows[0]!.document)
}

/**
 * Writes payments with pgbench: the statement of the sandbox, prepared.
 * @param address of a database that holds one payment of a sandbox
 * @returns what writes for some seconds
 */
export const pgbenchWriter = async (address: string, folder: string, connections: number): Promise<(seconds: number) => Promise<Turn>> => {
  const client = new pg.Client(address)
  await client.connect()
  const record = await documentIn<PaymentRecord>(client, 'payments')
  const { id } = record.payment
  const event = await documentIn<EventRecord>(client, 'events')
  await client.end()
  const { text, values } = writeStatement([
    { collection: 'payments', put: paymentRow(record) },
    { collection: 'events', put: { ...eventRow(event), id } },
  ])
  const script = join(folder, 'payment.sql')
  const statement = text.replaceAll(/\$(\d+)/g, (_slot, number) => sqlOf(values[Number(number) - 1], id)).replaceAll('\n', ' ')
  writeFileSync(script, `\\set id random(1, 1000000000000000)\n${statement};\n`)
  const pgbench = globSync('/usr/lib/postgresql/*/bin/pgbench').sort().at(-1)!
  return async (seconds) => {
    const args = ['-n', '-f', script, '-M', 'prepared', '-c', String(connections), '-T', String(seconds), address]
    const { stdout } = await promisify(execFile)(pgbench, args)
    return {
      perSecond: Number(/tps = ([\d.]+)/.exec(stdout)?.[1]),
      count: Number(/actually processed: (\d+)/.exec(stdout)?.[1]),
    }
  }
}

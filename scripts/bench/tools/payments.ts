/** Many payments of one merchant, over the year before, put into a database as the sandbox itself would have kept them. */
import { DatabaseSync } from 'node:sqlite'
import type pg from 'pg'
import type { Payment } from '../../../generated/schema.d.ts'
import { exampleKey } from '../../../src/example-key.ts'
import { required } from '../../../src/required.ts'
import { merchantOf } from '../../../src/server/sandbox/merchant.ts'
import { schema } from '../../../src/server/sandbox/postgres/tables.ts'
import { body, headers } from './servers.ts'

export const secretKey = exampleKey

/** Creates the payment whose likes fill the database. */
export const createPayment = async (origin: string) =>
  (await (await fetch(`${origin}/api/v1/payments`, { method: 'POST', headers, body })).json()) as Payment

const rowOf = (payment: Payment) => JSON.stringify({ payment, merchant: merchantOf(secretKey), flow: 'cash' })

/** Of a hundred: 80 captured, 8 expired, 5 refunded, 3 cancelled, 4 authorized but for one in forty that failed. */
const status = `CASE WHEN i % 100 < 80 THEN 'captured' WHEN i % 100 < 88 THEN 'expired' WHEN i % 100 < 93 THEN 'refunded' WHEN i % 100 < 96 THEN 'cancelled'
  WHEN i % 1000 = 999 THEN 'failed' ELSE 'authorized' END`
const currency = `CASE WHEN i % 97 < 88 THEN 'JPY' WHEN i % 97 < 93 THEN 'USD' WHEN i % 97 < 95 THEN 'EUR' WHEN i % 97 < 96 THEN 'TWD' ELSE 'KRW' END`

/** Puts payments into a database at once, and counts them afterwards: the triggers would count each of them. */
const fillUncounted = async (client: pg.Client, insert: string, values: unknown[]) => {
  await client.query(`ALTER TABLE ${schema}.payments DISABLE TRIGGER ALL`)
  await client.query(insert, values)
  await client.query(`ALTER TABLE ${schema}.payments ENABLE TRIGGER ALL`)
  await client.query(
    `INSERT INTO ${schema}.payments_tally (merchant, status, currency, day, slot, n)
     SELECT merchant, status, currency, left(created_at, 10), 0, count(*) FROM ${schema}.payments GROUP BY 1, 2, 3, 4
     ON CONFLICT (merchant, status, currency, day, slot) DO UPDATE SET n = excluded.n`,
  )
  await client.query(`VACUUM ANALYZE ${schema}.payments, ${schema}.payments_tally`)
}

export const fillPostgres = (client: pg.Client, payment: Payment, count: number) =>
  fillUncounted(
    client,
    `INSERT INTO ${schema}.payments (id, merchant, status, currency, external_order_num, created_at, text, document)
     SELECT id, $1, status, currency, 'order-' || i, created, id || ' order-' || i || ' konbini',
       replace(replace(replace($2::text, '"' || $3::text || '"', '"' || id || '"'), '"status":"authorized"', '"status":"' || status || '"'), $4::text, created)
     FROM (
       SELECT i, substr(md5(i::text), 1, 25) AS id, ${status} AS status, ${currency} AS currency,
         to_char(now() AT TIME ZONE 'UTC' - interval '365 days' * (1 - i / ${count}.0), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS created
       FROM generate_series(1, ${count}) i
     ) payment`,
    [merchantOf(secretKey), rowOf(payment), payment.id, payment.created_at],
  )

/** Puts likes of an open payment into a database, all with its deadline. */
export const fillOpen = (client: pg.Client, payment: Payment, count: number) =>
  fillUncounted(
    client,
    `INSERT INTO ${schema}.payments (id, merchant, status, currency, created_at, deadline, text, document)
     SELECT id, $1, 'authorized', $5, $4, $6, id || ' konbini', replace($2::text, '"' || $3::text || '"', '"' || id || '"')
     FROM (SELECT substr(md5(i::text), 1, 25) AS id FROM generate_series(1, ${count}) i) payment`,
    [
      merchantOf(secretKey),
      rowOf(payment),
      payment.id,
      payment.created_at,
      payment.currency,
      Date.parse(required(payment.payment_deadline, 'deadline')),
    ],
  )

/** The sandbox must have made the tables, and be gone. */
export const fillSqlite = (file: string, payment: Payment, count: number) => {
  const database = new DatabaseSync(file)
  database
    .prepare(
      `WITH RECURSIVE series(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM series WHERE i < ${count}),
       payment AS (
         SELECT i, substr('0000000000000000000000000' || i, -25) AS id, ${status} AS status, ${currency} AS currency,
           strftime('%Y-%m-%dT%H:%M:%SZ', 'now', '-' || (31536000 - i * 31536000 / ${count}) || ' seconds') AS created
         FROM series
       )
       INSERT INTO payments (id, merchant, status, currency, external_order_num, created_at, text, document)
       SELECT id, ?1, status, currency, 'order-' || i, created, id || ' order-' || i || ' konbini',
         replace(replace(replace(?2, '"' || ?3 || '"', '"' || id || '"'), '"status":"authorized"', '"status":"' || status || '"'), ?4, created)
       FROM payment`,
    )
    .run(merchantOf(secretKey), rowOf(payment), payment.id, payment.created_at)
  database.close()
}

/**
 * Lists payments again and again, one list after the other.
 * @param query of the try with that number, another for each so that nothing comes from the cache of the try before
 * @returns milliseconds at the median and at the 99th percentile
 */
export const timesOfList = async (origin: string, query: (index: number) => string, tries: number) => {
  const times: number[] = []
  for (let index = -Math.ceil(tries / 15); index < tries; index++) {
    const before = performance.now()
    const response = await fetch(`${origin}/api/v1/payments?${query(Math.abs(index))}`, { headers })
    await response.text()
    if (response.status !== 200) throw new Error(`GET /payments?${query(Math.abs(index))}: ${response.status}`)
    if (index >= 0) times.push(performance.now() - before)
  }
  times.sort((a, b) => a - b)
  return { p50: times[Math.floor(tries / 2)]!, p99: times[Math.floor(tries * 0.99)]! }
}

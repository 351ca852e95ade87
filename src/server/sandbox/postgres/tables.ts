/** The tables in PostgreSQL, made and brought up to date on start. They have a schema of their own, so that any database can hold them. */
import { type Collection, indexes } from '../storage.ts'

export const schema = 'komoju_sandbox'

/** Index properties that are numbers. All others are texts, compared byte by byte. */
export const isNumeric = (collection: Collection, property: string) =>
  property === 'deadline' || (collection === 'idempotency' && property === 'created_at')

const typeOf = (collection: Collection, property: string) => (isNumeric(collection, property) ? 'double precision' : 'text')

const columnOf = (collection: Collection, property: string) =>
  `${property} ${typeOf(collection, property)}${isNumeric(collection, property) ? '' : ' COLLATE "C"'}`

const tablesOf = () =>
  (Object.keys(indexes) as Collection[]).map(
    (collection) => `CREATE TABLE ${schema}.${collection} (
      id text COLLATE "C" PRIMARY KEY,
      sequence bigint GENERATED ALWAYS AS IDENTITY,
      ${indexes[collection].map((property) => `${columnOf(collection, property)},`).join('\n      ')}
      document text NOT NULL
    )`,
  )

/**
 * The steps from an empty database to these tables; a database has the first so many of them. A step that was released never changes.
 * A tally counts the payments of each day, so that a list of a million knows its length: each connection counts in one of
 * eight slots, so that they rarely wait for each other. One slot alone may be negative, their sum is the number.
 */
const steps: string[][] = [
  [
    ...tablesOf(),
    ...['merchant', 'status', 'currency', 'created_at'].map(
      (property) => `ALTER TABLE ${schema}.payments ALTER COLUMN ${property} SET NOT NULL`,
    ),
    `CREATE INDEX payments_list ON ${schema}.payments (merchant, status, currency, created_at, sequence) INCLUDE (id)`,
    `CREATE INDEX payments_merchant ON ${schema}.payments (merchant, created_at, sequence) INCLUDE (id)`,
    `CREATE INDEX payments_order ON ${schema}.payments (merchant, external_order_num, created_at, sequence) WHERE external_order_num IS NOT NULL`,
    `CREATE INDEX payments_deadline ON ${schema}.payments (deadline) WHERE deadline IS NOT NULL`,
    `CREATE INDEX payments_newest ON ${schema}.payments (created_at, sequence)`,
    `CREATE INDEX accounts_name ON ${schema}.accounts (merchant, name)`,
    `CREATE INDEX events_payment ON ${schema}.events (payment, sequence)`,
    `CREATE INDEX events_pending ON ${schema}.events (sequence) WHERE state = 'pending'`,
    `CREATE INDEX events_newest ON ${schema}.events (sequence)`,
    `CREATE INDEX idempotency_age ON ${schema}.idempotency (created_at)`,
    `CREATE TABLE ${schema}.payments_tally (
      merchant text COLLATE "C", status text COLLATE "C", currency text COLLATE "C", day text COLLATE "C", slot int, n bigint NOT NULL,
      PRIMARY KEY (merchant, status, currency, day, slot)
    )`,
    `CREATE FUNCTION ${schema}.count_payment(merchant text, status text, currency text, created_at text, n int) RETURNS void LANGUAGE sql AS $$
      INSERT INTO ${schema}.payments_tally AS tally VALUES ($1, $2, $3, left($4, 10), pg_backend_pid() % 8, $5)
      ON CONFLICT (merchant, status, currency, day, slot) DO UPDATE SET n = tally.n + excluded.n
    $$`,
    `CREATE FUNCTION ${schema}.count_change() RETURNS trigger LANGUAGE plpgsql AS $$
      BEGIN
        IF TG_OP = 'UPDATE' THEN
          IF (OLD.merchant, OLD.status, OLD.currency, OLD.created_at) = (NEW.merchant, NEW.status, NEW.currency, NEW.created_at) THEN
            RETURN NULL;
          END IF;
        END IF;
        IF TG_OP <> 'INSERT' THEN
          PERFORM ${schema}.count_payment(OLD.merchant, OLD.status, OLD.currency, OLD.created_at, -1);
        END IF;
        IF TG_OP <> 'DELETE' THEN
          PERFORM ${schema}.count_payment(NEW.merchant, NEW.status, NEW.currency, NEW.created_at, 1);
        END IF;
        RETURN NULL;
      END
    $$`,
    `CREATE TRIGGER payments_count AFTER INSERT OR UPDATE OR DELETE ON ${schema}.payments
      FOR EACH ROW EXECUTE FUNCTION ${schema}.count_change()`,
  ],
  // Merchants reset their own data, and each has deadlines by its own clock. An id that is kept escaped begins two characters later.
  [
    `ALTER TABLE ${schema}.events ADD COLUMN IF NOT EXISTS merchant text COLLATE "C"`,
    `UPDATE ${schema}.events SET merchant = p.merchant FROM ${schema}.payments p WHERE p.id = events.payment`,
    `CREATE INDEX events_merchant ON ${schema}.events (merchant, sequence)`,
    `ALTER TABLE ${schema}.idempotency ADD COLUMN IF NOT EXISTS merchant text COLLATE "C"`,
    `UPDATE ${schema}.idempotency SET merchant = substr(id, CASE WHEN left(id, 1) = E'\\x01' THEN 3 ELSE 1 END, 16)`,
    `CREATE INDEX idempotency_merchant ON ${schema}.idempotency (merchant)`,
    `UPDATE ${schema}.payments SET text = text || ' method:' || (document::json #>> '{payment,payment_details,type}')
      WHERE document::json #>> '{payment,payment_details,type}' IS NOT NULL`,
    `CREATE INDEX payments_due ON ${schema}.payments (merchant, deadline) WHERE deadline IS NOT NULL`,
  ],
  // What waits for one webhook is apart from what waits for another.
  [
    `DROP INDEX ${schema}.events_pending`,
    `CREATE INDEX events_waiting ON ${schema}.events (state, sequence) WHERE state <> 'delivered' AND state <> 'kept'`,
  ],
]

export const tables = [...Object.keys(indexes), 'payments_tally'].map((name) => `${schema}.${name}`)

/** Version of the tables. Those of a later one are rejected. */
export const version = steps.length

/** Statements that bring the tables of an earlier version up to date, 0 for none. */
export const stepsFrom = (earlier: number): string[] => steps.slice(earlier).flat()

/** What counts the payments. */
export const counters = ['payments_count', 'count_change', 'count_payment']

/** Columns that the first version did not have. */
const isLater = (collection: Collection, property: string) =>
  property === 'merchant' && (collection === 'events' || collection === 'idempotency')

/** Columns that each table of a version has to have, with their types. */
export const columnsOf = (ofVersion: number): Record<string, Record<string, string>> => {
  const collections = (Object.keys(indexes) as Collection[]).map((collection) => {
    const present = indexes[collection].filter((property) => ofVersion > 1 || !isLater(collection, property))
    const properties = present.map((property) => [property, typeOf(collection, property)])
    return [collection, { id: 'text', sequence: 'bigint', ...Object.fromEntries(properties), document: 'text' }]
  })
  const tally = { merchant: 'text', status: 'text', currency: 'text', day: 'text', slot: 'integer', n: 'bigint' }
  return { ...Object.fromEntries(collections), payments_tally: tally }
}

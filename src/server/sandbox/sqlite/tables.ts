/** The tables in an SQLite file, and the steps that bring those of an earlier version up to date. */
import { indexes } from '../storage.ts'

/** `application_id` of the files: KOMJ. Other programs' files have another, or none. */
export const applicationId = 0x4b4f4d4a

/** Properties that tell too few rows apart for an index of the database to pay. */
const unselective = new Set<string>(['status', 'currency', 'created_at', 'text'])

const collectionTables = () =>
  Object.entries(indexes).flatMap(([collection, properties]) => [
    `CREATE TABLE ${collection} (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, ${[...properties, 'document'].join(', ')})`,
    ...properties
      .filter((property) => !unselective.has(property))
      .map((property) => `CREATE INDEX ${collection}_${property} ON ${collection} (${property}) WHERE ${property} IS NOT NULL`),
  ])

/** Whether a sandbox has the file open. It stays 1 in a file that is copied from a running sandbox. */
const sessionTable = ['CREATE TABLE session (is_open INTEGER NOT NULL)', 'INSERT INTO session VALUES (0)']

/** What a list filters by, so that its payments are counted without reading them. */
const listIndex = 'CREATE INDEX IF NOT EXISTS payments_listed ON payments (merchant, status, currency, created_at)'

/** What the payments of one merchant fall due by. */
const dueIndex = 'CREATE INDEX payments_due ON payments (merchant, deadline) WHERE deadline IS NOT NULL'

/** What old keys are forgotten by, a few of many at a time. */
const ageIndex = 'CREATE INDEX IF NOT EXISTS idempotency_age ON idempotency (created_at)'

/** Columns that payments are counted by. */
export const counted = ['merchant', 'status', 'currency']

const valuesOf = (row: 'NEW' | 'OLD') => counted.map((column) => `${row}.${column}`)

/** Counts a payment by its old or new values. */
const count = (row: 'NEW' | 'OLD', change: 1 | -1) =>
  `INSERT INTO payments_tally VALUES (${valuesOf(row)}, ${change}) ON CONFLICT DO UPDATE SET n = n + ${change};`

/** A trigger each for payments that come, go, and change. */
const tallyTriggers: Record<string, string> = {
  payments_come: `AFTER INSERT ON payments BEGIN ${count('NEW', 1)} END`,
  payments_go: `AFTER DELETE ON payments BEGIN ${count('OLD', -1)} END`,
  payments_change: `AFTER UPDATE ON payments WHEN (${valuesOf('OLD')}) != (${valuesOf('NEW')}) BEGIN ${count('OLD', -1)} ${count('NEW', 1)} END`,
}

const createTriggers = () => Object.entries(tallyTriggers).map(([name, trigger]) => `CREATE TRIGGER ${name} ${trigger}`)

/** How many payments there are of each kind, so that a list of a million knows its length. */
const tally = (): string[] => [
  `CREATE TABLE payments_tally (${counted.map((column) => `${column} NOT NULL`)}, n INTEGER NOT NULL, PRIMARY KEY (${counted})) WITHOUT ROWID`,
  `INSERT INTO payments_tally SELECT ${counted}, count(*) FROM payments GROUP BY ${counted}`,
  ...createTriggers(),
]

/**
 * Statements that forget payments, without the triggers, which would count each of them.
 * @param where condition on the merchant, for all nothing
 */
export const clearPayments = (where: string): string[] => [
  ...Object.keys(tallyTriggers).map((name) => `DROP TRIGGER ${name}`),
  `DELETE FROM payments${where}`,
  `DELETE FROM payments_tally${where}`,
  ...createTriggers(),
]

/** The tables of this version, for an empty file. */
export const newTables = (): string[] => [
  ...collectionTables(),
  listIndex,
  dueIndex,
  ageIndex,
  ...sessionTable,
  ...tally(),
  `PRAGMA application_id = ${applicationId}`,
]

/** Steps from each version to the next. A step that was released never changes. */
const steps: string[][] = [
  [
    listIndex,
    dueIndex,
    ...sessionTable,
    'ALTER TABLE events ADD COLUMN merchant',
    'UPDATE events SET merchant = (SELECT merchant FROM payments WHERE payments.id = events.payment)',
    'CREATE INDEX events_merchant ON events (merchant) WHERE merchant IS NOT NULL',
    'ALTER TABLE idempotency ADD COLUMN merchant',
    'UPDATE idempotency SET merchant = substr(id, 1, 16)',
    'CREATE INDEX idempotency_merchant ON idempotency (merchant) WHERE merchant IS NOT NULL',
    `UPDATE payments SET text = text || ' method:' || json_extract(document, '$.payment.payment_details.type')
      WHERE json_extract(document, '$.payment.payment_details.type') IS NOT NULL`,
    `PRAGMA application_id = ${applicationId}`,
  ],
  tally(),
  [ageIndex],
]

/** Version of the tables. A file of a later one is rejected. */
export const version = steps.length + 1

/** Statements that bring the tables of an earlier version up to date. */
export const stepsFrom = (earlier: number): string[] => steps.slice(earlier - 1).flat()

/** Columns that the first version did not have. */
const isLater = (collection: string, property: string) =>
  property === 'merchant' && (collection === 'events' || collection === 'idempotency')

/** Columns that each table of a version has to have. */
export const columnsOf = (ofVersion: number): Record<string, string[]> => ({
  ...Object.fromEntries(
    Object.entries(indexes).map(([collection, properties]) => {
      const present = properties.filter((property) => ofVersion > 1 || !isLater(collection, property))
      return [collection, ['id', ...present, 'document']]
    }),
  ),
  ...(ofVersion > 1 && { session: ['is_open'] }),
  ...(ofVersion > 2 && { payments_tally: [...counted, 'n'] }),
})

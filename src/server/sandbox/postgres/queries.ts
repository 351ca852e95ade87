/** Queries of the storage as SQL. */
import { type Collection, type IdQuery, type IndexValue, indexes, type Query, type Row, type Write } from '../storage.ts'
import { isNumeric, schema } from './tables.ts'

/** With a name, the database plans it once for each connection. A name always has the same text, and 63 characters at most. */
export type Statement = { name?: string; text: string; values: unknown[] }

/** PostgreSQL keeps neither the character 0 nor half a surrogate pair: a text with one is kept escaped, behind a mark. */
export const storable = (text: string): string =>
  text.includes('\0') || text.startsWith('\u0001') || !text.isWellFormed() ? `\u0001${JSON.stringify(text)}` : text

/** The text that `storable` was given. */
export const storedText = (text: string): string => (text.startsWith('\u0001') ? String(JSON.parse(text.slice(1))) : text)

const cellOf = (value: IndexValue | undefined) => (typeof value === 'string' ? storable(value) : (value ?? null))

/** Gathers the values of a statement; each gets its number. */
const createValues = () => {
  const values: unknown[] = []
  return { values, slot: (value: unknown) => `$${values.push(value)}` }
}
type Slot = ReturnType<typeof createValues>['slot']

const typeOf = (collection: Collection, property: string) => (isNumeric(collection, property) ? 'double precision[]' : 'text[]')

const whereOf = (collection: Collection, where: Query['where'], slot: Slot): string[] =>
  Object.entries(where ?? {}).map(([property, wanted]) => {
    const list = [wanted].flat().map((value) => cellOf(value as IndexValue))
    return list.length === 1 ? `${property} = ${slot(list[0])}` : `${property} = ANY (${slot(list)}::${typeOf(collection, property)})`
  })

const rangeOf = (range: Query['range'], slot: Slot): string[] => {
  if (!range) return []
  const { property, from, below } = range
  return [
    `${property} IS NOT NULL`,
    ...(from === undefined || from === null ? [] : [`${property} >= ${slot(cellOf(from))}`]),
    ...(below === undefined || below === null ? [] : [`${property} < ${slot(cellOf(below))}`]),
  ]
}

const conditionOf = (parts: string[]) => (parts.length > 0 ? parts.join(' AND ') : 'true')

/** Columns of an order as those of one table. */
const of = (table: string, order: string) => order.replaceAll(/\w+( DESC)?(?=,|$)/g, `${table}.$&`)

/** Payments are in the order of their creation, so that the index of a list serves its order and its times; all else as it was put. */
const orderOf = (collection: Collection, { order = 'oldest', range }: Pick<Query, 'order' | 'range'>): string => {
  if (order === 'range' && range) return `${range.property}, sequence`
  const columns = collection === 'payments' ? ['created_at', 'sequence'] : ['sequence']
  return columns.map((column) => (order === 'newest' ? `${column} DESC` : column)).join(', ')
}

/** A page and the number of all matches, in one statement, so that they fit each other. Where the page is empty, its row has no id. */
const pageOf = (collection: Collection, total: string, page: string, order: string) => `
  SELECT counted.total, found.id, found.document
  FROM (SELECT ${total} AS total) counted
  LEFT JOIN LATERAL (
    SELECT id, document, row_number() OVER (ORDER BY ${of('page', order)}) AS place
    FROM (${page}) page JOIN ${schema}.${collection} item USING (id)
  ) found ON true ORDER BY found.place`

const limitOf = ({ skip = 0, take }: Query, slot: Slot) => `${take === undefined ? '' : `LIMIT ${slot(take)}`} OFFSET ${slot(skip)}`

const findPlainly = (collection: Collection, query: Query): Statement => {
  const { values, slot } = createValues()
  const texts = (query.text ?? []).map((part) => `strpos(text, ${slot(storable(part))}) > 0`)
  const condition = conditionOf([...whereOf(collection, query.where, slot), ...rangeOf(query.range, slot), ...texts])
  const order = orderOf(collection, query)
  const from = `FROM ${schema}.${collection} WHERE ${condition}`
  const columns = [...new Set(['id', ...order.replaceAll(' DESC', '').split(', ')])]
  const page = `SELECT ${columns} ${from} ORDER BY ${order} ${limitOf(query, slot)}`
  return { text: pageOf(collection, `(SELECT count(*) ${from})`, page, order), values }
}

const dayAfter = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60 * 1000).toISOString().slice(0, 10)

/** Parts of a time range: whole days, which the tally counts, and what is left at its ends. Days and times compare as texts. */
const daysOf = (from: string | undefined, below: string | undefined) => {
  const firstDay = from === undefined ? '' : /T00:00:00(\.0+)?Z$/.test(from) ? from.slice(0, 10) : dayAfter(from.slice(0, 10))
  const endDay = below === undefined ? '\uffff' : below.slice(0, 10)
  if (firstDay >= endDay) return { firstDay: '', endDay: '', ends: [[from ?? '', below ?? '\uffff']] as const }
  const ends = [...(from === undefined ? [] : [[from, firstDay] as const]), ...(below === undefined ? [] : [[endDay, below] as const])]
  return { firstDay, endDay, ends }
}

/**
 * Finds payments by what the tally knows: how many there are, and how many days a far page can leap over. Where a status or a
 * currency is asked for, each combination of them with a merchant is one stretch of the index `payments_list`.
 */
const findByTally = (query: Query): Statement => {
  const { values, slot } = createValues()
  const { skip = 0, take, order = 'oldest', range } = query
  const where = whereOf('payments', query.where, slot)
  const ofItem = where.map((part) => `p.${part}`)
  const isGrouped = 'status' in (query.where ?? {}) || 'currency' in (query.where ?? {})
  const from = (range?.from ?? undefined) as string | undefined
  const below = (range?.below ?? undefined) as string | undefined
  const isWhole = from === undefined && below === undefined
  const { firstDay, endDay, ends } = daysOf(from, below)
  const inGroup = 'p.merchant = g.merchant AND p.status = g.status AND p.currency = g.currency'
  const inEnds = ends.map(([start, end]) => `p.created_at >= ${slot(start)} AND p.created_at < ${slot(end)}`)
  const days = `(SELECT coalesce(sum(n), 0) FROM tally WHERE day >= ${slot(firstDay)} AND day < ${slot(endDay)})`
  const counts = inEnds.map((inEnd) =>
    isGrouped
      ? `(SELECT count(*) FROM groups g JOIN ${schema}.payments p ON ${inGroup} AND ${inEnd})`
      : `(SELECT count(*) FROM ${schema}.payments p WHERE ${conditionOf([...ofItem, inEnd])})`,
  )
  const isNewest = order === 'newest'
  const by = isNewest ? 'created_at DESC, sequence DESC' : 'created_at, sequence'
  const times = rangeOf(range, slot).map((part) => `p.${part}`)
  // From the first row on, a page leaps over whole days: `2026-01-01U` comes after all times of that day.
  const leap = () => `
    leap AS (
      SELECT coalesce(max(before), 0) AS before, ${isNewest ? `coalesce(min(day) || 'U', 'U')` : `coalesce(max(day), '')`} AS edge FROM (
        SELECT day, sum(sum(n)) OVER (ORDER BY day ${isNewest ? 'DESC' : ''}) - sum(n) AS before FROM tally GROUP BY day
      ) days WHERE before <= ${slot(skip)}
    )`
  const start = isWhole && skip > 0
  const beyond = start ? [`p.created_at ${isNewest ? '<' : '>='} (SELECT edge FROM leap)`] : []
  const skipped = start ? `${slot(skip)}::bigint - (SELECT before FROM leap)` : `${slot(skip)}::bigint`
  const limit = take === undefined ? '' : `LIMIT ${slot(take)}`
  const itemsIn = (conditions: string[]) =>
    `SELECT p.id, p.created_at, p.sequence FROM ${schema}.payments p WHERE ${conditionOf([...conditions, ...times, ...beyond])} ORDER BY ${of('p', by)}`
  const inGroups = () => `
    SELECT stretch.id, stretch.created_at, stretch.sequence FROM groups g CROSS JOIN LATERAL (
      ${itemsIn([inGroup])} ${take === undefined ? '' : `LIMIT ${skipped} + ${slot(take)}`}
    ) stretch ORDER BY ${by}`
  const page = `${isGrouped ? inGroups() : itemsIn(ofItem)} ${limit} OFFSET ${skipped}`
  const withs = [
    `tally AS MATERIALIZED (SELECT * FROM ${schema}.payments_tally WHERE ${conditionOf(where)})`,
    ...(isGrouped ? ['groups AS MATERIALIZED (SELECT merchant, status, currency FROM tally GROUP BY 1, 2, 3 HAVING sum(n) > 0)'] : []),
    ...(start ? [leap()] : []),
  ]
  return { text: `WITH ${withs.join(', ')} ${pageOf('payments', [days, ...counts].join(' + '), page, by)}`, values }
}

const tallied = new Set(['merchant', 'status', 'currency'])

/** @param lock what keeps other transactions from the row, for example ` FOR UPDATE` */
export const getStatement = (collection: Collection, id: string, lock = ''): Statement => ({
  name: `get ${collection}${lock}`,
  text: `SELECT document FROM ${schema}.${collection} WHERE id = $1${lock}`,
  values: [storable(id)],
})

/** Some documents that no other transaction has locked, locked for this one. */
export const claimStatement = (collection: Collection, ids: string[]): Statement => ({
  // In the order of their ids, so that two transactions never wait for each other.
  text: `SELECT document FROM ${schema}.${collection} WHERE id = ANY ($1::text[]) ORDER BY id FOR UPDATE SKIP LOCKED`,
  values: [ids.map(storable)],
})

/** @returns statement whose rows are `{value}` */
export const idsStatement = (collection: Collection, query: IdQuery): Statement => {
  const { values, slot } = createValues()
  const condition = conditionOf([...whereOf(collection, query.where, slot), ...rangeOf(query.range, slot)])
  const lock = query.claim ? 'FOR UPDATE SKIP LOCKED' : ''
  return {
    text: `SELECT ${query.property ?? 'id'} AS value FROM ${schema}.${collection} WHERE ${condition} ORDER BY ${orderOf(collection, query)} LIMIT ${slot(query.take)} ${lock}`,
    values,
  }
}

/** @returns statement whose rows are `{merchant, payments}` */
export const merchantsStatement = (take: number): Statement => ({
  text: `SELECT merchant, sum(n)::float AS payments FROM ${schema}.payments_tally GROUP BY merchant HAVING sum(n) > 0 ORDER BY payments DESC LIMIT $1`,
  values: [take],
})

/** @returns statement whose rows are `{total, id, document}` */
export const findStatement = (collection: Collection, query: Query): Statement => {
  const isTallied =
    collection === 'payments' &&
    (query.text ?? []).length === 0 &&
    query.order !== 'range' &&
    (query.range?.property ?? 'created_at') === 'created_at' &&
    Object.keys(query.where ?? {}).every((property) => tallied.has(property))
  return isTallied ? findByTally(query) : findPlainly(collection, query)
}

const putStatement = (collection: Collection, rows: Row[], slot: Slot): string => {
  const properties: readonly string[] = indexes[collection]
  const columns = ['id', ...properties, 'document']
  const lists = [
    `${slot(rows.map(({ id }) => storable(id)))}::text[]`,
    ...properties.map((property) => `${slot(rows.map(({ index }) => cellOf(index[property])))}::${typeOf(collection, property)}`),
    `${slot(rows.map(({ document }) => JSON.stringify(document)))}::text[]`,
  ]
  const updates = columns.slice(1).map((column) => `${column} = excluded.${column}`)
  return `INSERT INTO ${schema}.${collection} (${columns}) SELECT ${columns}
    FROM unnest(${lists}) WITH ORDINALITY AS new (${columns}, place) ORDER BY place ON CONFLICT (id) DO UPDATE SET ${updates}`
}

/** All writes as one statement, which takes effect as a whole. */
export const writeStatement = (writes: Write[]): Statement => {
  const { values, slot } = createValues()
  const parts: string[] = []
  let name = 'write'
  for (const [collection, changes] of Map.groupBy(writes, (change) => change.collection)) {
    // The last change of a document counts.
    const last = new Map(changes.map((change) => ['put' in change ? change.put.id : change.remove, change]))
    const rows = [...last.values()].flatMap((change) => ('put' in change ? [change.put] : []))
    const removed = [...last.values()].flatMap((change) => ('remove' in change ? [storable(change.remove)] : []))
    name += ` ${collection}`
    if (rows.length > 0) {
      parts.push(putStatement(collection, rows, slot))
      name += '+'
    }
    if (removed.length > 0) {
      parts.push(`DELETE FROM ${schema}.${collection} WHERE id = ANY (${slot(removed)}::text[])`)
      name += '-'
    }
  }
  const [first] = parts
  const text =
    parts.length === 1 && first !== undefined ? first : `WITH ${parts.map((part, index) => `w${index} AS (${part})`).join(', ')} SELECT`
  return { name, text, values }
}

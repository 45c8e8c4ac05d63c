import type { Records } from './context.ts'

/** A batched read: answers in the order of its keys, `null` for the missing. */
export interface Loader<Key, Value> {
  load(key: Key): Promise<Value | null>
  loadMany(keys: readonly Key[]): Promise<readonly (Value | null)[]>
}

/**
 * How the records of a list are tied to their parent: by the column `key` that holds its id; with `through`,
 * by records of that entity, whose `key` holds the parent's id and whose `through.key` the record's.
 */
export interface Link {
  readonly key: string
  readonly through: { readonly entity: string; readonly key: string } | null
}

export type Filter = Readonly<Record<string, unknown>>

export interface OrderBy {
  /** The field's enum name in the SDL, such as `CREATED_AT`. */
  readonly field: string
  readonly direction?: 'ASC' | 'DESC'
  readonly nulls?: 'FIRST' | 'LAST' | null
}

/** The arguments of a list, as every connection field has them. */
export interface ListArguments {
  readonly filter?: Filter | null
  readonly orderBy?: readonly OrderBy[] | null
  readonly search?: string | null
  readonly deleted?: 'EXCLUDE' | 'INCLUDE' | 'ONLY' | null
  /** Filters that have to hold besides, each within bounds of its own, such as a segment's rules; no client's argument. */
  readonly also?: readonly Filter[]
}

export interface PageArguments extends ListArguments {
  readonly first?: number | null
  readonly after?: string | null
  readonly last?: number | null
  readonly before?: string | null
}

export interface Edge<Row> {
  readonly cursor: string
  readonly node: Row
}

export interface PageInfo {
  readonly hasNextPage: boolean
  readonly hasPreviousPage: boolean
  readonly startCursor: string | null
  readonly endCursor: string | null
}

export interface Page<Row> {
  readonly nodes: readonly Row[]
  readonly edges: readonly Edge<Row>[]
  readonly pageInfo: PageInfo
}

/** A list that is read as far as it is asked for: no page where only the count was selected. */
export interface Connection<Row> {
  page(): Promise<Page<Row>>
  totalCount(): Promise<number>
  aggregate(question: AggregateQuestion): Promise<readonly AggregateRow[]>
}

/** `countValues` is how many records have a value at all. */
export type Measure = 'sum' | 'avg' | 'min' | 'max' | 'countDistinct' | 'countValues'

/** What a group has in common: exactly one of `field` and a reference. */
export interface GroupBy {
  /** The field's enum name in the SDL, such as `OWNER` or `CLOSED_AT`. */
  readonly field?: string | null
  readonly bucket?: 'DAY' | 'WEEK' | 'MONTH' | 'QUARTER' | 'YEAR' | null
  /** IANA name, for buckets of instants. @default 'UTC' */
  readonly timeZone?: string | null
  /** A field of a related record, 3 references away at most: `customer: { parent: { field: 'INDUSTRY' } }`. */
  readonly [reference: string]: GroupBy | string | null | undefined
}

/**
 * Conditions on the figures of groups, as in the API; all of them hold: `{ count: { gte: 2 }, sum: { amount: { gt: '1000' } } }`.
 * Fields are named as in the answer of the API: `countDistinct: { owner: { gt: 1 } }`.
 */
export type Having = Partial<Readonly<Record<Measure | 'count', Filter>>>

/**
 * Figures of parts of each group, beside those of the whole: `{ by: { stage: { field: 'TYPE' } }, values: ['WON'],
 * measures: { sum: ['amount'] } }` adds up what was won.
 */
export interface Pivot {
  /** What tells the parts apart. */
  readonly by: GroupBy
  /** Its values that are asked for. */
  readonly values: readonly string[]
  readonly measures?: Measures
}

/** Field names by measure, such as `{ sum: ['amount'] }`. */
export type Measures = Partial<Readonly<Record<Measure, readonly string[]>>>

export interface AggregateQuestion {
  readonly groupBy?: readonly GroupBy[] | null
  /** What is answered beside `count`. */
  readonly measures?: Measures
  readonly having?: Having | null
  readonly pivot?: Pivot | null
  readonly orderBy?: readonly AggregateOrder[] | null
  /** Groups at most. @default 100 */
  readonly first?: number | null
}

export interface AggregateOrder {
  /** `COUNT`, `GROUP`, or a measure of a field, such as `{ by: 'SUM', field: 'AMOUNT' }`. */
  readonly by: 'COUNT' | 'GROUP' | 'SUM' | 'AVG' | 'MIN' | 'MAX' | 'COUNT_DISTINCT'
  readonly field?: string | null
  readonly direction?: 'ASC' | 'DESC' | null
}

/** How many records there are, and their values by measure and field; decimals are strings. */
export interface Figures {
  readonly count: number
  readonly measures: Readonly<Record<Measure, Readonly<Record<string, unknown>>>>
}

/** One group: its keys by stored field, and its figures. */
export interface AggregateRow extends Figures {
  /** What was grouped by of a related record is below it: `{ customerGroup: { industry: 'retail' } }`. */
  readonly group: Readonly<Record<string, unknown>>
  /** By the values of the pivot; empty without one. */
  readonly parts: ReadonlyMap<string, Figures>
}

/** The reads that every entity has; the viewer's rights are applied to all of them. */
export interface EntityLoaders<Row> {
  readonly byId: Loader<string, Row>
  /** A page of all records. */
  list(args: PageArguments): Connection<Row>
  /** A page per parent, all parents in one statement: `listOf('customerId', customer.id, { first: 5 })`. */
  listOf(link: string | Link, parentId: string, args: PageArguments): Connection<Row>
  /** One statement over all records: `aggregate({ filter, groupBy, measures })`. */
  aggregate(args: ListArguments & AggregateQuestion): Promise<readonly AggregateRow[]>
  /**
   * Which of these filters records fit, by their ids: the keys of those that each one fits. One statement for all
   * records and every 50 filters.
   */
  fitting(
    ids: readonly string[],
    filters: ReadonlyMap<string, Filter>,
  ): Promise<ReadonlyMap<string, readonly string[]>>
}

/** A filter that was kept as JSON, as a list takes it, or what is wrong with it. */
export type StoredFilter =
  | { readonly filter: Filter; readonly problems: null }
  | { readonly filter: null; readonly problems: readonly FilterProblem[] }

export interface FilterProblem {
  /** Where in the filter, such as `["opportunities", "some", "amount"]`. */
  readonly path: readonly string[]
  readonly message: string
}

/** Reads of filters that were kept as JSON. */
export interface StoredFilters {
  /**
   * Holds a filter against the API's input type, such as `CustomerFilter`, and against the bounds of filters. In place of
   * an instant or a date it may say how far from the present that is, as an ISO 8601 duration: `-P90D`.
   */
  read(entity: keyof Records, json: unknown): StoredFilter
}

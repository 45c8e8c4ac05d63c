import type { Measure } from '@trellis/sdk'
import type { Column } from '../../definition.ts'
import { column } from '../names.ts'
import { type Sql, sql } from '../statement.ts'
import type { Figure } from './measures.ts'

/** The name of the column that lists the currencies of a group's amounts. */
export const currenciesAlias = ({ name }: Column): string => `currencies_${name}`

/** The currencies that the amounts of a group are in. */
export const currenciesSql = ({ name, currency }: Column): Sql =>
  sql`array_agg(distinct ${column(currency ?? '')}) filter (where ${column(name)} is not null)`

/** Whether the amounts of a group are in several. Said in the words of `currenciesSql`, which the database then works out once. */
export const isMixed = (stored: Column): Sql => sql`cardinality(${currenciesSql(stored)}) > 1`

/** What counts amounts does not add them up. */
export const countsOnly: ReadonlySet<Measure> = new Set(['countDistinct', 'countValues'])

/** The amounts among figures that need one currency in each group: added up or compared, and not grouped by currency. */
export const amountsOf = (figures: readonly Figure[], groupedBy: ReadonlySet<string>): ReadonlySet<Column> =>
  new Set(
    figures.flatMap(({ measure, column: stored }) =>
      stored.currency && !countsOnly.has(measure) && !groupedBy.has(stored.currency) ? [stored] : [],
    ),
  )

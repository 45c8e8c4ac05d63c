import type { Measure } from '@trellis/sdk'
import type { Column } from '../../definition.ts'
import type { Row } from '../../page.ts'
import { column } from '../names.ts'
import { identifier, type Sql, sql } from '../statement.ts'
import type { Figure } from './measures.ts'

// The first and the last by the alphabet, rather than all: for those the database has to sort the records.
const first = ({ name, currency }: Column): Sql =>
  sql`min(${column(currency ?? '')}) filter (where ${column(name)} is not null)`
const last = ({ name, currency }: Column): Sql =>
  sql`max(${column(currency ?? '')}) filter (where ${column(name)} is not null)`

const aliases = ({ name }: Column) => ({ first: `first_currency_${name}`, last: `last_currency_${name}` })

/** The columns that tell the currencies of a group's amounts. */
export function currencyColumns(stored: Column): readonly Sql[] {
  const names = aliases(stored)
  return [
    sql`${first(stored)} as ${identifier(names.first)}`,
    sql`${last(stored)} as ${identifier(names.last)}`,
  ]
}

/** Two of the currencies that a group's amounts are in; `null` where they are in one or none. */
export function currenciesOf(stored: Column, row: Row): readonly [unknown, unknown] | null {
  const names = aliases(stored)
  const [one, other] = [row[names.first], row[names.last]]
  return one === other ? null : [one, other]
}

/** Whether the amounts of a group are in several. Said in the words of `currencyColumns`, which the database then works out once. */
export const isMixed = (stored: Column): Sql => sql`${first(stored)} <> ${last(stored)}`

/** What counts amounts does not add them up. */
export const countsOnly: ReadonlySet<Measure> = new Set(['countDistinct', 'countValues'])

/** The amounts among figures that need one currency in each group: added up or compared, and not grouped by currency. */
export const amountsOf = (figures: readonly Figure[], groupedBy: ReadonlySet<string>): ReadonlySet<Column> =>
  new Set(
    figures.flatMap(({ measure, column: stored }) =>
      stored.currency && !countsOnly.has(measure) && !groupedBy.has(stored.currency) ? [stored] : [],
    ),
  )

import { databaseType } from './database-type.ts'
import { column } from './names.ts'
import type { OrderTerm } from './order.ts'
import { join, type Sql, sql } from './statement.ts'

/** The values of a record in the order's fields: its place in the list. */
export type Place = readonly unknown[]

function beyond({ column: { name, nullable }, descending, nullsFirst }: OrderTerm, value: unknown): Sql {
  const field = column(name)
  if (value === null) return nullsFirst ? sql`${field} is not null` : sql`false`
  const further = descending ? sql`${field} < ${value}` : sql`${field} > ${value}`
  return nullable && !nullsFirst ? sql`(${further} or ${field} is null)` : further
}

/**
 * A value that the planner does not see. Seeing it, PostgreSQL expects the cost of this very place, finds every plan that is
 * made for all places dearer, and plans anew for each page, which takes longer than reading it.
 */
const unseen = ({ column: stored }: OrderTerm, value: unknown): Sql =>
  sql`(select ${value}::${databaseType(stored)})`

/**
 * The records after a place. Where all terms run one way without nulls, as by default, it is one row
 * comparison, which an index answers in one descent however deep the page lies.
 */
export function afterPlace(terms: readonly OrderTerm[], place: Place): Sql {
  const descending = terms[0]?.descending ?? false
  if (terms.every(term => term.descending === descending && !term.column.nullable)) {
    const fields = join(terms.map(term => column(term.column.name)))
    const values = join(terms.map((term, index) => unseen(term, place[index])))
    return descending ? sql`(${fields}) < (${values})` : sql`(${fields}) > (${values})`
  }
  const alternatives = terms.map((term, index) => {
    const equal = terms
      .slice(0, index)
      .map((previous, at) => sql`${column(previous.column.name)} is not distinct from ${place[at]}`)
    return sql`(${join([...equal, beyond(term, place[index])], ' and ')})`
  })
  return sql`(${join(alternatives, ' or ')})`
}

import { type OrderBy, type ReadRight, TrellisError } from '@trellis/sdk'
import { type Column, columnOf, type EntityDefinition } from '../definition.ts'
import { enumValueOf, fieldOfEnumValue } from '../naming.ts'
import { assertReadable, column } from './names.ts'
import { join, type Sql, sql } from './statement.ts'

export interface OrderTerm {
  readonly column: Column
  readonly descending: boolean
  readonly nullsFirst: boolean
}

/** Terms of one `orderBy`, at most. */
const mostTerms = 5

/**
 * A total order: the asked-for terms, the newest first without any, and the id as the last word, so that
 * a page has one place to start from.
 *
 * @throws TrellisError `BAD_INPUT` for too many terms or one twice; `FORBIDDEN` for an unreadable field
 */
export function orderTerms(
  entity: EntityDefinition,
  right: ReadRight,
  orderBy: readonly OrderBy[] | null | undefined,
): readonly OrderTerm[] {
  const asked: readonly OrderBy[] = orderBy?.length
    ? orderBy
    : [{ field: enumValueOf(entity.newestBy), direction: 'DESC' }]
  if (asked.length > mostTerms)
    throw new TrellisError('BAD_INPUT', `orderBy has ${asked.length} terms; ${mostTerms} are allowed.`)
  const terms = asked.map(({ field, direction, nulls }) => ({
    column: columnOf(entity, fieldOfEnumValue(field)),
    descending: direction === 'DESC',
    nullsFirst: nulls === 'FIRST',
  }))
  const names = terms.map(term => term.column.name)
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated) throw new TrellisError('BAD_INPUT', `orderBy names ${repeated} twice.`)
  for (const term of terms) assertReadable(entity, right, term.column)
  const descending = terms.at(-1)?.descending ?? false
  return names.includes('id')
    ? terms
    : [...terms, { column: columnOf(entity, 'id'), descending, nullsFirst: false }]
}

/** The same order from its other end. */
export const reversed = (terms: readonly OrderTerm[]): readonly OrderTerm[] =>
  terms.map(term => ({ ...term, descending: !term.descending, nullsFirst: !term.nullsFirst }))

export const orderClause = (terms: readonly OrderTerm[]): Sql =>
  join(
    terms.map(({ column: { name, nullable }, descending, nullsFirst }) => {
      const direction = descending ? sql`${column(name)} desc` : sql`${column(name)} asc`
      // Said only where it can matter, since an index serves an order with its own nulls' place alone.
      if (!nullable) return direction
      return nullsFirst ? sql`${direction} nulls first` : sql`${direction} nulls last`
    }),
  )

/** Tells one order from another, for cursors. */
export const orderSignature = (entity: EntityDefinition, terms: readonly OrderTerm[]): string =>
  `${entity.name}:${terms.map(term => `${term.column.name}${term.descending ? '-' : '+'}${term.nullsFirst ? '0' : ''}`).join()}`

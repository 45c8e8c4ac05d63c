import type { Link, ListArguments, ReadRight } from '@trellis/sdk'
import type { EntityDefinition } from '../definition.ts'
import { type FilterScope, filterConditions } from './filter.ts'
import { linkCondition } from './link.ts'
import { all, column } from './names.ts'
import { rightConditions } from './rights.ts'
import { searchConditions } from './search.ts'
import { identifier, join, type Sql, sql } from './statement.ts'

/** A read of an entity: what, by which right, and how the rest of the schema looks to the viewer. */
export interface Reading {
  readonly entity: EntityDefinition
  readonly right: ReadRight
  readonly scope: FilterScope
}

const deletedConditions = (deleted: ListArguments['deleted']): readonly Sql[] => {
  switch (deleted ?? 'EXCLUDE') {
    case 'INCLUDE':
      return []
    case 'ONLY':
      return [sql`${column('deletedAt')} is not null`]
    case 'EXCLUDE':
      return [sql`${column('deletedAt')} is null`]
  }
}

/** What ties a list's records to their parent, and further conditions on them. */
interface ListConditions {
  /** None for a list of all records. */
  readonly link?: Sql | undefined
  readonly more?: readonly Sql[]
}

/** The records of a list: what page, count and aggregate have in common. The right comes first. */
export const listCondition = (
  { entity, right, scope }: Reading,
  args: ListArguments,
  { link, more = [] }: ListConditions = {},
): Sql =>
  all([
    ...rightConditions(right, scope.entities, { triedOn: link ? 'few' : 'table' }),
    ...(link ? [link] : []),
    ...more,
    ...deletedConditions(args.deleted),
    ...filterConditions(entity, args.filter, scope),
    ...(args.also ?? []).flatMap(filter => filterConditions(entity, filter, scope)),
    ...searchConditions(entity, args.search),
  ])

/** The list of each parent: one statement for all of them, with the inner one run per parent. */
export interface Parents {
  readonly link: Link
  readonly ids: readonly string[]
}

/** The lists of several questions, each under its own name in place of a parent's id. */
export const together = (named: ReadonlyMap<string, Sql>): Sql =>
  join(
    [...named].map(
      ([name, inner]) =>
        sql`select ${name}::text as ${identifier(parentAlias)}, rows.* from (${inner}) as rows`,
    ),
    ' union all ',
  )

/** The alias under which a statement for several parents names the parent of a row. */
export const parentAlias = '__parent'

export const ofParent = ({ link }: Parents): Sql => linkCondition(link, sql`parent.id`)

// A lateral subquery runs once per parent, in the parents' order, so rows arrive grouped and sorted.
export const perParent = ({ ids }: Parents, inner: Sql): Sql =>
  sql`select parent.id as ${identifier(parentAlias)}, rows.* from unnest(${ids}::text[]) as parent(id) cross join lateral (${inner}) as rows`

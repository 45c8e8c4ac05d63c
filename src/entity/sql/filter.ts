import { type Filter, type Rights, TrellisError } from '@trellis/sdk'
import { type Column, columnOf, type Entities, type EntityDefinition, entityOf } from '../definition.ts'
import { externalReferenceField } from '../expand/lists.ts'
import { assertShape, isFilter } from './filter-shape.ts'
import { linkCondition } from './link.ts'
import { all, assertReadable, column, table } from './names.ts'
import { operators } from './operators.ts'
import { rightConditions } from './rights.ts'
import { identifier, join, type Sql, sql } from './statement.ts'

/** Filters within filters, and relations within relations, at most. */
const deepest = 10

export interface FilterScope {
  readonly entities: Entities
  readonly rights: Rights
  /**
   * Related records that the statement has joined by the viewer's right to them: the depths of their tables, by the
   * references that lead there, such as `customer.parent`. A condition on them need not look them up again.
   */
  readonly joined?: ReadonlyMap<string, number>
}

const filtersOf = (value: unknown): readonly Filter[] => (Array.isArray(value) ? value.filter(isFilter) : [])

/**
 * A filter of the API as conditions on the entity's table. Related records count only as far as the
 * viewer may read them, so that a filter tells nothing that a list would not.
 *
 * @throws TrellisError `BAD_INPUT` when it is too deep or too wide, or has a value it cannot take
 * @throws TrellisError `FORBIDDEN` when it looks at a field that the viewer may not read
 */
export function filterConditions(
  entity: EntityDefinition,
  filter: Filter | null | undefined,
  scope: FilterScope,
): readonly Sql[] {
  if (!filter) return []
  assertShape('filter', filter)
  return conditionsOf(entity, filter, scope, { depth: 0, level: 0, way: '' })
}

/** Where a filter stands. */
interface Place {
  /** Tells the alias of the table that it is about. */
  readonly depth: number
  /** How many filters it is within. */
  readonly level: number
  /** The references that lead to it from the list's own records; `null` where a list lies between. */
  readonly way: string | null
}

function conditionsOf(
  entity: EntityDefinition,
  filter: Filter,
  scope: FilterScope,
  place: Place,
): readonly Sql[] {
  const { depth, level } = place
  if (level > deepest)
    throw new TrellisError(
      'BAD_INPUT',
      `The filter is more than ${deepest} levels deep; ask for less at once.`,
    )
  const nested = (inner: Filter): Sql =>
    sql`(${all(conditionsOf(entity, inner, scope, { ...place, level: level + 1 }))})`
  const right = scope.rights.read(entity.name)

  return Object.entries(filter).flatMap(([name, value]): readonly Sql[] => {
    if (name === 'and') return filtersOf(value).map(nested)
    if (name === 'or' && value !== undefined)
      return [sql`(${join(filtersOf(value).map(nested).concat(sql`false`), ' or ')})`]
    if (!isFilter(value)) return []
    if (name === 'not') return [sql`${nested(value)} is not true`]
    const stored = entity.columns.get(name)
    if (stored) {
      assertReadable(entity, right, stored)
      return operators(`filter.${name}`, value, column(name, depth))
    }
    if (name === externalReferenceField) return [externalReferenceCondition(entity, value, depth)]
    const collection = entity.collections.get(name)
    if (collection) {
      const target = entityOf(scope.entities, collection.target)
      const link = linkCondition(collection.link, column('id', depth), depth + 1)
      return listConditions(target, link, value, scope, { depth: depth + 1, level: level + 1, way: null })
    }
    const key = columnOf(entity, `${name}Id`)
    assertReadable(entity, right, key)
    return [referenceCondition(key, name, value, scope, place)]
  })
}

/** One and the same identity in another system fits all that is said of it. */
function externalReferenceCondition(entity: EntityDefinition, filter: Filter, depth: number): Sql {
  const said = ['system', 'externalId'].flatMap(name => {
    const conditions = filter[name]
    return isFilter(conditions) ? operators(`filter.${name}`, conditions, identifier('reference', name)) : []
  })
  const conditions = [
    sql`reference."entityType" = ${entity.name}`,
    sql`reference."entityId" = ${column('id', depth)}`,
    ...said,
  ]
  return sql`exists (select from "ExternalReference" as reference where ${all(conditions)})`
}

function referenceCondition(
  key: Column,
  reference: string,
  filter: Filter,
  scope: FilterScope,
  { depth, level, way }: Place,
): Sql {
  const target = entityOf(scope.entities, key.reference?.target ?? '')
  const further = way === null ? null : [way, reference].filter(Boolean).join('.')
  const joined = further === null ? undefined : scope.joined?.get(further)
  if (joined !== undefined) {
    const here = { depth: joined, level: level + 1, way: further }
    return sql`(${all([sql`${column('id', joined)} is not null`, ...conditionsOf(target, filter, scope, here)])})`
  }
  const conditions = [
    sql`${column('id', depth + 1)} = ${column(key.name, depth)}`,
    ...rightConditions(scope.rights.read(target.name), scope.entities, { depth: depth + 1 }),
    ...conditionsOf(target, filter, scope, { depth: depth + 1, level: level + 1, way: null }),
  ]
  return sql`exists (select from ${table(target, depth + 1)} where ${all(conditions)})`
}

function listConditions(
  target: EntityDefinition,
  link: Sql,
  quantifiers: Filter,
  scope: FilterScope,
  place: Place,
): readonly Sql[] {
  const { depth } = place
  const visible = [
    link,
    sql`${column('deletedAt', depth)} is null`,
    ...rightConditions(scope.rights.read(target.name), scope.entities, { depth }),
  ]
  const any = (condition: Sql): Sql =>
    sql`exists (select from ${table(target, depth)} where ${all([...visible, condition])})`
  return Object.entries(quantifiers).flatMap(([quantifier, filter]) => {
    if (!isFilter(filter)) return []
    const fits = sql`(${all(conditionsOf(target, filter, scope, place))})`
    if (quantifier === 'some') return [any(fits)]
    if (quantifier === 'none') return [sql`not ${any(fits)}`]
    return [sql`not ${any(sql`${fits} is not true`)}`]
  })
}

import type { ReadRight, RowScope } from '@trellis/sdk'
import { type Entities, entityOf } from '../definition.ts'
import { alias, column, table } from './names.ts'
import { identifier, join, type Sql, sql } from './statement.ts'

/** The rows in scope, as a condition on the table at this depth; `null` where all are. */
function scopeCondition(scope: RowScope, entities: Entities, depth: number): Sql | null {
  switch (scope.kind) {
    case 'all':
      return null
    case 'none':
      return sql`false`
    case 'owned':
      return isOneOf(column('ownerId', depth), scope.userIds)
    case 'naming':
      return isOneOf(column(scope.key, depth), scope.userIds)
    case 'pointedTo':
      return pointedTo(scope, entities, depth)
    case 'anyOf': {
      const conditions = scope.scopes.map(each => scopeCondition(each, entities, depth))
      const closed = conditions.filter(condition => condition !== null)
      return closed.length < conditions.length ? null : sql`(${join([...closed, sql`false`], ' or ')})`
    }
    case 'partOf': {
      const inner = scopeCondition(scope.whole.rows, entities, depth + 1)
      if (!inner) return null
      const whole = entityOf(entities, scope.whole.entity)
      // The whole's condition is on its own table, so it is looked up by the part's key.
      return sql`exists (select from ${table(whole, depth + 1)} where ${identifier(alias(depth + 1), 'id')} = ${column(scope.key, depth)} and ${inner})`
    }
    case 'partOfAny':
      return anyWhole(scope, entities, depth)
    case 'linked': {
      const links = entityOf(entities, scope.entity)
      const reached = scopeCondition(
        { kind: 'partOfAny', key: scope.to, wholes: scope.wholes },
        entities,
        depth + 1,
      )
      const conditions = [
        sql`${column(scope.key, depth + 1)} = ${column('id', depth)}`,
        sql`${column('deletedAt', depth + 1)} is null`,
        ...(reached ? [reached] : []),
      ]
      return sql`exists (select from ${table(links, depth + 1)} where ${join(conditions, ' and ')})`
    }
  }
}

/** One user is compared with, so that the index that begins with the owner also gives the order. */
const isOneOf = (stored: Sql, userIds: readonly string[]): Sql =>
  userIds.length === 1 ? sql`${stored} = ${userIds[0]}` : sql`${stored} = any(${userIds})`

/** The ids are gathered once for a statement, so that records are found by them in the index. */
function pointedTo(
  { key, by, status }: Extract<RowScope, { kind: 'pointedTo' }>,
  entities: Entities,
  depth: number,
): Sql {
  const inner = scopeCondition(by.rows, entities, depth + 1)
  const pointing = table(entityOf(entities, by.entity), depth + 1)
  const living = sql`${column('deletedAt', depth + 1)} is null and ${column('status', depth + 1)} = ${status}`
  return sql`${column('id', depth)} = any(array(select ${column(key, depth + 1)} from ${pointing} where ${living}${inner ? sql` and ${inner}` : sql``}))`
}

/** Ids tell their entity, so that wholes of which all are in scope need not be looked up. */
function anyWhole(
  { key, wholes }: Extract<RowScope, { kind: 'partOfAny' }>,
  entities: Entities,
  depth: number,
): Sql | null {
  if (wholes.every(({ rows }) => rows.kind === 'all')) return null
  const isKind = sql`split_part(${column(key, depth)}, '_', 1)`
  const open = wholes.filter(({ rows }) => rows.kind === 'all').map(whole => entityOf(entities, whole.entity))
  const closed = wholes.filter(({ rows }) => rows.kind !== 'all' && rows.kind !== 'none')
  return sql`(${join(
    [
      ...(open.length > 0 ? [sql`${isKind} = any(${open.map(({ idPrefix }) => idPrefix)})`] : []),
      ...closed.flatMap(whole => {
        const part = scopeCondition({ kind: 'partOf', key, whole }, entities, depth)
        return part ? [sql`(${isKind} = ${entityOf(entities, whole.entity).idPrefix} and ${part})`] : []
      }),
      sql`false`,
    ],
    ' or ',
  )})`
}

/** The rows that the viewer may read, as a condition on the table at this depth. */
export function rightConditions(right: ReadRight, entities: Entities, depth = 0): readonly Sql[] {
  const condition = scopeCondition(right.rows, entities, depth)
  return condition ? [condition] : []
}

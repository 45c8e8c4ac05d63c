import type { ReadRight, RowScope } from '@trellis/sdk'
import { type Entities, entityOf } from '../definition.ts'
import { column, table } from './names.ts'
import { join, raw, type Sql, sql } from './statement.ts'

/** Rows of an entity, by a viewer's right to it. */
type Scoped = Pick<ReadRight, 'entity' | 'rows'>

type Scope<Kind extends RowScope['kind']> = Extract<RowScope, { kind: Kind }>

/**
 * What a condition is tried on: a `few` rows that are found by something else, such as their ids or their parent,
 * or all rows of the `table`. Whether a record links a row is looked up for each of a few, but gathered for a table.
 */
type TriedOn = 'few' | 'table'

/** Where in a statement a condition stands. */
interface Place {
  readonly entities: Entities
  /** Which table it is about. */
  readonly depth: number
  readonly triedOn: TriedOn
}

const below = (place: Place): Place => ({ ...place, depth: place.depth + 1 })

const tableAt = (entity: string, { entities, depth }: Place): Sql => table(entityOf(entities, entity), depth)

const anyCondition = (conditions: readonly Sql[]): Sql => sql`(${join([...conditions, sql`false`], ' or ')})`

/** The rows in scope, as a condition on the table at this place; `null` where all are. */
function scopeCondition({ entity, rows }: Scoped, place: Place): Sql | null {
  const { depth, triedOn } = place
  switch (rows.kind) {
    case 'all':
      return null
    case 'none':
      return sql`false`
    case 'owned':
      return isOneOf(column('ownerId', depth), rows.userIds)
    case 'naming':
      return isOneOf(column(rows.key, depth), rows.userIds)
    case 'pointedTo':
      return pointedTo(rows, place)
    case 'anyOf':
      return anyOf(
        rows.scopes.map(scope => ({ entity, rows: scope })),
        place,
      )
    case 'partOf':
      return partOf(rows, place)
    case 'partOfAny':
      return partOfAny(rows, place)
    case 'linked':
      return triedOn === 'few'
        ? linked(rows, place)
        : isAmong(column('id', depth), linkedIds(rows, below(place)))
  }
}

/** One user is compared with, so that the index that begins with the owner also gives the order. */
const isOneOf = (stored: Sql, userIds: readonly string[]): Sql =>
  userIds.length === 1 ? sql`${stored} = ${userIds[0]}` : sql`${stored} = any(${userIds})`

/** The ids are gathered once for a statement, so that records are found by them in the index. */
function pointedTo({ key, by, status }: Scope<'pointedTo'>, place: Place): Sql {
  const inside = below(place)
  const inner = scopeCondition(by, inside)
  const living = sql`${column('deletedAt', inside.depth)} is null and ${column('status', inside.depth)} = ${status}`
  return sql`${column('id', place.depth)} = any(array(select ${column(key, inside.depth)} from ${tableAt(by.entity, inside)} where ${living}${inner ? sql` and ${inner}` : sql``}))`
}

/**
 * Rows in one scope or another. An `or` beside a subquery is tried row by row; where records are linked, a table's
 * ids in all scopes are put together instead, those of each scope by its own index.
 */
function anyOf(scopes: readonly Scoped[], place: Place): Sql | null {
  if (place.triedOn === 'table' && scopes.some(({ rows }) => rows.kind === 'linked')) {
    const ids = scopes.map(scope => idsIn(scope, below(place)))
    return ids.includes(null)
      ? null
      : isAmong(
          column('id', place.depth),
          ids.flatMap(some => some ?? []),
        )
  }
  const conditions = scopes.map(scope => scopeCondition(scope, place))
  return conditions.includes(null) ? null : anyCondition(conditions.filter(condition => condition !== null))
}

/** The whole's condition is on its own table, so it is looked up by the part's key. */
function partOf({ key, whole }: Pick<Scope<'partOf'>, 'key' | 'whole'>, place: Place): Sql | null {
  const inside = below(place)
  const inner = scopeCondition(whole, inside)
  if (!inner) return null
  return sql`exists (select from ${tableAt(whole.entity, inside)} where ${column('id', inside.depth)} = ${column(key, place.depth)} and ${inner})`
}

/** Ids tell their entity, so that wholes of which all are in scope need not be looked up. */
function partOfAny({ key, wholes }: Pick<Scope<'partOfAny'>, 'key' | 'wholes'>, place: Place): Sql | null {
  if (wholes.every(({ rows }) => rows.kind === 'all')) return null
  const isKind = sql`split_part(${column(key, place.depth)}, '_', 1)`
  const prefixOf = ({ entity }: ReadRight): string => entityOf(place.entities, entity).idPrefix
  const open = wholes.filter(({ rows }) => rows.kind === 'all')
  const closed = wholes.filter(({ rows }) => rows.kind !== 'all' && rows.kind !== 'none')
  return anyCondition([
    ...(open.length > 0 ? [sql`${isKind} = any(${open.map(prefixOf)})`] : []),
    ...closed.flatMap(whole => {
      const part = partOf({ key, whole }, place)
      return part ? [sql`(${isKind} = ${prefixOf(whole)} and ${part})`] : []
    }),
  ])
}

/** Whether a living link leads from a record in scope to the row. */
function linked({ entity, key, to, wholes }: Scope<'linked'>, place: Place): Sql {
  const links = below(place)
  const reached = partOfAny({ key: to, wholes }, links)
  const conditions = [
    sql`${column(key, links.depth)} = ${column('id', place.depth)}`,
    sql`${column('deletedAt', links.depth)} is null`,
    ...(reached ? [reached] : []),
  ]
  return sql`exists (select from ${tableAt(entity, links)} where ${join(conditions, ' and ')})`
}

/** The ids of a table that living links lead to: from records of all closed entities by one select, of each open one by its own. */
function linkedIds({ entity, key, to, wholes }: Scope<'linked'>, place: Place): readonly Sql[] {
  const pointer = column(to, place.depth)
  const reach = wholes.map(whole => ({ whole, ids: idsIn(whole, below(place)) }))
  const closed = reach.flatMap(({ ids }) => ids ?? [])
  const open = reach.filter(({ ids }) => ids === null)
  const conditions = [
    // As an array: the planner takes a union for 200 different ids, and reads all links rather than theirs.
    ...(closed.length > 0 ? [sql`${pointer} = any(array(${unionOf(closed)}))`] : []),
    ...open.map(({ whole }) => isOfKind(pointer, entityOf(place.entities, whole.entity).idPrefix)),
  ]
  const reached = open.length === wholes.length ? [sql`true`] : conditions
  return reached.map(
    condition =>
      sql`select ${column(key, place.depth)} from ${tableAt(entity, place)} where ${column('deletedAt', place.depth)} is null and ${condition}`,
  )
}

/** Selects that together give the ids of the rows in scope, some of them twice; `null` where all rows are. */
function idsIn(scoped: Scoped, place: Place): readonly Sql[] | null {
  const { entity, rows } = scoped
  if (rows.kind === 'none') return []
  if (rows.kind === 'linked') return linkedIds(rows, place)
  const condition = scopeCondition(scoped, place)
  if (!condition) return null
  return [sql`select ${column('id', place.depth)} from ${tableAt(entity, place)} where ${condition}`]
}

const unionOf = (selects: readonly Sql[]): Sql => join(selects, ' union all ')

const isAmong = (id: Sql, selects: readonly Sql[]): Sql =>
  selects.length === 0 ? sql`false` : sql`${id} in (${unionOf(selects)})`

/**
 * Ids of an entity are one stretch of an index, up to the character that comes after `_`. The bounds are no
 * parameters: plans that are made once for all values of one know nothing of how few such ids there are.
 */
const isOfKind = (id: Sql, prefix: string): Sql =>
  sql`${id} >= ${raw(`'${prefix}_'`)} and ${id} < ${raw(`'${prefix}\`'`)}`

/** The rows that the viewer may read, as a condition on the table at this depth. */
export function rightConditions(
  right: ReadRight,
  entities: Entities,
  { depth = 0, triedOn = 'few' }: { readonly depth?: number; readonly triedOn?: TriedOn } = {},
): readonly Sql[] {
  const condition = scopeCondition(right, { entities, depth, triedOn })
  return condition ? [condition] : []
}

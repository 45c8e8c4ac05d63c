import type { ReadRight } from '@trellis/sdk'
import { columnOf, type EntityDefinition, entityOf } from '../../definition.ts'
import type { Reading } from '../list.ts'
import { all, assertReadable, column, table } from '../names.ts'
import { rightConditions } from '../rights.ts'
import { type Sql, sql } from '../statement.ts'

/** A table of the statement: the list's own, or one that references lead to. */
export interface Place {
  readonly entity: EntityDefinition
  readonly right: ReadRight
  /** Tells its alias. */
  readonly depth: number
  /** The references that lead here. */
  readonly path: readonly string[]
}

/** The tables that groups look at beside the list's own. */
export interface Related {
  /**
   * The record that a reference of another one leads to. Whoever goes the same way comes to the same table.
   *
   * @throws TrellisError `FORBIDDEN` for a reference that the viewer may not read
   */
  readonly follow: (from: Place, reference: string) => Place
  readonly joins: () => readonly Sql[]
  /** The depths of the tables by the ways that lead to them, such as `customer.parent`. */
  readonly depths: () => ReadonlyMap<string, number>
}

/** Related records count as far as the viewer may read them; the others are as if they were missing. */
export function createRelated({ scope }: Pick<Reading, 'scope'>): Related {
  const known = new Map<string, { readonly place: Place; readonly join: Sql }>()
  return {
    follow(from, reference) {
      const key = columnOf(from.entity, `${reference}Id`)
      assertReadable(from.entity, from.right, key)
      const path = [...from.path, reference]
      const identity = path.join('.')
      const found = known.get(identity)
      if (found) return found.place
      const entity = entityOf(scope.entities, key.reference?.target ?? '')
      const right = scope.rights.read(entity.name)
      const depth = known.size + 1
      const conditions = [
        sql`${column('id', depth)} = ${column(key.name, from.depth)}`,
        // With the join rather than behind `where`, so that no record of the list is lost with it.
        ...rightConditions(right, scope.entities, { depth }),
      ]
      const place = { entity, right, depth, path }
      known.set(identity, {
        place,
        join: sql` left join ${table(entity, depth)} on ${all(conditions)}`,
      })
      return place
    },
    joins: () => [...known.values()].map(({ join }) => join),
    depths: () => new Map([...known].map(([way, { place }]) => [way, place.depth])),
  }
}

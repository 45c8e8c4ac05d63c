import type { Filter } from '@trellis/sdk'
import { filterConditions } from './filter.ts'
import type { Reading } from './list.ts'
import { all, column, table } from './names.ts'
import { rightConditions } from './rights.ts'
import { join, type Sql, sql } from './statement.ts'

/** Which of the filters records fit, as their keys: each record that the viewer may read is looked at once. */
export function fittingStatement(
  { entity, right, scope }: Reading,
  ids: readonly string[],
  filters: readonly (readonly [key: string, filter: Filter])[],
): Sql {
  const keys = filters.map(
    ([key, filter]) => sql`case when ${all(filterConditions(entity, filter, scope))} then ${key}::text end`,
  )
  const conditions = [sql`${column('id')} = any(${ids})`, ...rightConditions(right, scope.entities)]
  return sql`select ${column('id')} as id, array_remove(array[${join(keys)}], null) as keys from ${table(entity)} where ${all(conditions)}`
}

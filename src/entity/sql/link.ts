import type { Link } from '@trellis/sdk'
import { column } from './names.ts'
import { identifier, type Sql, sql } from './statement.ts'

/** What ties the table at this depth to the parent of this id. */
export function linkCondition({ key, through }: Link, parentId: Sql, depth = 0): Sql {
  if (!through) return sql`${column(key, depth)} = ${parentId}`
  const [linked, points] = [identifier('link', through.key), identifier('link', key)]
  return sql`${column('id', depth)} in (select ${linked} from ${identifier(through.entity)} as link where ${points} = ${parentId} and link."deletedAt" is null)`
}

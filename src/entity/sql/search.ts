import { TrellisError } from '@trellis/sdk'
import type { EntityDefinition } from '../definition.ts'
import { column } from './names.ts'
import { join, type Sql, sql } from './statement.ts'
import { escapeLike } from './text.ts'

const longest = 200
const mostWords = 10

/**
 * Every word occurs in one of the entity's search fields, in any case; trigram indexes serve it. A word
 * of one or two letters, such as 王, finds as well, only without the index.
 *
 * @throws TrellisError `BAD_INPUT` when the text is too long
 */
export function searchConditions(
  entity: EntityDefinition,
  search: string | null | undefined,
): readonly Sql[] {
  const words = search?.trim().split(/\s+/u).filter(Boolean) ?? []
  if ((search?.length ?? 0) > longest || words.length > mostWords)
    throw new TrellisError(
      'BAD_INPUT',
      `search has ${search?.length} characters and ${words.length} words; it may have ${longest} and ${mostWords}.`,
    )
  return words.map(word => {
    const pattern = `%${escapeLike(word)}%`
    return sql`(${join(
      entity.search.map(name => sql`${column(name)} ilike ${pattern}`),
      ' or ',
    )})`
  })
}

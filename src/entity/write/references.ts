import type { UserError } from '@trellis/sdk'
import { prefixOf } from '../../lib/type-id.ts'
import { type Column, entityOf } from '../definition.ts'
import { loadersOf } from '../registry.ts'
import { type Draft, refusal } from './draft.ts'
import type { Writing } from './writing.ts'

/** Refuses references to records that do not exist, are deleted, or that the viewer may not see: all look the same. */
export async function checkReferences(
  writing: Writing,
  drafts: readonly Draft[],
): Promise<readonly UserError[]> {
  const problems = drafts.flatMap(draft =>
    [...writing.entity.columns.values()].flatMap(column => {
      const id = draft.values[column.name]
      const changes =
        typeof id === 'string' && id !== draft.before?.[column.name] && column.writable !== 'never'
      return changes ? [checkReference(writing, draft, column, id)] : []
    }),
  )
  return (await Promise.all(problems)).flat()
}

async function checkReference(
  writing: Writing,
  draft: Draft,
  { name, reference }: Column,
  id: string,
): Promise<readonly UserError[]> {
  if (!reference) return []
  const target = entityOf(writing.entities, reference.target)
  if (prefixOf(id) !== target.idPrefix)
    return [
      refusal(
        draft,
        name,
        'NOT_FOUND',
        `${name} is "${id.slice(0, 60)}"; ids of ${target.name} look like ${target.idPrefix}_….`,
      ),
    ]
  const found = await loadersOf(writing.context, target).byId.load(id)
  if (found && found['deletedAt'] === null) return []
  return [
    refusal(
      draft,
      name,
      'NOT_FOUND',
      `${name} is "${id}", but there is no such ${target.name}, or none that you may see.`,
    ),
  ]
}

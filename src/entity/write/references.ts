import type { UserError } from '@trellis/sdk'
import { prefixOf } from '../../lib/type-id.ts'
import { type Column, type EntityDefinition, entityOf, entityOfId } from '../definition.ts'
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
  column: Column,
  id: string,
): Promise<readonly UserError[]> {
  const { name, reference, anyReference } = column
  if (anyReference) return checkAnyReference(writing, draft, name, id)
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
  return checkRecord(writing, draft, { name, id, target })
}

/** A reference to a record of any entity that is a target. */
async function checkAnyReference(
  writing: Writing,
  draft: Draft,
  name: string,
  id: string,
): Promise<readonly UserError[]> {
  const target = entityOfId(writing.entities, id)
  if (target?.isTarget) return checkRecord(writing, draft, { name, id, target })
  const allowed = [...writing.entities.values()].filter(({ isTarget }) => isTarget)
  return [
    refusal(
      draft,
      name,
      'NOT_FOUND',
      `${name} is "${id.slice(0, 60)}"; it takes the id of ${allowed.map(({ name: entity, idPrefix }) => `${entity} (${idPrefix}_…)`).join(', ')}.`,
    ),
  ]
}

async function checkRecord(
  writing: Writing,
  draft: Draft,
  { name, id, target }: { readonly name: string; readonly id: string; readonly target: EntityDefinition },
): Promise<readonly UserError[]> {
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

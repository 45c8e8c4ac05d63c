import { createLoader, type UserError } from '@trellis/sdk'
import { refusal } from '../../lib/refusal.ts'
import { prefixOf } from '../../lib/type-id.ts'
import { type Column, type EntityDefinition, entityOf, entityOfId } from '../definition.ts'
import type { Row } from '../page.ts'
import { loadersOf } from '../registry.ts'
import type { Draft } from './draft.ts'
import { lockRecords } from './lock.ts'
import type { Writing } from './writing.ts'

/** Finds the record that a reference names; one that was merged is the record that it became part of. */
type Find = (id: string) => Promise<Row | null>

/**
 * Finds records that are pointed to, and holds them as a foreign key does: none of them is deleted, or merged with
 * another one, before what points to it is there to be found.
 */
function holding(writing: Writing): (target: EntityDefinition) => Find {
  const made = new Map<EntityDefinition, Find>()
  const make = (target: EntityDefinition): Find => {
    const held = createLoader<Row>(ids => lockRecords({ ...writing, entity: target }, ids, 'key share'))
    return async id => {
      const found = await held.load(id)
      if (found || !target.mergeable) return found
      const led = await loadersOf(writing.context, target).byId.load(id)
      return led && held.load(String(led['id']))
    }
  }
  return target => {
    const find = made.get(target) ?? make(target)
    made.set(target, find)
    return find
  }
}

/**
 * Refuses references to records that do not exist, are deleted, or that the viewer may not see: all look the same.
 * An id of a merged record becomes that of the record which stayed.
 */
export async function checkReferences(
  writing: Writing,
  drafts: readonly Draft[],
): Promise<readonly UserError[]> {
  const held = holding(writing)
  const problems = drafts.flatMap(draft =>
    [...writing.entity.columns.values()].flatMap(column => {
      const id = draft.values[column.name]
      const changes =
        typeof id === 'string' && id !== draft.before?.[column.name] && column.writable !== 'never'
      return changes ? [checkReference(writing, draft, { column, id, held })] : []
    }),
  )
  return (await Promise.all(problems)).flat()
}

interface Given {
  readonly column: Column
  readonly id: string
  readonly held: ReturnType<typeof holding>
}

async function checkReference(writing: Writing, draft: Draft, given: Given): Promise<readonly UserError[]> {
  const { column, id, held } = given
  const { name, reference, anyReference } = column
  if (anyReference) return checkAnyReference(writing, draft, given)
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
  return checkRecord(draft, { name, id, target, find: held(target) })
}

/** A reference to a record of any entity that is a target. */
async function checkAnyReference(
  writing: Writing,
  draft: Draft,
  { column: { name }, id, held }: Given,
): Promise<readonly UserError[]> {
  const target = entityOfId(writing.entities, id)
  if (target?.isTarget) return checkRecord(draft, { name, id, target, find: held(target) })
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

interface Named {
  readonly name: string
  readonly id: string
  readonly target: EntityDefinition
  readonly find: Find
}

async function checkRecord(draft: Draft, { name, id, target, find }: Named): Promise<readonly UserError[]> {
  const found = await find(id)
  if (found && found['deletedAt'] === null) {
    if (found['id'] !== id) draft.amend({ [name]: found['id'] })
    return []
  }
  return [
    refusal(
      draft,
      name,
      'NOT_FOUND',
      `${name} is "${id}", but there is no such ${target.name}, or none that you may see.`,
    ),
  ]
}

import type { UserError } from '@trellis/sdk'
import { newId } from '../../../lib/type-id.ts'
import { columnOf } from '../../definition.ts'
import type { Row } from '../../page.ts'
import { createDraft, type Draft } from '../draft.ts'
import { storedValues, withOwner } from '../input.ts'
import type { Writing } from '../writing.ts'
import { type Item, pathOf } from './bounds.ts'
import { changesOf, saysMore } from './changes.ts'
import type { Memory } from './known.ts'

/** What an item comes to, before anything is written. */
export type Fate =
  | { readonly kind: 'write'; readonly draft: Draft }
  /** The record is as the item says; what was sent is remembered anew unless it is a repetition. */
  | {
      readonly kind: 'unchanged'
      readonly id: string
      readonly before: Row
      readonly isRepetition: boolean
    }
  | { readonly kind: 'refused'; readonly userErrors: readonly UserError[] }

export interface FateOptions {
  readonly writing: Writing
  readonly system: string
  readonly memory: Memory
}

const notChangeable = (name: string, path: readonly string[]): UserError => ({
  code: 'NOT_CHANGEABLE',
  message: `${name} is set when the record is created, and the record has another one. Leave it out, or send the same.`,
  path: [...path, name],
})

/** Whether an item makes a record, changes one, finds it as it should be, or is refused for what it stands for. */
export function fateOf(
  item: Item,
  index: number,
  { writing: { entity, context }, system, memory }: FateOptions,
): Fate {
  const path = pathOf(index)
  const known = memory.find(item)
  if (!known) {
    const values = withOwner(entity, { ...storedValues(entity, item), source: system }, context.viewer)
    const id = newId(entity.idPrefix)
    return {
      kind: 'write',
      draft: createDraft({ action: 'create', id, before: null, input: item, path, values }),
    }
  }
  const id = known.entityId
  const before = memory.record(id)
  // Of a record that the viewer may not see, not even that nothing changed is said.
  if (!before || before['deletedAt'] !== null) {
    const code = before ? 'DELETED' : 'NOT_FOUND'
    const message = `The ${entity.name} known as "${item.externalId}" is deleted, or not yours to see.`
    return { kind: 'refused', userErrors: [{ code, message, path: [...path, 'externalId'] }] }
  }
  const isRepetition = memory.isRepeated(item)
  const twin = memory.twin(item)
  if (twin)
    return {
      kind: 'refused',
      userErrors: [
        {
          code: 'DUPLICATE',
          message: `"${item.externalId}" stands for the same ${entity.name} as "${twin.externalId}", since they were merged: send what the record is to be under one of them.`,
          path: [...path, 'externalId'],
        },
      ],
    }
  const changes = isRepetition ? {} : changesOf(entity, memory.current(item), before)
  if (isRepetition || (Object.keys(changes).length === 0 && !saysMore(entity, item)))
    return { kind: 'unchanged', id, before, isRepetition }
  const fixed = Object.keys(changes).filter(name => columnOf(entity, name).writable === 'create')
  if (fixed.length > 0) return { kind: 'refused', userErrors: fixed.map(name => notChangeable(name, path)) }
  const values = { ...changes, ...(before['source'] !== system && { source: system }) }
  return { kind: 'write', draft: createDraft({ action: 'update', id, before, input: item, path, values }) }
}

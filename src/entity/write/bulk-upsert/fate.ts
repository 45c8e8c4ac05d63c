import { refusal } from '../../../lib/refusal.ts'
import { columnOf } from '../../definition.ts'
import { createDraft } from '../draft.ts'
import { type Fate, refused } from '../fate.ts'
import { storedValues } from '../input.ts'
import { creation } from '../intent.ts'
import { assertWritesSome, forbiddenOf } from '../rights.ts'
import type { Writing } from '../writing.ts'
import { type IdOptions, type Item, problemOfId } from './bounds.ts'
import { changesOf, saysMore } from './changes.ts'
import type { Known, Memory } from './known.ts'

export interface FateOptions extends IdOptions {
  readonly writing: Writing
  readonly system: string
  readonly memory: Memory
}

/** Whether an item makes a record, changes one, finds it as it should be, or is refused for what it stands for. */
export async function fateOf(item: Item, options: FateOptions): Promise<Fate> {
  const problem = problemOfId(item, options)
  if (problem) return refused(problem)
  const known = options.memory.find(item)
  return known ? fateOfKnown(item, known, options) : fateOfNew(item, options)
}

async function fateOfNew(item: Item, { writing, system, path }: FateOptions): Promise<Fate> {
  assertWritesSome(writing, 'create')
  const values = { ...storedValues(writing.entity, item), source: system }
  const intent = creation(writing, { values, input: item, path })
  const forbidden = await forbiddenOf(writing, { action: 'create', row: intent.values, path }, 'refuse')
  return forbidden
    ? refused(forbidden)
    : { kind: 'write', draft: createDraft({ ...intent, entity: writing.entity, before: null }) }
}

async function fateOfKnown(
  item: Item,
  { entityId: id }: Known,
  { writing, system, memory, path }: FateOptions,
): Promise<Fate> {
  const { entity } = writing
  const refuseId = (code: string, message: string): Fate =>
    refused(refusal({ path }, 'externalId', code, message))
  const before = memory.record(id)
  // Of a record that the viewer may not see, not even that nothing changed is said.
  if (!before || before['deletedAt'] !== null)
    return refuseId(
      before ? 'DELETED' : 'NOT_FOUND',
      `The ${entity.name} known as "${item.externalId}" is deleted, or not yours to see.`,
    )
  if (memory.isRepeated(item)) return { kind: 'unchanged', id }

  // Also of who finds nothing to change: what was sent is remembered, and that is a write.
  assertWritesSome(writing, 'update')
  const subject = { action: 'update', row: before, path: [...path, 'externalId'] } as const
  const forbidden = await forbiddenOf(writing, subject, 'refuse')
  if (forbidden) return refused(forbidden)

  const twin = memory.twin(item)
  if (twin)
    return refuseId(
      'DUPLICATE',
      `"${item.externalId}" stands for the same ${entity.name} as "${twin.externalId}", since they were merged: send what the record is to be under one of them.`,
    )
  const changes = changesOf(entity, memory.current(item), before)
  if (Object.keys(changes).length === 0 && !saysMore(entity, item)) return { kind: 'unchanged', id }
  const fixed = Object.keys(changes).filter(name => columnOf(entity, name).writable === 'create')
  if (fixed.length > 0)
    return refused(
      ...fixed.map(name =>
        refusal(
          { path },
          name,
          'NOT_CHANGEABLE',
          `${name} is set when the record is created, and the record has another one. Leave it out, or send the same.`,
        ),
      ),
    )
  const values = { ...changes, ...(before['source'] !== system && { source: system }) }
  return {
    kind: 'write',
    draft: createDraft({ entity, action: 'update', id, before, input: item, path, values }),
  }
}

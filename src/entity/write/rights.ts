import { TrellisError, type UserError, type WriteAction } from '@trellis/sdk'
import { columnOf, type EntityDefinition, entityOf, entityOfId } from '../definition.ts'
import type { Row } from '../page.ts'
import { loadersOf } from '../registry.ts'
import type { Writing } from './writing.ts'

/** A record as far as the right to write it goes, and where it stands in the mutation's arguments. */
export interface Subject {
  readonly action: WriteAction
  readonly row: Row
  readonly path: readonly string[]
}

/**
 * What becomes of a record that the viewer may not write: of one alone the mutation fails, of many the record
 * is refused beside the others.
 */
export type OnForbidden = 'throw' | 'refuse'

const ownerOf = (row: Row): string | null => (typeof row['ownerId'] === 'string' ? row['ownerId'] : null)

/** What a part may be a part of: one entity, or any that is a target. */
function wholesOf({ entity, entities }: Writing, key: string): readonly EntityDefinition[] {
  const { reference } = columnOf(entity, key)
  return reference
    ? [entityOf(entities, reference.target)]
    : [...entities.values()].filter(({ isTarget }) => isTarget)
}

/** What the part of this row is a part of; `null` where no record of ours has such an id. */
function wholeOf({ entity, entities }: Writing, key: string, row: Row): EntityDefinition | null {
  const { reference } = columnOf(entity, key)
  return reference ? entityOf(entities, reference.target) : (entityOfId(entities, String(row[key])) ?? null)
}

/**
 * The right to write some record of the entity, of which one to write own ones is the least. What clients do
 * not write, modules do for them.
 *
 * @throws TrellisError `FORBIDDEN`
 */
export function assertWritesSome(writing: Writing, action: WriteAction): void {
  const { entity, context } = writing
  if (!entity.writable) return
  const ownerId = context.viewer.id
  if (!entity.partOf) return context.rights.assert(action, { entity: entity.name, ownerId })
  const refusals = wholesOf(writing, entity.partOf).map(whole =>
    refusalOf(() => context.rights.assert('update', { entity: whole.name, ownerId })),
  )
  const [first] = refusals
  if (first && !refusals.includes(null)) throw first
}

/** What `assert` refuses by; `null` where it does not. */
function refusalOf(assert: () => void): TrellisError | null {
  try {
    assert()
    return null
  } catch (error) {
    if (error instanceof TrellisError && error.code === 'FORBIDDEN') return error
    throw error
  }
}

/** The right to write a record; a part is written by the right to change its whole. */
async function assertWritable(writing: Writing, { action, row }: Subject): Promise<void> {
  const { entity, context } = writing
  if (!entity.writable) return
  if (!entity.partOf) return context.rights.assert(action, { entity: entity.name, ownerId: ownerOf(row) })
  const whole = wholeOf(writing, entity.partOf, row)
  if (!whole) return
  const wholeId = row[entity.partOf]
  const found = typeof wholeId === 'string' ? await loadersOf(context, whole).byId.load(wholeId) : null
  // A whole that is not there is refused as a reference, by name, a moment later.
  context.rights.assert('update', { entity: whole.name, ownerId: found ? ownerOf(found) : context.viewer.id })
}

/**
 * The refusal of a record that the viewer may not write; `null` for one that they may. Asked for many in one
 * turn, the wholes of parts are read by one statement.
 *
 * @throws TrellisError `FORBIDDEN` instead of answering it, where the mutation fails by it
 */
export async function forbiddenOf(
  writing: Writing,
  subject: Subject,
  onForbidden: OnForbidden,
): Promise<UserError | null> {
  try {
    await assertWritable(writing, subject)
    return null
  } catch (error) {
    const isRefusal = error instanceof TrellisError && error.code === 'FORBIDDEN'
    if (!isRefusal || onForbidden === 'throw') throw error
    return { code: 'FORBIDDEN', message: error.message, path: subject.path }
  }
}

import type { Context, Loader } from '@trellis/sdk'
import { type Entities, entityOfId } from './definition.ts'
import type { Row } from './page.ts'
import { loadersOf } from './registry.ts'

/** A record that others may hang on, of whatever entity. */
export interface TargetRecord {
  /** The type's name, such as `Customer`; what rights are asked about. */
  readonly entity: string
  readonly ownerId: string | null
  readonly isDeleted: boolean
  /** The record as its own loader answers it. */
  readonly record: Row
}

export interface TargetsLoaders {
  /** By any id: one statement for each entity that there are ids of. */
  readonly byId: Loader<string, TargetRecord>
}

declare module '@trellis/sdk' {
  interface Loaders {
    readonly targets: TargetsLoaders
  }
}

/** Reads records that others may hang on, by their ids alone; as far as the viewer may see them. */
export function createTargetsLoaders(entities: Entities, context: Context): TargetsLoaders {
  const load = async (id: string): Promise<TargetRecord | null> => {
    const entity = entityOfId(entities, id)
    if (!entity?.isTarget) return null
    const record = await loadersOf(context, entity).byId.load(id)
    if (!record) return null
    const ownerId = record['ownerId']
    return {
      entity: entity.name,
      ownerId: typeof ownerId === 'string' ? ownerId : null,
      isDeleted: record['deletedAt'] !== null,
      record,
    }
  }
  return { byId: { load, loadMany: ids => Promise.all(ids.map(load)) } }
}

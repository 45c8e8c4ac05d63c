import type { Check, DataContext, Effect } from '@trellis/sdk'
import type { Entities, EntityDefinition } from '../definition.ts'
import type { ModelWriter } from './model-writer.ts'

/** Checks and effects of all modules and extensions, by entity, in the order of their owners. */
export interface Hooks {
  readonly checks: ReadonlyMap<string, readonly Check[]>
  readonly effects: ReadonlyMap<string, readonly Effect[]>
}

/** What a write needs: which entity, for whom, on which transaction, and who has a say in it. */
export interface Writing {
  readonly entity: EntityDefinition
  readonly entities: Entities
  readonly context: DataContext
  readonly models: ModelWriter
  readonly hooks: Hooks
}

import type { Check, DataContext, Effect } from '@trellis/sdk'
import type { Entities, EntityDefinition } from '../definition.ts'
import type { ModelWriter } from './model-writer.ts'

/** Checks and effects of all modules and extensions on the entity, in the order of their owners. */
export interface Hooks {
  readonly checks: readonly Check[]
  readonly effects: readonly Effect[]
}

/** What a write needs: which entity, for whom, on which transaction, and who has a say in it. */
export interface Writing {
  readonly entity: EntityDefinition
  readonly entities: Entities
  readonly context: DataContext
  readonly models: ModelWriter
  readonly hooks: Hooks
}

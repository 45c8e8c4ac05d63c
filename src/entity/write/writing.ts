import type { Check, DataContext, Effect, Join, MergeEffect } from '@trellis/sdk'
import type { Entities, EntityDefinition } from '../definition.ts'
import type { ModelWriter } from './model-writer.ts'

/** Checks, effects and what follows merges, of all modules and extensions on the entity, in the order of their owners. */
export interface Hooks {
  readonly checks: readonly Check[]
  readonly effects: readonly Effect[]
  readonly merges: readonly MergeEffect[]
  /** What rows take over from those that a merge makes surplus, by the rows' entity; of every entity. */
  readonly joins: ReadonlyMap<string, Join>
}

/** What a write needs: which entity, for whom, on which transaction, and who has a say in it. */
export interface Writing {
  readonly entity: EntityDefinition
  readonly entities: Entities
  readonly context: DataContext
  readonly models: ModelWriter
  readonly hooks: Hooks
}

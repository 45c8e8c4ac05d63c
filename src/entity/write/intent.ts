import type { EntityInput, UpdateInput, WriteAction } from '@trellis/sdk'
import { newId } from '../../lib/type-id.ts'
import type { Row } from '../page.ts'
import { withOwner } from './input.ts'
import type { Writing } from './writing.ts'

/** One record that a caller means to write, before anybody has looked at it. */
export interface Intent {
  readonly action: WriteAction
  readonly id: string
  readonly expectedVersion: number | null
  /** Stored fields that are set. */
  readonly values: Row
  /** What the caller sent for it. */
  readonly input: EntityInput
  /** Where that stands in the mutation's arguments. */
  readonly path: readonly string[]
}

export interface CreationOptions {
  readonly values: Row
  readonly input: EntityInput
  readonly path: readonly string[]
}

/** A new record, which whoever asks for it owns unless its values say otherwise. */
export const creation = ({ entity, context }: Writing, { values, input, path }: CreationOptions): Intent => ({
  action: 'create',
  id: newId(entity.idPrefix),
  expectedVersion: null,
  values: withOwner(entity, values, context.viewer),
  input,
  path,
})

export interface ChangeOptions extends CreationOptions {
  readonly action: Exclude<WriteAction, 'create'>
  readonly input: UpdateInput
}

/** A change to a record, by a person: what it says does not come from another system any more. */
export const change = ({ action, values, input, path }: ChangeOptions): Intent => ({
  action,
  id: input.id,
  expectedVersion: input.expectedVersion ?? null,
  values: { ...values, source: null },
  input,
  path,
})

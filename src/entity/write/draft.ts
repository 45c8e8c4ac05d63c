import type { Change, UserError, WriteAction } from '@trellis/sdk'
import type { EntityDefinition } from '../definition.ts'
import type { Row } from '../page.ts'
import { changedValues } from './changed-values.ts'

/** A write in the making: what hooks see as a `Change`, with the values still open. */
export interface Draft extends Change<Row> {
  readonly values: Record<string, unknown>
}

export interface DraftOptions {
  readonly entity: EntityDefinition
  readonly action: WriteAction
  readonly id: string
  readonly before: Row | null
  readonly input: Row
  readonly path: readonly string[]
  readonly values: Row
}

export function createDraft({ entity, action, id, before, input, path, values }: DraftOptions): Draft {
  const open = { ...values }
  const amend: Draft['amend'] = more => void Object.assign(open, more)
  const changedFields: Draft['changedFields'] = () =>
    Object.keys(before ? changedValues(entity, open, before) : open)
  return { entity: entity.name, action, id, before, input, path, values: open, amend, changedFields }
}

/** Finds the drafts that an error is about: its path starts with theirs. */
export function findByError(drafts: readonly Draft[]): (error: UserError) => readonly Draft[] {
  const keyOf = (path: readonly string[]): string => JSON.stringify(path)
  const byPath = Map.groupBy(drafts, ({ path }) => keyOf(path))
  return ({ path }) => path.flatMap((_, index) => byPath.get(keyOf(path.slice(0, index + 1))) ?? [])
}

import type { Change, UserError, WriteAction } from '@trellis/sdk'
import type { Row } from '../page.ts'

/** A write in the making: what hooks see as a `Change`, with the values still open. */
export interface Draft extends Change<Row> {
  readonly values: Record<string, unknown>
}

export interface DraftOptions {
  readonly action: WriteAction
  readonly id: string
  readonly before: Row | null
  readonly input: Row
  readonly path: readonly string[]
  readonly values: Row
}

export function createDraft({ values, ...draft }: DraftOptions): Draft {
  const open = { ...values }
  return { ...draft, values: open, amend: more => void Object.assign(open, more) }
}

/** The userError of one field of a draft's input. */
export const refusal = (
  draft: Pick<Draft, 'path'>,
  field: string,
  code: string,
  message: string,
): UserError => ({
  code,
  message,
  path: [...draft.path, field],
})

/** Whether an error is about this draft: its path starts with the draft's. */
export const isAbout = ({ path }: UserError, draft: Draft): boolean =>
  draft.path.every((step, index) => path[index] === step)

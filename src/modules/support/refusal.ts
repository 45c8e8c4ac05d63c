import type { Change, UserError } from '@trellis/sdk'

/** The userError of one field of a change's input. */
export const refusal = (
  { path }: Pick<Change, 'path'>,
  field: string,
  code: string,
  message: string,
): UserError => ({ code, message, path: [...path, field] })

import type { UserError } from '@trellis/sdk'
import type { Draft } from './draft.ts'

/** What one record of a write comes to. */
export type Fate =
  | { readonly kind: 'write'; readonly draft: Draft }
  /** The record is as it should be. */
  | { readonly kind: 'unchanged'; readonly id: string }
  | { readonly kind: 'refused'; readonly userErrors: readonly UserError[] }

export const refused = (...userErrors: readonly UserError[]): Fate => ({ kind: 'refused', userErrors })

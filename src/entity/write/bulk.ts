import {
  type BulkInput,
  type BulkOptions,
  type BulkOutcome,
  type BulkResult,
  type BulkStatus,
  TrellisError,
  type WriteAction,
} from '@trellis/sdk'
import type { Fate } from './fate.ts'
import type { Outcome, WriteOptions } from './write.ts'

/** Items of one bulk, at most. */
const most = 1000

/** Where an item stands in the mutation's arguments. */
export const pathOfItem = (index: number): readonly string[] => ['input', 'items', String(index)]

/** @throws TrellisError `BAD_INPUT` when there are too few or too many */
export function assertItems({ items }: BulkInput): void {
  if (items.length < 1 || items.length > most)
    throw new TrellisError('BAD_INPUT', `items has ${items.length} entries; 1 to ${most} are allowed.`)
}

/** How many records are written: what is wrong with one of them, a right that is missing included, is that one's. */
export const inBulk = ({ errorPolicy }: BulkOptions): WriteOptions => ({
  errorPolicy: errorPolicy ?? 'ABORT',
  onForbidden: 'refuse',
})

const done: Readonly<Record<WriteAction, BulkStatus>> = {
  create: 'CREATED',
  update: 'UPDATED',
  delete: 'DELETED',
  restore: 'RESTORED',
}

function resultOf(fate: Fate): BulkResult {
  switch (fate.kind) {
    case 'write':
      return { id: fate.draft.id, status: done[fate.draft.action] }
    case 'unchanged':
      return { id: fate.id, status: 'UNCHANGED' }
    case 'refused':
      return { id: null, status: 'REFUSED' }
  }
}

/** What callers are told of a bulk. */
export const bulkOutcome = ({ fates, userErrors }: Outcome): BulkOutcome => ({
  results: fates.map(resultOf),
  userErrors,
})

import type { MergeService } from '@trellis/sdk'
import type { Row } from '../page.ts'
import { serviceOf } from '../registry.ts'
import type { Writing } from '../write/writing.ts'
import { announce } from './announce.ts'
import { holdRecords } from './hold.ts'
import { inheritReferences } from './inherit.ts'
import { removeMerged } from './remove.ts'
import { repoint } from './repoint.ts'
import { valuesAfter } from './values.ts'

/** The write that makes several records one, for every entity that is mergeable, in one mutation's transaction. */
export function createMergeService(writing: Writing): MergeService<Row> {
  const { entity, context } = writing
  return {
    async merge(input) {
      const held = await holdRecords(writing, input)
      const values = await valuesAfter(writing, input, held)
      const ids = [input.id, ...input.mergedIds]
      await repoint(writing, ids)
      // Before the record is written: it may take over what only one of them may have.
      await removeMerged(writing, ids)
      const written = await inheritReferences(writing, input.id, values)
      const record = await serviceOf(context, entity).set(input, written)
      await announce(writing, record, held.merged)
      return record
    },
  }
}

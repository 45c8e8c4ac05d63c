import type { Change, DataContext, Effect, Records } from '@trellis/sdk'
import { type RawBuilder, sql } from 'kysely'
import { leaveWord, wordsOf } from '../../../lib/outbox.ts'

type Pipeline = Records['Pipeline']

async function write(
  { verb, deletedAt, condition }: { verb: string; deletedAt: Date | null; condition: RawBuilder<unknown> },
  context: DataContext,
): Promise<void> {
  const database = context.database()
  const { rows } = await sql<{ id: string }>`
    update "PipelineStage" as stage
    set "deletedAt" = ${deletedAt}, "updatedAt" = ${context.now()}, "updatedById" = ${context.viewer.id}, source = null, version = version + 1
    where ${condition} returning id`.execute(database)
  await leaveWord(
    wordsOf(
      `pipelineStage.${verb}`,
      rows.map(({ id }) => id),
      ['deletedAt'],
    ),
    context,
  )
}

const restoredWith = (changes: readonly Change<Pipeline>[]): string =>
  JSON.stringify(changes.map(({ id, before }) => ({ id, deletedAt: before?.deletedAt })))

/** The stages of a pipeline are deleted with it, and those that were come back with it. */
export const followWithStages: Effect<Pipeline> = async (changes, context) => {
  const deleted = changes.filter(({ action }) => action === 'delete')
  const restored = changes.filter(({ action }) => action === 'restore')
  if (deleted.length > 0) {
    const condition = sql`"pipelineId" = any(${deleted.map(({ id }) => id)}) and "deletedAt" is null`
    await write({ verb: 'deleted', deletedAt: context.now(), condition }, context)
  }
  if (restored.length > 0) {
    const condition = sql`("pipelineId", "deletedAt") in (
      select id, "deletedAt" from jsonb_to_recordset(${restoredWith(restored)}::jsonb) as given(id text, "deletedAt" timestamptz))`
    await write({ verb: 'restored', deletedAt: null, condition }, context)
  }
}

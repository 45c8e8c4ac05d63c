import type { Change, DataContext, Effect, Records } from '@trellis/sdk'
import { sql } from 'kysely'
import { willBe } from '../../../lib/will-be.ts'

type Pipeline = Records['Pipeline']

/** Whether it is the default pipeline after the change, and was not before it. */
export const becomesDefault = (change: Change<Pipeline>): boolean =>
  change.action !== 'delete' &&
  willBe(change, 'isDefault') === true &&
  (change.before?.isDefault !== true || change.action === 'restore')

/**
 * Of two who make a pipeline the default one at once, the second waits before it writes, and takes it from the first:
 * the database looks for a second one at the end, and would wait for who waits.
 */
export async function waitForDefault(
  changes: readonly Change<Pipeline>[],
  context: DataContext,
): Promise<void> {
  if (changes.some(becomesDefault))
    await sql`select pg_advisory_xact_lock(hashtextextended('Pipeline.isDefault', 0))`.execute(
      context.database(),
    )
}

/** Takes it from the pipeline that was the default one. */
export const takeOverDefault: Effect<Pipeline> = async (changes, context) => {
  const [change] = changes.filter(becomesDefault)
  if (!change) return
  const { rows } = await sql<{ id: string }>`
    select id from "Pipeline" where "isDefault" and "deletedAt" is null and id <> ${change.id}`.execute(
    context.database(),
  )
  for (const { id } of rows) await context.services.pipelines.set({ id }, { isDefault: false })
}

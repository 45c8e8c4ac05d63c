import type { DataContext } from '@trellis/sdk'
import { sql } from 'kysely'

/**
 * What is counted of pipelines stays so until the transaction ends: against those who put opportunities there, since
 * they point to the rows, and against those who change the same pipelines. Everybody takes rows first, in the order of
 * their ids, and the pipelines' turn after them, so that nobody waits for somebody who waits for them.
 */
async function takeTurn(pipelineIds: readonly string[], context: DataContext): Promise<void> {
  const sorted = [...new Set(pipelineIds)].toSorted()
  await sql`
    select pg_advisory_xact_lock(hashtextextended('Pipeline ' || id, 0)) from unnest(${sorted}::text[]) as id`.execute(
    context.database(),
  )
}

/** Holds stages, and the making of their pipelines. */
export async function holdStages(
  stages: readonly { readonly id: string; readonly pipelineId: string }[],
  context: DataContext,
): Promise<void> {
  const ids = stages.map(({ id }) => id)
  await sql`select from "PipelineStage" where id = any(${ids}) order by id for update`.execute(
    context.database(),
  )
  await takeTurn(
    stages.map(({ pipelineId }) => pipelineId),
    context,
  )
}

/** Holds pipelines with all of their stages. */
export async function holdPipelines(ids: readonly string[], context: DataContext): Promise<void> {
  const database = context.database()
  await sql`select from "Pipeline" where id = any(${ids}) order by id for update`.execute(database)
  await sql`select from "PipelineStage" where "pipelineId" = any(${ids}) order by id for update`.execute(
    database,
  )
  await takeTurn(ids, context)
}

import { type DataContext, type Records, type Services, type UserError, UserErrors } from '@trellis/sdk'
import { sql } from 'kysely'
import type { PipelineReorderStagesInput } from '../../../generated/resolvers.ts'

declare module '@trellis/sdk' {
  interface PipelinesService {
    /** Puts the stages of a pipeline in another order. @throws UserErrors unless all are named, each once */
    reorderStages(input: PipelineReorderStagesInput): Promise<Records['Pipeline']>
  }
}

type Stage = Pick<Records['PipelineStage'], 'id' | 'name' | 'position'>

const path = ['input', 'stageIds'] as const

function problemsOf(stageIds: readonly string[], stages: readonly Stage[]): readonly UserError[] {
  const known = new Set(stages.map(({ id }) => id))
  const missing = stages.filter(({ id }) => !stageIds.includes(id))
  const wrong = stageIds.flatMap((id, index): readonly UserError[] => {
    const at = [...path, String(index)]
    const shown = id.slice(0, 60)
    if (!known.has(id))
      return [{ code: 'NOT_FOUND', message: `The pipeline has no stage "${shown}".`, path: at }]
    if (stageIds.indexOf(id) === index) return []
    return [{ code: 'DUPLICATE', message: `The stage "${shown}" is in stageIds twice.`, path: at }]
  })
  if (missing.length === 0) return wrong
  const names = missing.map(({ id, name }) => `${name} (${id})`).join(', ')
  return [...wrong, { code: 'REQUIRED', message: `stageIds lacks ${names}.`, path }]
}

/** What is special about writing pipelines: their stages have an order. */
export const pipelineService = (context: DataContext): Partial<Services['pipelines']> => ({
  async reorderStages({ id, stageIds, expectedVersion = null }) {
    const database = context.database()
    // A write of the pipeline, so that its version tells of the order: it also holds it, and looks at the right.
    const pipeline = await context.services.pipelines.set({ id, expectedVersion }, {})
    const { rows: stages } = await sql<Stage>`
      select id, name, position from "PipelineStage" where "pipelineId" = ${id} and "deletedAt" is null
      order by position, id for no key update`.execute(database)
    const problems = problemsOf(stageIds, stages)
    if (problems.length > 0) throw new UserErrors(problems)
    const positionOf = new Map(stages.map(stage => [stage.id, stage.position]))
    const moved = stageIds.flatMap((stageId, index) => {
      const position = index + 1
      if (positionOf.get(stageId) === position) return []
      return [{ id: stageId, values: { position }, path: [...path, String(index)] }]
    })
    if (moved.length > 0) await context.services.pipelineStages.setMany(moved)
    return pipeline
  },
})

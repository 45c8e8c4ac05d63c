import type { Change, DataContext, Records, UserError } from '@trellis/sdk'
import { sql } from 'kysely'
import { recordRefusal, refusal } from '../../../lib/refusal.ts'
import { willBe } from '../../../lib/will-be.ts'
import { holdStages } from './hold.ts'

type Stage = Records['PipelineStage']

/** A stage of a pipeline that changes, with what says whether it may. */
interface StageInUse {
  readonly id: string
  readonly pipelineId: string
  readonly name: string
  readonly type: Stage['type']
  readonly isDeleted: boolean
  /** Opportunities in the stage, deleted ones included. */
  readonly opportunities: number
  readonly livingOpportunities: number
  readonly pipelineName: string
  readonly isPipelineDeleted: boolean
  /** Whether the pipeline is the default one, or has opportunities. */
  readonly isPipelineUsed: boolean
}

const changesType = ({ before, values }: Change<Stage>): boolean =>
  before !== null && values.type !== undefined && values.type !== before.type

/** Whether a change is of how its pipeline is made, and not of how a stage is called, say. */
const isStructural = (change: Change<Stage>): boolean =>
  change.action === 'delete' || change.action === 'restore' || changesType(change)

async function stagesOf(
  pipelineIds: readonly string[],
  context: DataContext,
): Promise<readonly StageInUse[]> {
  const { rows } = await sql<StageInUse>`
    select stage.id, stage."pipelineId", stage.name, stage.type, stage."deletedAt" is not null as "isDeleted",
      held.opportunities, held."livingOpportunities", pipeline.name as "pipelineName",
      pipeline."deletedAt" is not null as "isPipelineDeleted",
      pipeline."isDefault" or exists (
        select from "Opportunity" where "pipelineId" = pipeline.id and "deletedAt" is null) as "isPipelineUsed"
    from "PipelineStage" as stage join "Pipeline" as pipeline on pipeline.id = stage."pipelineId"
    cross join lateral (
      select count(*)::int as opportunities, (count(*) filter (where "deletedAt" is null))::int as "livingOpportunities"
      from "Opportunity" where "stageId" = stage.id) as held
    where stage."pipelineId" = any(${pipelineIds})`.execute(context.database())
  return rows
}

/** Types of stages that a pipeline has now, and will have none of. Stages to come do not count: they may be refused. */
function lostTypes(changes: readonly Change<Stage>[], stages: readonly StageInUse[]): ReadonlySet<string> {
  const going = new Set(changes.filter(change => change.action !== 'restore').map(({ id }) => id))
  const living = stages.filter(({ isDeleted }) => !isDeleted)
  const staying = new Set(living.filter(({ id }) => !going.has(id)).map(({ type }) => type))
  return new Set(living.map(({ type }) => type).filter(type => !staying.has(type)))
}

function problemsOf(
  change: Change<Stage>,
  stage: StageInUse | undefined,
  lost: ReadonlySet<string>,
): readonly UserError[] {
  if (!stage) return []
  const { type, name, opportunities, livingOpportunities, pipelineName } = stage
  const at = (code: string, message: string): readonly UserError[] => [
    changesType(change) ? refusal(change, 'type', code, message) : recordRefusal(change, code, message),
  ]
  if (change.action === 'restore')
    return stage.isPipelineDeleted
      ? at('DELETED', `The pipeline "${pipelineName}" of the stage "${name}" is deleted; restore it first.`)
      : []
  if (change.action === 'delete' && livingOpportunities > 0)
    return at(
      'IN_USE',
      `The stage "${name}" has ${livingOpportunities} opportunities; move them to another one first.`,
    )
  if (changesType(change) && opportunities > 0)
    return at(
      'IN_USE',
      `type is ${String(willBe(change, 'type'))}, but the stage "${name}" has ${opportunities} opportunities, deleted ones included, so it stays ${type}.`,
    )
  if (stage.isPipelineUsed && !stage.isDeleted && lost.has(type))
    return at(
      'INCOMPLETE',
      `The pipeline "${pipelineName}" is in use and would have no stage of type ${type}; add another one first.`,
    )
  return []
}

/**
 * Keeps stages that are in use: those that opportunities are in are neither deleted nor turned into others, and a
 * pipeline that is in use keeps a stage of each type that it has.
 */
export async function checkUse(
  changes: readonly Change<Stage>[],
  context: DataContext,
): Promise<readonly UserError[]> {
  const structural = changes.filter(isStructural)
  if (structural.length === 0) return []
  const pipelineIdOf = (change: Change<Stage>): string => change.before?.pipelineId ?? ''
  await holdStages(
    structural.map(change => ({ id: change.id, pipelineId: pipelineIdOf(change) })),
    context,
  )
  const stages = await stagesOf([...new Set(structural.map(pipelineIdOf))], context)
  const byId = new Map(stages.map(stage => [stage.id, stage]))
  const byPipeline = Map.groupBy(stages, ({ pipelineId }) => pipelineId)
  const lost = new Map(
    [...Map.groupBy(structural, pipelineIdOf)].map(([pipelineId, group]) => [
      pipelineId,
      lostTypes(group, byPipeline.get(pipelineId) ?? []),
    ]),
  )
  return structural.flatMap(change =>
    problemsOf(change, byId.get(change.id), lost.get(pipelineIdOf(change)) ?? new Set()),
  )
}

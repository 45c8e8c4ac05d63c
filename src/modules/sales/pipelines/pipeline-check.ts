import type { Change, Check, DataContext, Records, UserError } from '@trellis/sdk'
import { sql } from 'kysely'
import { recordRefusal, refusal } from '../../../lib/refusal.ts'
import { willBe } from '../../../lib/will-be.ts'
import { becomesDefault, waitForDefault } from './default-pipeline.ts'
import { holdPipelines } from './hold.ts'

type Pipeline = Records['Pipeline']

/** What of a pipeline decides whether it may be the default one, and whether it may go. */
interface Use {
  readonly id: string
  /** Types of stages that it has none of. */
  readonly missing: readonly string[]
  /** Opportunities in it. */
  readonly opportunities: number
  readonly isOtherDefault: boolean
}

const givesUpDefault = ({ action, before, values }: Change<Pipeline>): boolean =>
  action === 'update' && before?.isDefault === true && values.isDefault === false

async function usesOf(
  changes: readonly Change<Pipeline>[],
  context: DataContext,
): Promise<ReadonlyMap<string, Use>> {
  const ids = changes.map(({ id }) => id)
  await holdPipelines(
    changes.filter(change => !givesUpDefault(change)).map(({ id }) => id),
    context,
  )
  await waitForDefault(changes, context)
  const { rows } = await sql<Use>`
    select asked.id,
      array(select needed.type::text from unnest(enum_range(null::"StageType")) as needed(type) where not exists (
        select from "PipelineStage" as stage
        where stage."pipelineId" = asked.id and stage.type = needed.type and stage."deletedAt" is null)) as missing,
      (select count(*)::int from "Opportunity" where "pipelineId" = asked.id and "deletedAt" is null) as opportunities,
      exists (select from "Pipeline" where "isDefault" and "deletedAt" is null and id <> asked.id) as "isOtherDefault"
    from unnest(${ids}::text[]) as asked(id)`.execute(context.database())
  return new Map(rows.map(use => [use.id, use]))
}

const nameOf = (change: Change<Pipeline>): string => `"${willBe(change, 'name') ?? ''}"`

function problemsOf(
  change: Change<Pipeline>,
  use: Use | undefined,
  isTakenOver: boolean,
): readonly UserError[] {
  if (!use) return []
  if (change.action === 'delete' && change.before?.isDefault)
    return [
      recordRefusal(
        change,
        'IN_USE',
        `The pipeline ${nameOf(change)} is the default one; make another one the default first.`,
      ),
    ]
  if (change.action === 'delete' && use.opportunities > 0)
    return [
      recordRefusal(
        change,
        'IN_USE',
        `The pipeline ${nameOf(change)} has ${use.opportunities} opportunities; delete them first, or keep it.`,
      ),
    ]
  if (givesUpDefault(change) && !use.isOtherDefault && !isTakenOver)
    return [
      refusal(
        change,
        'isDefault',
        'REQUIRED',
        `The pipeline ${nameOf(change)} is the default one; make another one the default instead.`,
      ),
    ]
  if (becomesDefault(change) && use.missing.length > 0)
    return [
      refusal(
        change,
        'isDefault',
        'INCOMPLETE',
        `The pipeline ${nameOf(change)} has no stage of type ${use.missing.join(', ')}; give it these before it is the default one.`,
      ),
    ]
  return []
}

/** Keeps pipelines safe: one of them is the default one, which is complete, and those in use stay. */
export const checkPipelines: Check<Pipeline> = async (changes, context) => {
  const taking = changes.filter(becomesDefault)
  const looked = changes.filter(
    change => change.action === 'delete' || givesUpDefault(change) || becomesDefault(change),
  )
  if (looked.length === 0) return []
  const uses = await usesOf(looked, context)
  return [
    ...looked.flatMap(change => problemsOf(change, uses.get(change.id), taking.length > 0)),
    ...taking
      .slice(1)
      .map(change =>
        refusal(
          change,
          'isDefault',
          'CONTRADICTION',
          `Two pipelines would be the default one, ${nameOf(change)} and another; there is one.`,
        ),
      ),
  ]
}

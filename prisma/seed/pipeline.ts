import type { Session } from '../../src/database/database.ts'
import type { ForecastCategory } from '../../src/generated/prisma/enums.ts'
import { type StageCode, stageCodes } from './stage-path.ts'

export interface Stage {
  readonly id: string
  readonly probability: number
  readonly forecastCategory: ForecastCategory
}

/** The pipeline of the migration `default_pipeline`, as it is in the database. */
export interface DefaultPipeline {
  readonly id: string
  readonly stages: Readonly<Record<StageCode, Stage>>
  readonly lostReasonIds: readonly string[]
}

/** `null` when somebody has made another pipeline the default one, or given it other stages. */
export async function readDefaultPipeline({ prisma }: Session): Promise<DefaultPipeline | null> {
  const pipeline = await prisma.pipeline.findFirst({
    where: { isDefault: true, deletedAt: null },
    include: { stages: { where: { deletedAt: null } } },
  })
  const lostReasons = await prisma.lostReason.findMany({
    where: { deletedAt: null, isActive: true },
    orderBy: { id: 'asc' },
    select: { id: true },
  })
  const stages = new Map(pipeline?.stages.map(stage => [stage.code, stage]))
  const isWhole = (found: Partial<Record<StageCode, Stage>>): found is Record<StageCode, Stage> =>
    stageCodes.every(code => found[code])
  const byCode = Object.fromEntries(stageCodes.map(code => [code, stages.get(code)]))
  return pipeline && isWhole(byCode)
    ? { id: pipeline.id, stages: byCode, lostReasonIds: lostReasons.map(({ id }) => id) }
    : null
}

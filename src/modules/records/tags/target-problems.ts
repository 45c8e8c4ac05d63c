import { type Context, TrellisError, type UserError } from '@trellis/sdk'

export interface TargetProblemsOptions {
  /** Whether a deleted record will do. */
  readonly deleted: 'take' | 'refuse'
}

/** What stands in the way of changing what hangs on these records; all of them are read by one statement for each type. */
export async function targetProblems(
  { loaders, rights }: Context,
  targetIds: readonly string[],
  { deleted }: TargetProblemsOptions,
): Promise<readonly UserError[]> {
  const targets = await loaders.targets.byId.loadMany(targetIds)
  return targetIds.flatMap((id, index) => {
    const target = targets[index]
    const path = ['input', 'targetIds', String(index)]
    if (!target || (target.isDeleted && deleted === 'refuse')) {
      const message = `targetIds has ${JSON.stringify(id.slice(0, 60))}, but there is no such record that takes tags, or none that you may see.`
      return [{ code: 'NOT_FOUND', message, path }]
    }
    try {
      rights.assert('update', target)
      return []
    } catch (error) {
      if (!(error instanceof TrellisError) || error.code !== 'FORBIDDEN') throw error
      return [{ code: 'FORBIDDEN', message: error.message, path }]
    }
  })
}

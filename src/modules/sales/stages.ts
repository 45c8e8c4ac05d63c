import type { Context, Records } from '@trellis/sdk'

type Stage = Records['PipelineStage']

/** Stages of one pipeline, at most. */
const mostStages = 100

/** The stages of a pipeline, in their order. */
export async function stagesOf({ loaders }: Context, pipelineId: string): Promise<readonly Stage[]> {
  const stages = loaders.pipelineStages.listOf('pipelineId', pipelineId, {
    first: mostStages,
    orderBy: [{ field: 'POSITION' }],
  })
  return (await stages.page()).nodes
}

/** The stage where opportunities begin when none is given: the first open one of the default pipeline. */
export async function firstStage({ loaders }: Context): Promise<Stage | null> {
  const stages = loaders.pipelineStages.list({
    first: 1,
    filter: { type: { eq: 'OPEN' }, pipeline: { isDefault: { eq: true }, deletedAt: { isNull: true } } },
    orderBy: [{ field: 'POSITION' }],
  })
  return (await stages.page()).nodes[0] ?? null
}

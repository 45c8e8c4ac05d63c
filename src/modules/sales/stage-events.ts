import type { Change, Effect, Records } from '@trellis/sdk'

type Opportunity = Records['Opportunity']

const hasMoved = ({ before, values }: Change<Opportunity>): boolean =>
  before !== null && values.stageId !== undefined && values.stageId !== before.stageId

const words = { OPEN: 'opportunity.stage_changed', WON: 'opportunity.won', LOST: 'opportunity.lost' } as const

/** A move to another stage is an event of the opportunity, and of its customer. */
export const recordStageEvents: Effect<Opportunity> = async (changes, { loaders, services, now }) => {
  const moved = changes.filter(hasMoved)
  const stages = await loaders.pipelineStages.byId.loadMany(moved.map(({ values }) => values.stageId ?? ''))
  await services.timeline.record(
    moved.flatMap(({ id, before, values }, index) => {
      const type = words[stages[index]?.type ?? 'OPEN']
      const customerId = values.customerId === undefined ? before?.customerId : values.customerId
      const event = {
        type,
        occurredAt: values.closedAt ?? now(),
        data: { fromStageId: before?.stageId, toStageId: values.stageId },
      }
      return [
        { ...event, targetId: id },
        ...(customerId ? [{ type, occurredAt: event.occurredAt, targetId: customerId, relatedId: id }] : []),
      ]
    }),
  )
}

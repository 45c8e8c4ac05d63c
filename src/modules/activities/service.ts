import { type DataContext, type Records, type Services, UserErrors } from '@trellis/sdk'
import type { MutationActivityCompleteArgs } from '../../generated/resolvers.ts'
import { kinds } from './kinds.ts'

type Activity = Records['Activity']

declare module '@trellis/sdk' {
  interface ActivitiesService {
    /** Marks a task as completed, a call or a meeting as held. @throws UserErrors when it is done already, or never will be */
    complete(input: MutationActivityCompleteArgs['input']): Promise<Activity>
  }
}

const refuse = (field: string, code: string, message: string): UserErrors =>
  new UserErrors([{ code, message, path: ['input', field] }])

/** What is special about writing activities: they get done. */
export function activityService(context: DataContext): Partial<Services['activities']> {
  const { loaders, rights, services, now } = context
  return {
    async complete({ completedAt, ...input }) {
      const activity = await loaders.activities.byId.load(input.id)
      if (!activity)
        throw refuse(
          'id',
          'NOT_FOUND',
          `There is no Activity "${input.id.slice(0, 60)}", or none that you may see.`,
        )
      rights.assert('update', { entity: 'Activity', ownerId: activity.ownerId })
      const { status } = kinds[activity.type]
      if (status === null)
        throw refuse(
          'id',
          'CONTRADICTION',
          `Activity ${input.id} is a ${activity.type}; tasks, calls and meetings are completed.`,
        )
      const at = completedAt ?? now()
      if (at > now())
        throw refuse(
          'completedAt',
          'OUT_OF_RANGE',
          `completedAt is ${at.toISOString()}, which is still to come.`,
        )
      const done =
        status === 'taskStatus' ? { taskStatus: 'COMPLETED' as const } : { callStatus: 'HELD' as const }
      // Whether it is done already is looked at when it is held.
      return services.activities.set(input, { ...done, completedAt: at })
    },
  }
}

import { TrellisError } from '@trellis/sdk'
import type { Resolvers } from '../../generated/resolvers.ts'
import { nextMoment } from '../../lib/cron.ts'
import { assertAdministrator } from './administrators.ts'

export const resolvers: Resolvers = {
  Extension: {
    jobs: async ({ name, status, extension: { jobs = {} } }, _, { loaders, viewer, now }) => {
      const runs = new Map((await loaders.extensionWork.lastRuns(name)).map(run => [run.name, run]))
      return Object.entries(jobs)
        .toSorted(([left], [right]) => (left < right ? -1 : 1))
        .map(([job, { schedule, timeZone = 'UTC' }]) => {
          const run = runs.get(job)
          return {
            name: job,
            schedule: schedule ?? null,
            timeZone: schedule === undefined ? null : timeZone,
            status: run?.status ?? 'IDLE',
            lastRun: run?.startedAt ?? null,
            lastFinished: run?.finishedAt ?? null,
            lastError: viewer.role === 'ADMINISTRATOR' ? (run?.error ?? null) : null,
            nextRun:
              schedule !== undefined && status === 'ENABLED'
                ? nextMoment({ expression: schedule, timeZone }, now())
                : null,
          }
        })
    },
    events: extension => extension,
  },
  ExtensionEvents: {
    types: ({ extension: { events = {} } }) => Object.keys(events).toSorted(),
    waiting: async ({ name }, _, { loaders }) => (await loaders.extensionWork.deliveries(name)).waiting,
    failed: async ({ name }, _, { loaders }) => (await loaders.extensionWork.deliveries(name)).failed,
    failures: ({ name }, { first }, { loaders, viewer }) => {
      assertAdministrator(viewer)
      if (first < 1 || first > 100)
        throw new TrellisError('BAD_INPUT', `first is ${first}; 1 to 100 are allowed.`)
      return loaders.extensionWork.failures(name, first)
    },
  },
  Mutation: {
    extensionEventsRetry: async (_, { input }, { services }) => ({
      retried: await services.extensionWork.retry(input),
      userErrors: [],
    }),
  },
}

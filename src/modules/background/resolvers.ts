import { TrellisError } from '@trellis/sdk'
import type { Resolvers } from '../../generated/resolvers.ts'
import { assertAdministrator } from './administrators.ts'
import { describeJobs } from './describe-jobs.ts'
import type { DeliveryCounts } from './loaders.ts'

export const resolvers: Resolvers = {
  Extension: {
    jobs: (extension, _, context) => describeJobs(extension, context),
    events: extension => extension,
  },
  ExtensionEvents: {
    types: ({ extension: { events = {} } }) => Object.keys(events).toSorted(),
    waiting: async ({ name, extension: { events = {} } }, _, { loaders }) => {
      const counts = await loaders.extensionWork.deliveries(name)
      // Other versions of it may listen to other types; what has no dot is word of a job.
      return sumOf(
        counts.filter(({ type }) => Object.hasOwn(events, type) || !type.includes('.')),
        'waiting',
      )
    },
    failed: async ({ name }, _, { loaders }) => sumOf(await loaders.extensionWork.deliveries(name), 'failed'),
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

const sumOf = (counts: readonly DeliveryCounts[], name: 'waiting' | 'failed'): number =>
  counts.reduce((sum, count) => sum + count[name], 0)

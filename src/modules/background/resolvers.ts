import { TrellisError } from '@trellis/sdk'
import type { Resolvers } from '../../generated/resolvers.ts'
import { assertAdministrator } from './administrators.ts'
import { describeJobs } from './describe-jobs.ts'

export const resolvers: Resolvers = {
  Extension: {
    jobs: (extension, _, context) => describeJobs(extension, context),
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

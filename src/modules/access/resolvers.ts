import type { Resolvers } from '../../generated/resolvers.ts'

export const resolvers: Resolvers = {
  Query: {
    viewer: (_, __, { loaders, viewer }) => loaders.users.byId.load(viewer.id),
  },
}

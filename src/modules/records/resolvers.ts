import type { Resolvers } from '../../generated/resolvers.ts'

export const resolvers: Resolvers = {
  Attachment: {
    url: ({ id, uploadedAt }) => (uploadedAt ? `/attachments/${id}/content` : null),
  },
  Mutation: {
    tagsAdd: async (_, { input }, { services }) => ({
      ...(await services.tags.mark(input)),
      userErrors: [],
    }),
    tagsRemove: async (_, { input }, { services }) => {
      const taggings = await services.tags.unmark(input)
      return { taggings, removed: taggings.length, userErrors: [] }
    },
  },
}

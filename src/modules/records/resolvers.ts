import type { Resolvers } from '../../generated/resolvers.ts'

export const resolvers: Resolvers = {
  Attachment: {
    url: ({ id, uploadedAt }) => (uploadedAt ? `/attachments/${id}/content` : null),
  },
}

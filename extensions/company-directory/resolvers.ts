import { type Context, TrellisError } from '@trellis/sdk'
import type { LinkInput, RefreshInput } from './service.ts'

export const resolvers = {
  Query: {
    companyDirectorySearch: (
      _: unknown,
      { text, first }: { text: string; first: number },
      { loaders }: Context,
    ) => {
      const { length } = text.trim()
      if (length < 2 || length > 100)
        throw new TrellisError('BAD_INPUT', `text has ${length} characters; it may have 2 to 100.`)
      if (first < 1 || first > 50)
        throw new TrellisError('BAD_INPUT', `first is ${first}; it may be 1 to 50.`)
      return loaders.companyDirectory.search(text.trim(), first)
    },
  },
  Mutation: {
    companyDirectoryLink: async (_: unknown, { input }: { input: LinkInput }, { services }: Context) => ({
      customer: await services.companyDirectory.link(input),
      userErrors: [],
    }),
    companyDirectoryRefresh: async (
      _: unknown,
      { input }: { input: RefreshInput },
      { services }: Context,
    ) => ({ customers: await services.companyDirectory.refresh(input), userErrors: [] }),
  },
}

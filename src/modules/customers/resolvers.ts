import type { Context, PageArguments, Records, ResolverMap } from '@trellis/sdk'
import type { Resolvers } from '../../generated/resolvers.ts'
import { assertCount } from './assert-count.ts'

const typed: Resolvers = {
  Query: {
    customerDuplicates: async (_, { id, ...options }, { loaders }) =>
      (await loaders.duplicates.of('Customer', id, options))?.map(({ record, ...match }) => ({
        customer: record,
        ...match,
      })) ?? null,
    contactDuplicates: async (_, { id, ...options }, { loaders }) =>
      (await loaders.duplicates.of('Contact', id, options))?.map(({ record, ...match }) => ({
        contact: record,
        ...match,
      })) ?? null,
    leadDuplicates: async (_, { id, ...options }, { loaders }) =>
      (await loaders.duplicates.of('Lead', id, options))?.map(({ record, ...match }) => ({
        lead: record,
        ...match,
      })) ?? null,
  },
  Customer: {
    ancestors: ({ id }, _, { loaders }) => loaders.customers.ancestorsOf(id),
    descendants: ({ id }, { first }, { loaders }) => {
      assertCount(first)
      return loaders.customers.descendantsOf(id, first)
    },
    segments: async ({ id }, { first }, { loaders }) => {
      assertCount(first)
      return (await loaders.segments.ofCustomer(id)).slice(0, first)
    },
  },
}

export const resolvers: ResolverMap = {
  ...typed,
  Segment: {
    // A connection is read as far as it is asked for, which the SDL's types do not know of.
    customers: (segment: Records['Segment'], args: PageArguments, { loaders }: Context) =>
      loaders.segments.customersOf(segment, args),
  },
}

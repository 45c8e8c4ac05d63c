import type { GraphQLResolveInfo } from 'graphql'
import { typeid } from 'typeid-js'
import { columns } from './columns.ts'
import { endCursor, following } from './cursor.ts'
import type { PrismaClient } from './generated/client/client.ts'
import type { CustomerType } from './generated/client/enums.ts'
import { byName, newestFirst, notDeleted } from './order.ts'

interface ListArguments {
  readonly first: number
  readonly ownerId?: string
  readonly type?: CustomerType
}

interface PageArguments {
  readonly first: number
  readonly after?: string | null
}

interface CreateArguments {
  readonly input: { readonly name: string; readonly email?: string; readonly industry?: string }
}

/**
 * The fields that are resolved alike by the peers that are written SDL first. Each reads the columns
 * that are asked for and no others.
 */
export const sharedResolvers = (prisma: PrismaClient) => ({
  Query: {
    customer: (_: unknown, { id }: { readonly id: string }, __: unknown, info: GraphQLResolveInfo) =>
      prisma.customer.findUnique({ where: { id, ...notDeleted }, select: columns.customer(info) }),

    newestCustomers: (
      _: unknown,
      { first }: { readonly first: number },
      __: unknown,
      info: GraphQLResolveInfo,
    ) =>
      prisma.customer.findMany({
        where: notDeleted,
        orderBy: newestFirst,
        take: first,
        select: columns.customer(info),
      }),

    customers: async (
      _: unknown,
      { first, ownerId, type }: ListArguments,
      __: unknown,
      info: GraphQLResolveInfo,
    ) => {
      const where = { ...notDeleted, ...(ownerId && { ownerId }), ...(type && { type }) }
      const select = columns.customersBelowNodes(info)
      return {
        where,
        nodes: await prisma.customer.findMany({ where, orderBy: byName, take: first, select }),
      }
    },

    opportunities: async (
      _: unknown,
      { first, after }: PageArguments,
      __: unknown,
      info: GraphQLResolveInfo,
    ) => ({
      nodes: await prisma.opportunity.findMany({
        where: { ...notDeleted, ...(after && following(after)) },
        orderBy: newestFirst,
        take: first,
        select: columns.opportunitiesBelowNodes(info),
      }),
    }),
  },

  CustomerConnection: {
    totalCount: ({ where }: { readonly where: object }) => prisma.customer.count({ where }),
  },

  OpportunityConnection: {
    endCursor: ({ nodes }: { readonly nodes: Parameters<typeof endCursor>[0] }) => endCursor(nodes),
  },

  Mutation: {
    createCustomer: (_: unknown, { input }: CreateArguments, __: unknown, info: GraphQLResolveInfo) =>
      prisma.customer.create({
        data: { ...input, id: typeid('cus').toString() },
        select: columns.customer(info),
      }),
  },
})

import SchemaBuilder from '@pothos/core'
import PrismaPlugin, { queryFromInfo } from '@pothos/plugin-prisma'
import type { Decimal } from '@prisma/client/runtime/client'
import { typeid } from 'typeid-js'
import { endCursor, following } from '../../prisma/cursor.ts'
import type { Prisma, PrismaClient } from '../../prisma/generated/client/client.ts'
import { CustomerType } from '../../prisma/generated/client/enums.ts'
import type PrismaTypes from '../../prisma/generated/pothos.ts'
import { getDatamodel } from '../../prisma/generated/pothos.ts'
import { byName, newestFirst, notDeleted } from '../../prisma/order.ts'
import { scalars } from '../../prisma/scalars.ts'

/** The schema of the Pothos contender: the SDL-first peers' fields, built in code. */
export const createSchema = (prisma: PrismaClient) => {
  const builder = new SchemaBuilder<{
    PrismaTypes: PrismaTypes
    Scalars: {
      DateTime: { Input: never; Output: Date }
      Date: { Input: never; Output: Date }
      Decimal: { Input: never; Output: Decimal }
    }
  }>({
    plugins: [PrismaPlugin],
    prisma: { client: prisma, dmmf: getDatamodel() },
  })

  builder.addScalarType('DateTime', scalars.DateTime)
  builder.addScalarType('Date', scalars.Date)
  builder.addScalarType('Decimal', scalars.Decimal)
  builder.enumType(CustomerType, { name: 'CustomerType' })

  builder.prismaObject('Customer', {
    select: { id: true },
    fields: t => ({
      id: t.exposeID('id'),
      createdAt: t.expose('createdAt', { type: 'DateTime' }),
      name: t.exposeString('name'),
      type: t.expose('type', { type: CustomerType }),
      industry: t.exposeString('industry', { nullable: true }),
      email: t.exposeString('email', { nullable: true }),
      annualRevenue: t.expose('annualRevenue', { type: 'Decimal', nullable: true }),
      billingCity: t.exposeString('billingCity', { nullable: true }),
      contacts: t.relation('contacts', {
        args: { first: t.arg.int({ required: true }) },
        query: ({ first }) => ({ where: notDeleted, orderBy: newestFirst, take: first }),
      }),
      opportunities: t.relation('opportunities', {
        args: { first: t.arg.int({ required: true }) },
        query: ({ first }) => ({ where: notDeleted, orderBy: newestFirst, take: first }),
      }),
    }),
  })

  builder.prismaObject('Contact', {
    select: { id: true },
    fields: t => ({
      id: t.exposeID('id'),
      firstName: t.exposeString('firstName', { nullable: true }),
      lastName: t.exposeString('lastName'),
      email: t.exposeString('email', { nullable: true }),
    }),
  })

  const Opportunity = builder.prismaObject('Opportunity', {
    select: { id: true },
    fields: t => ({
      id: t.exposeID('id'),
      name: t.exposeString('name'),
      amount: t.expose('amount', { type: 'Decimal', nullable: true }),
      expectedCloseDate: t.expose('expectedCloseDate', { type: 'Date', nullable: true }),
      closedAt: t.expose('closedAt', { type: 'DateTime', nullable: true }),
      lines: t.relation('lines', {
        args: { first: t.arg.int({ required: true }) },
        query: ({ first }) => ({ where: notDeleted, orderBy: { position: 'asc' }, take: first }),
      }),
    }),
  })

  builder.prismaObject('OpportunityLine', {
    select: { id: true },
    fields: t => ({
      id: t.exposeID('id'),
      quantity: t.expose('quantity', { type: 'Decimal' }),
      unitPrice: t.expose('unitPrice', { type: 'Decimal' }),
    }),
  })

  const CustomerConnection = builder
    .objectRef<{ readonly first: number; readonly where: Prisma.CustomerWhereInput }>('CustomerConnection')
    .implement({
      fields: t => ({
        totalCount: t.int({ resolve: ({ where }) => prisma.customer.count({ where }) }),
        nodes: t.prismaField({
          type: ['Customer'],
          resolve: (query, { first, where }) =>
            prisma.customer.findMany({
              ...query,
              where,
              orderBy: byName,
              take: first,
            }),
        }),
      }),
    })

  const OpportunityConnection = builder
    .objectRef<{ readonly nodes: readonly { readonly createdAt: Date; readonly id: string }[] }>(
      'OpportunityConnection',
    )
    .implement({
      fields: t => ({
        // The root field read the columns that are asked for below; the type would want all.
        nodes: t.field({ type: [Opportunity], resolve: ({ nodes }) => nodes as never }),
        endCursor: t.string({
          nullable: true,
          resolve: ({ nodes }) => endCursor(nodes),
        }),
      }),
    })

  builder.queryType({
    fields: t => ({
      customer: t.prismaField({
        type: 'Customer',
        nullable: true,
        args: { id: t.arg.id({ required: true }) },
        resolve: (query, _, { id }) =>
          prisma.customer.findUnique({ ...query, where: { id: String(id), ...notDeleted } }),
      }),
      newestCustomers: t.prismaField({
        type: ['Customer'],
        args: { first: t.arg.int({ required: true }) },
        resolve: (query, _, { first }) =>
          prisma.customer.findMany({ ...query, where: notDeleted, orderBy: newestFirst, take: first }),
      }),
      customers: t.field({
        type: CustomerConnection,
        args: {
          first: t.arg.int({ required: true }),
          ownerId: t.arg.id(),
          type: t.arg({ type: CustomerType }),
        },
        resolve: (_, { first, ownerId, type }) => ({
          first,
          where: { ...notDeleted, ...(ownerId && { ownerId }), ...(type && { type }) },
        }),
      }),
      opportunities: t.field({
        type: OpportunityConnection,
        args: { first: t.arg.int({ required: true }), after: t.arg.string() },
        resolve: async (_, { first, after }, context, info) => ({
          nodes: await prisma.opportunity.findMany({
            // The columns that are asked for, and what the cursor needs; its type knows of no columns.
            ...(queryFromInfo({
              context,
              info,
              path: ['nodes'],
              select: { createdAt: true } as never,
            }) as unknown as { select: { createdAt: true; id: true } }),
            where: { ...notDeleted, ...(after && following(after)) },
            orderBy: newestFirst,
            take: first,
          }),
        }),
      }),
    }),
  })

  const CreateCustomerInput = builder.inputType('CreateCustomerInput', {
    fields: t => ({ name: t.string({ required: true }), email: t.string(), industry: t.string() }),
  })

  builder.mutationType({
    fields: t => ({
      createCustomer: t.prismaField({
        type: 'Customer',
        args: { input: t.arg({ type: CreateCustomerInput, required: true }) },
        resolve: (query, _, { input: { name, email, industry } }) =>
          prisma.customer.create({
            ...query,
            data: { id: typeid('cus').toString(), name, email: email ?? null, industry: industry ?? null },
          }),
      }),
    }),
  })

  return builder.toSchema()
}

import type { Decimal } from '@prisma/client/runtime/client'
import { GraphQLScalarType } from 'graphql'

/** The scalars of the peers over Prisma, spelt as the scenarios spell them. */
export const scalars = {
  DateTime: new GraphQLScalarType<Date, string>({
    name: 'DateTime',
    serialize: value => (value as Date).toISOString(),
  }),
  Date: new GraphQLScalarType<Date, string>({
    name: 'Date',
    serialize: value => (value as Date).toISOString().slice(0, 10),
  }),
  Decimal: new GraphQLScalarType<Decimal, string>({
    name: 'Decimal',
    serialize: value => (value as Decimal).toFixed(),
  }),
}

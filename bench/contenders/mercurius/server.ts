// Tried, requests per second for `nested` (CPU ms of the server + of PostgreSQL), on two busy cores:
// - loaders with `findMany` and `in`, cut to length per parent: 281 (3.9 + 1.5). Kept: loaders are its
//   documented way to nested lists.
// - loaders with a nested `take`, by relationLoadStrategy join: 222 (3.9 + 2.6), query: 202 (5.1 + 1.8)
// - no loaders but one Prisma query for the whole tree, written out by hand, which its documentation
//   does not have: join 351 (1.8 + 2.7), query 288 (3.5 + 1.7); Pothos does that by itself
// - loaders' cache on (then they do not learn which columns are asked for): 273 (4.0 + 1.5)
// - graphql-jit's own serializer (compilerOptions.customJSONSerializer): 8 % to 15 % more CPU
// - statements without names: see prisma/client.ts; Prisma's own cursor: see prisma/cursor.ts
import type { AddressInfo } from 'node:net'
import fastify from 'fastify'
import type { GraphQLResolveInfo } from 'graphql'
import { type IResolvers, type MercuriusLoaders, mercurius } from 'mercurius'
import { childrenLoaders, type LoadChildren } from '../../prisma/children.ts'
import { createPrismaClient } from '../../prisma/client.ts'
import { columns } from '../../prisma/columns.ts'
import { sharedResolvers } from '../../prisma/resolvers.ts'
import { scalars } from '../../prisma/scalars.ts'
import type { Selection } from '../../prisma/selection.ts'
import { typeDefs } from '../../prisma/type-defs.ts'

interface LoaderQuery {
  readonly obj: { readonly id: string }
  readonly params: { readonly first: number }
  readonly info: GraphQLResolveInfo
}

const loader = (load: LoadChildren, select: (info: GraphQLResolveInfo) => Selection) => ({
  loader: (queries: readonly LoaderQuery[]) =>
    load(
      queries.map(({ obj, params, info }) => ({
        parentId: obj.id,
        first: params.first,
        select: select(info),
      })),
    ),
  // Loaders learn which columns are asked for only without a cache.
  opts: { cache: false },
})

const prisma = createPrismaClient()
const children = childrenLoaders(prisma)

const app = fastify()
await app.register(mercurius, {
  schema: typeDefs,
  resolvers: { ...scalars, ...sharedResolvers(prisma) } as unknown as IResolvers,
  loaders: {
    Customer: {
      contacts: loader(children.contacts, columns.contact),
      opportunities: loader(children.opportunities, columns.opportunity),
    },
    Opportunity: { lines: loader(children.lines, columns.line) },
  } as unknown as MercuriusLoaders,
  jit: 1,
})
await app.listen({ host: '127.0.0.1', port: 0 })

const { port } = app.server.address() as AddressInfo
process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}/graphql` })}\n`)

process.on('SIGTERM', () => process.exit(0))

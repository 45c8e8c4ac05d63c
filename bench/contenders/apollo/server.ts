// Tried, requests per second for `nested` (CPU ms of the server + of PostgreSQL), on two busy cores:
// - Fastify integration, DataLoader with `findMany` and `in`: 214 (5.2 + 1.9). Kept.
// - standalone: 210 (5.3 + 1.9), and `byId` 3,334 (0.33) against Fastify's 3,840 (0.27)
// - Prisma's own batching of `findUnique().contacts()`, instead of DataLoader: 94 (11.7 + 3.9)
// - its cache-control plugin, on by default and of no use here: 20 % to 30 % more CPU
// - statements without names: see prisma/client.ts; Prisma's own cursor: see prisma/cursor.ts
import type { AddressInfo } from 'node:net'
import { ApolloServer } from '@apollo/server'
import { ApolloServerPluginCacheControlDisabled } from '@apollo/server/plugin/disabled'
import { fastifyApolloDrainPlugin, fastifyApolloHandler } from '@as-integrations/fastify'
import DataLoader from 'dataloader'
import fastify from 'fastify'
import type { GraphQLResolveInfo } from 'graphql'
import { type ChildrenQuery, childrenLoaders, type LoadChildren } from '../../prisma/children.ts'
import { createPrismaClient } from '../../prisma/client.ts'
import { columns } from '../../prisma/columns.ts'
import { sharedResolvers } from '../../prisma/resolvers.ts'
import { scalars } from '../../prisma/scalars.ts'
import type { Selection } from '../../prisma/selection.ts'
import { typeDefs } from '../../prisma/type-defs.ts'

type Loader = DataLoader<ChildrenQuery, readonly object[]>

interface Context {
  readonly contacts: Loader
  readonly opportunities: Loader
  readonly lines: Loader
}

// Keys are objects of their own, which a cache would never find again.
const loader = (load: LoadChildren): Loader => new DataLoader(load, { cache: false })

const children =
  (name: keyof Context, select: (info: GraphQLResolveInfo) => Selection) =>
  (
    { id }: { readonly id: string },
    { first }: { readonly first: number },
    context: Context,
    info: GraphQLResolveInfo,
  ) =>
    context[name].load({ parentId: id, first, select: select(info) })

const prisma = createPrismaClient()
const load = childrenLoaders(prisma)

const app = fastify()
const server = new ApolloServer<Context>({
  typeDefs,
  resolvers: {
    ...scalars,
    ...sharedResolvers(prisma),
    Customer: {
      contacts: children('contacts', columns.contact),
      opportunities: children('opportunities', columns.opportunity),
    },
    Opportunity: { lines: children('lines', columns.line) },
  },
  introspection: false,
  plugins: [ApolloServerPluginCacheControlDisabled(), fastifyApolloDrainPlugin(app)],
})
await server.start()

app.route({
  url: '/graphql',
  method: ['GET', 'POST', 'OPTIONS'],
  handler: fastifyApolloHandler(server, {
    context: async () => ({
      contacts: loader(load.contacts),
      opportunities: loader(load.opportunities),
      lines: loader(load.lines),
    }),
  }),
})
await app.listen({ host: '127.0.0.1', port: 0 })

const { port } = app.server.address() as AddressInfo
process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}/graphql` })}\n`)

process.on('SIGTERM', () => process.exit(0))

// Tried, requests per second for `nested` (CPU ms of the server + of PostgreSQL), on two busy cores:
// - the look-ahead of its Prisma plugin, `select` mode, joined by PostgreSQL: 170 (5.8 + 3.2). Kept.
// - the same with relationLoadStrategy query: 137 (7.9 + 2.0)
// - graphql-jit by @envelop/graphql-jit, which Yoga offers: 13, since the look-ahead then fails and each
//   record is asked for alone; `list` 193 instead of 391
// - prismaConnection and resolveCursorConnection for lists: as fast as the plain objects kept, within
//   the noise; prismaConnection pages by Prisma's own cursor (see prisma/cursor.ts)
// - statements without names: see prisma/client.ts
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createYoga } from 'graphql-yoga'
import { createPrismaClient } from '../../prisma/client.ts'
import { createSchema } from './schema.ts'

// Its cache of parsed and validated documents is on by default.
const yoga = createYoga({ schema: createSchema(createPrismaClient()), graphiql: false, logging: false })
const server = createServer(yoga)

server.listen(0, '127.0.0.1', () => {
  const { port } = server.address() as AddressInfo
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${port}/graphql` })}\n`)
})

process.on('SIGTERM', () => process.exit(0))

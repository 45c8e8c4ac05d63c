/**
 * Hive Gateway, in front of a Trellis without extensions and of the service of reviews. Both are subgraphs of a
 * supergraph that @graphql-mesh/fusion-composition makes, with the lookup as the reference of the key, as its documentation
 * has it for services that know nothing of federation. Its JIT is on.
 */
import { createServer } from 'node:http'
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime'
import { createFederationTransform, getUnifiedGraphGracefully } from '@graphql-mesh/fusion-composition'
import { useJIT } from '@graphql-mesh/plugin-jit'
import { buildClientSchema, buildSchema, getIntrospectionQuery } from 'graphql'
import { keyOf } from '../../data/facts.ts'
import { reviewsSdl } from '../../services/reviews-sdl.ts'

const coreUrl = process.env['CORE_URL'] ?? ''
const reviewsUrl = process.env['REVIEWS_URL'] ?? ''

const introspected = await fetch(coreUrl, {
  method: 'POST',
  headers: { 'content-type': 'application/json', authorization: `Bearer ${keyOf('administrator')}` },
  body: JSON.stringify({ query: getIntrospectionQuery() }),
})
const { data, errors } = await introspected.json()
if (errors) throw new Error(JSON.stringify(errors))

const supergraph = getUnifiedGraphGracefully([
  { name: 'core', schema: buildClientSchema(data), url: coreUrl },
  {
    name: 'reviews',
    schema: buildSchema(reviewsSdl),
    transforms: [
      createFederationTransform({
        Customer: {
          key: { fields: 'id', resolveReference: { fieldName: 'reviewCustomers', keyArg: 'ids' } },
        },
      }),
    ],
    url: reviewsUrl,
  },
])

const gateway = createGatewayRuntime({
  supergraph,
  plugins: () => [useJIT()],
  logging: false,
  graphiql: false,
  propagateHeaders: {
    fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') ?? '' }),
  },
})
const server = createServer(gateway)
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${address.port}/graphql` })}\n`)
})
process.once('SIGTERM', () => process.exit())

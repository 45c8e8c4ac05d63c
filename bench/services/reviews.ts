/**
 * A GraphQL service that adds a field to customers, from memory, so that what is measured is who asks it. POST to `/mode`
 * a name of misbehave.ts, and it answers so from then on; any other name, and it is sound again.
 */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { text } from 'node:stream/consumers'
import { buildSchema, execute, GraphQLError, parse, validate } from 'graphql'
import { misbehaviours, refuse, sendJson } from './misbehave.ts'
import { reviewsSdl } from './reviews-sdl.ts'

const schema = buildSchema(reviewsSdl)
const rootValue = {
  reviewCustomers: ({ ids }: { readonly ids: readonly string[] }) =>
    ids.map(id => ({ id, reviewScore: Number(id.slice(-2)) / 10 || 0 })),
}

/** Gateways send few documents, again and again. */
const known = new Map<string, ReturnType<typeof parse>>()
function documentOf(source: string): ReturnType<typeof parse> {
  const document = known.get(source) ?? parse(source)
  if (!known.has(source)) {
    const [error] = validate(schema, document)
    if (error) throw error
    known.set(source, document)
  }
  return document
}

let mode = 'sound'

async function respond(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await text(request)
  if (request.url === '/mode') {
    mode = body
    return void response.end()
  }
  const { query, variables, operationName } = JSON.parse(body)
  try {
    const answered = await execute({
      schema,
      document: documentOf(query),
      rootValue,
      variableValues: variables,
      operationName,
    })
    await (misbehaviours[mode] ?? sendJson)(response, { ...answered })
  } catch (error) {
    if (!(error instanceof GraphQLError)) throw error
    refuse(response, error)
  }
}

const server = createServer((request, response) => {
  response.on('error', () => undefined)
  respond(request, response).catch(() => response.destroy())
})
server.listen(Number(process.env['PORT'] ?? 0), '127.0.0.1', () => {
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  process.stdout.write(`${JSON.stringify({ url: `http://127.0.0.1:${address.port}/graphql` })}\n`)
})
process.once('SIGTERM', () => process.exit())

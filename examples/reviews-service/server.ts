import { EventEmitter } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import { ApolloServer, HeaderMap } from '@apollo/server'
import { createHandler } from 'graphql-sse'
import { createSchema, type ServiceContext } from './schema.ts'
import type { Store } from './store.ts'
import { type Received, verifiedViewer } from './verify.ts'

const largestBody = 1024 * 1024

export interface ServiceOptions {
  readonly store: Store
  /** What the gateway signs with. */
  readonly secret: string
}

/** The service: queries and mutations by Apollo Server, subscriptions by graphql-sse, nothing without a signature. */
export async function createService({ store, secret }: ServiceOptions): Promise<Server> {
  const added = new EventEmitter().setMaxListeners(0)
  const schema = createSchema(store, added)
  const apollo = new ApolloServer<ServiceContext>({
    schema,
    introspection: true,
    includeStacktraceInErrorResponses: false,
  })
  await apollo.start()
  const sse = createHandler<Received, ServiceContext, Record<string, unknown>>({
    schema,
    context: ({ context }) => ({ ...context }),
  })

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url: path = '', headers } = request
    const body = await readBody(request)
    if (body === undefined) return refuse(response, 413, 'The body is over 1 MiB.')
    const received: Received = { method, path, headers, body }
    const viewer = verifiedViewer(secret, received)
    if (viewer === undefined)
      return refuse(response, 401, 'The signature of the gateway is missing, too old or wrong.')
    if (headers.accept?.includes('text/event-stream')) return stream(received, { viewer }, response)
    const parsed = parseJson(body)
    if (parsed === undefined) return refuse(response, 400, 'The body is not JSON.')
    const answered = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method, search: '', headers: headerMap(received), body: parsed },
      context: async () => ({ viewer }),
    })
    response.writeHead(answered.status ?? 200, Object.fromEntries(answered.headers))
    if (answered.body.kind === 'complete') response.end(answered.body.string)
    else await pipeline(answered.body.asyncIterator, response)
  }

  async function stream(
    received: Received,
    context: ServiceContext,
    response: ServerResponse,
  ): Promise<void> {
    const { method, path, headers, body } = received
    const get = (name: string): string | undefined => headers[name.toLowerCase()]?.toString()
    const [events, { status, statusText, headers: sent }] = await sse({
      method,
      url: path,
      headers: { get },
      body,
      raw: received,
      context,
    })
    response.writeHead(status, statusText, { ...sent })
    if (typeof events === 'string' || events == null) return void response.end(events ?? '')
    // Without this, who hangs up is noticed with the next event only.
    response.on('close', () => void events.return(undefined))
    response.flushHeaders()
    for await (const event of events) response.write(event)
    response.end()
  }

  return createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      response.destroy()
    })
  })
}

/** The body as text; undefined when it is too large. */
async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > largestBody) return undefined
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

function headerMap({ headers }: Received): HeaderMap {
  const map = new HeaderMap()
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined) map.set(name, value.toString())
  return map
}

const refuse = (response: ServerResponse, status: number, message: string): void =>
  void response
    .writeHead(status, { 'content-type': 'application/graphql-response+json' })
    .end(JSON.stringify({ errors: [{ message }] }))

import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from 'node:http'
import type { Server } from 'node:net'
import { text } from 'node:stream/consumers'

/** A request as a remote sees it. */
export interface Seen {
  readonly headers: IncomingHttpHeaders
  readonly path: string
  readonly body: string
}

export interface Served extends AsyncDisposable {
  readonly url: string
  readonly port: number
  /** Everything that has been asked. */
  readonly seen: readonly Seen[]
}

export type Answer = (response: ServerResponse, request: Seen) => unknown

/** A real server on a socket, whose answers a test decides. */
export async function serve(answer: Answer, port = 0): Promise<Served> {
  const seen: Seen[] = []
  const receive = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const one = { headers: request.headers, path: request.url ?? '', body: await text(request) }
    seen.push(one)
    response.on('error', () => {})
    await answer(response, one)
  }
  const server = createServer((request, response) => {
    receive(request, response).catch(() => response.destroy())
  })
  const bound = await listen(server, port)
  return {
    url: `http://127.0.0.1:${bound}/graphql`,
    port: bound,
    seen,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close')
      server.close()
      server.closeAllConnections()
      await closed
    },
  }
}

/** Listens on this machine and answers the port. */
export async function listen(server: Server, port = 0): Promise<number> {
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The server has no port.')
  return address.port
}

/** Answers JSON as a GraphQL service does. */
export const json = (response: ServerResponse, value: unknown, status = 200): void =>
  void response
    .writeHead(status, { 'content-type': 'application/json; charset=utf-8' })
    .end(JSON.stringify(value))

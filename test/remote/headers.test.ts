import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { json } from 'node:stream/consumers'
import { remoteExtension } from '@trellis/sdk'
import { createTestGateway } from '@trellis/testing'
import { buildSchema, graphql } from 'graphql'
import { expect, test } from 'vitest'
import { z } from 'zod'

const sdl = 'type Query { "Nothing." echoNothing: String }'
const question = z.object({ query: z.string() })

/** A service that notes the headers of what it is asked. */
async function startEcho() {
  const received: Record<string, string | undefined>[] = []
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { headers } = request
    received.push({ language: headers['accept-language'], authorization: headers.authorization })
    const { query: source } = question.parse(await json(request))
    const result = await graphql({ schema: buildSchema(sdl), source, rootValue: { echoNothing: 'heard' } })
    response.setHeader('content-type', 'application/json').end(JSON.stringify(result))
  }
  const server = createServer((request, response) => {
    answer(request, response).catch(() => response.destroy())
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('It listens on no port.')
  return {
    url: `http://127.0.0.1:${address.port}/graphql`,
    received,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
    },
  }
}

test('a service gets the headers of the client that it asks for, and no others', async () => {
  await using echo = await startEcho()
  const extension = remoteExtension({
    name: 'echo',
    permissions: { AGENT: '*' },
    version: '1.0.0',
    url: echo.url,
    schema: sdl,
    headers: ['accept-language'],
  })
  await using gateway = await createTestGateway({ extensions: [extension] })
  for (const language of ['de', 'zh-CN'])
    expect(await gateway.data('{ echoNothing }', {}, { headers: { 'accept-language': language } })).toEqual({
      echoNothing: 'heard',
    })
  expect(echo.received).toEqual([
    { language: 'de', authorization: undefined },
    { language: 'zh-CN', authorization: undefined },
  ])
})

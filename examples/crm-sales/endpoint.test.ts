import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { expect, test } from 'vitest'
import { createBulkUpsert } from './bulk-upsert.ts'
import { createEndpoint } from './endpoint.ts'
import { describeFailure } from './failure.ts'
import { retry } from './retry.ts'

/** A gateway that answers one request after the other as given, and keeps their headers. */
async function listening(...answers: readonly ((response: ServerResponse) => void)[]) {
  const requests: IncomingMessage['headers'][] = []
  const server = createServer((request, response) => {
    answers[requests.length]?.(response)
    requests.push(request.headers)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('The server has no port.')
  const notes: string[] = []
  const endpoint = createEndpoint({
    url: `http://127.0.0.1:${address.port}/graphql`,
    key: 'secret',
    note: message => void notes.push(message),
  })
  const close = async () => {
    server.closeAllConnections()
    server.close()
    await once(server, 'close')
  }
  return { endpoint, requests, notes, [Symbol.asyncDispose]: close }
}

const json = (status: number, body: unknown) => (response: ServerResponse) => {
  response.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify(body))
}

const created = json(200, {
  data: {
    answer: { results: [{ externalId: 'East', id: 'tea_1', status: 'CREATED' }], userErrors: [] },
  },
})

test('a batch survives a broken connection and a gateway that is not ready, with the same key', async () => {
  await using gateway = await listening(
    response => void response.socket?.destroy(),
    json(503, {
      errors: [{ message: 'The database does not answer.', extensions: { code: 'UNAVAILABLE' } }],
    }),
    created,
  )
  const answer = await createBulkUpsert(gateway.endpoint)('Team', [{ externalId: 'East' }])
  expect(answer.results).toEqual([{ externalId: 'East', id: 'tea_1', status: 'CREATED' }])
  expect(new Set(gateway.requests.map(headers => headers['idempotency-key'])).size).toBe(1)
  expect(gateway.requests.map(({ authorization }) => authorization)).toEqual(Array(3).fill('Bearer secret'))
  expect(gateway.notes[1]).toMatch(
    /does not answer \(UNAVAILABLE: The database does not answer\.\); next try in 0\.5 s\.$/,
  )
})

test('another batch, and the same batch of another run, has another key', async () => {
  await using gateway = await listening(created, created, created)
  const bulkUpsert = createBulkUpsert(gateway.endpoint, 'first run')
  await bulkUpsert('Team', [{ externalId: 'East' }])
  await bulkUpsert('Team', [{ externalId: 'West' }])
  await createBulkUpsert(gateway.endpoint, 'second run')('Team', [{ externalId: 'East' }])
  expect(new Set(gateway.requests.map(headers => headers['idempotency-key'])).size).toBe(3)
})

test('a refusal is not sent again, and is told in a line', async () => {
  await using gateway = await listening(
    json(401, { errors: [{ message: 'A key is required.', extensions: { code: 'UNAUTHENTICATED' } }] }),
  )
  const failure: unknown = await gateway.endpoint
    .request('{ viewer { id } }', {})
    .catch((error: unknown) => error)
  expect(describeFailure(failure)).toBe('UNAUTHENTICATED: A key is required.')
  expect(gateway.requests).toHaveLength(1)
})

test('waits get longer, and patience ends', async () => {
  const waits: number[] = []
  const attempts = retry(() => Promise.reject(new Error('no')), {
    isPassing: () => true,
    onWait: (_, milliseconds) => waits.push(milliseconds),
    patience: 10_000,
    wait: async () => undefined,
  })
  await expect(attempts).rejects.toThrow('no')
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 5000])
})

import { once } from 'node:events'
import { createServer, type Socket } from 'node:net'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import { executorFor, failureOfCall, mutation, query } from './testing/executor.ts'
import { type Answer, json, listen, serve } from './testing/serve.ts'

/** What a query to a remote that answers so ends with, and how often the remote was asked. */
async function meet(answer: Answer, options: Parameters<typeof executorFor>[1] = {}) {
  await using remote = await serve(answer)
  await using executor = executorFor(remote.url, options)
  const began = performance.now()
  const { kind, message, retryable } = await failureOfCall(executor.execute(query()))
  return { kind, message, retryable, asked: remote.seen.length, milliseconds: performance.now() - began }
}

const html = '<html><body>secret-canary</body></html>'

describe('time', () => {
  test('a remote that never answers costs its deadline and no more', async () => {
    const { kind, message, asked, milliseconds } = await meet(() => {}, { timeoutMs: 200 })
    expect({ kind, message, asked }).toEqual({
      kind: 'TIMEOUT',
      message: 'The extension "reviews" did not answer within 200 ms.',
      asked: 1,
    })
    expect(milliseconds).toBeGreaterThan(190)
    expect(milliseconds).toBeLessThan(1500)
  })

  test('one byte at a time does not make it longer', async () => {
    const drip: Answer = async response => {
      response.writeHead(200, { 'content-type': 'application/json' })
      for (let sent = 0; sent < 100 && !response.destroyed; sent += 1) {
        response.write(' ')
        await sleep(20)
      }
    }
    const { kind, milliseconds } = await meet(drip, { timeoutMs: 200 })
    expect(kind).toBe('TIMEOUT')
    expect(milliseconds).toBeLessThan(1500)
  })

  test('retries are within it', async () => {
    const slow: Answer = async response => {
      await sleep(150)
      response.writeHead(503).end()
    }
    const { kind, asked, milliseconds } = await meet(slow, { timeoutMs: 400, retries: 10 })
    expect(kind).toBe('TIMEOUT')
    expect(asked).toBeLessThan(4)
    expect(milliseconds).toBeLessThan(1500)
  })

  test('the caller may give up before: ABORTED, or TIMEOUT when that is the reason', async () => {
    const [hungUp, tooLate] = [new AbortController(), new AbortController()]
    await using remote = await serve(() => {
      if (remote.seen.length < 2) return
      hungUp.abort()
      tooLate.abort(new DOMException('It took too long.', 'TimeoutError'))
    })
    await using executor = executorFor(remote.url)
    const abandoned = failureOfCall(executor.execute(query({ signal: hungUp.signal })))
    const late = failureOfCall(executor.execute(query({ signal: tooLate.signal })))
    expect([(await abandoned).kind, (await late).kind]).toEqual(['ABORTED', 'TIMEOUT'])
    const before = await failureOfCall(executor.execute(query({ signal: AbortSignal.abort() })))
    expect(before.kind).toBe('ABORTED')
    expect(remote.seen).toHaveLength(2)
  })
})

describe('size', () => {
  test('50 MB are cut off at the limit', async () => {
    let sent = 0
    const flood: Answer = async response => {
      response.writeHead(200, { 'content-type': 'application/json' })
      const chunks = function* () {
        for (; sent < 50 * 2 ** 20; sent += 2 ** 18) yield Buffer.alloc(2 ** 18, ' ')
      }
      await pipeline(Readable.from(chunks()), response)
    }
    const { kind, message } = await meet(flood)
    expect({ kind, message }).toEqual({
      kind: 'TOO_LARGE',
      message: 'The extension "reviews" answered more than 8388608 bytes.',
    })
    expect(sent).toBeLessThan(25 * 2 ** 20)
  })

  test('a length that says so is enough', async () => {
    const { kind, milliseconds } = await meet(response => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 50 * 2 ** 20 })
      response.write('{')
    })
    expect(kind).toBe('TOO_LARGE')
    expect(milliseconds).toBeLessThan(1000)
  })

  test('a compressed answer is not unpacked', async () => {
    const bomb = gzipSync(Buffer.alloc(50 * 2 ** 20, ' '))
    const { kind, message } = await meet((response, { headers }) => {
      expect(headers['accept-encoding']).toBe('identity')
      response.writeHead(200, { 'content-type': 'application/json', 'content-encoding': 'gzip' }).end(bomb)
    })
    expect({ kind, message }).toEqual({
      kind: 'NOT_JSON',
      message: 'The extension "reviews" answered compressed, though not asked to.',
    })
  })

  test('headers have a bound, too', async () => {
    const { kind } = await meet(response => {
      response.writeHead(200, { 'content-type': 'application/json', 'x-long': 'a'.repeat(100_000) }).end('{}')
    })
    expect(kind).toBe('TOO_LARGE')
  })
})

describe('what is not a GraphQL response', () => {
  const typed =
    (type: string, body: string): Answer =>
    response =>
      response.writeHead(200, { 'content-type': type }).end(body)

  test.each([
    ['HTML', typed('text/html', html), 'NOT_JSON', 1],
    ['HTML that is called JSON', typed('application/json', html), 'NOT_JSON', 1],
    [
      'no content type',
      (response => response.writeHead(200).end('{"data":{}}')) satisfies Answer,
      'NOT_JSON',
      1,
    ],
    ['JSON that ends early', typed('application/json', '{"data":{"name":"secret-canary'), 'NOT_JSON', 1],
    ['{}', typed('application/json', '{}'), 'NOT_GRAPHQL', 1],
    ['null', typed('application/json', 'null'), 'NOT_GRAPHQL', 1],
    ['a list', typed('application/json', '[{"data":{}}]'), 'NOT_GRAPHQL', 1],
    ['data that is a list', typed('application/json', '{"data":["secret-canary"]}'), 'NOT_GRAPHQL', 1],
    ['data that is a text', typed('application/json', '{"data":"secret-canary"}'), 'NOT_GRAPHQL', 1],
    ['errors that are a text', typed('application/json', '{"errors":"secret-canary"}'), 'NOT_GRAPHQL', 1],
    ['no errors and no data', typed('application/json', '{"errors":[]}'), 'NOT_GRAPHQL', 1],
    ['an error without a message', typed('application/json', '{"errors":[{}]}'), 'NOT_GRAPHQL', 1],
    ['a 500', (response => json(response, { data: {} }, 500)) satisfies Answer, 'HTTP_STATUS', 1],
    ['a 401', (response => json(response, { data: {} }, 401)) satisfies Answer, 'HTTP_STATUS', 1],
    ['a 503', (response => response.writeHead(503).end(html)) satisfies Answer, 'HTTP_STATUS', 2],
  ])('%s', async (_, answer, kind, asked) => {
    const met = await meet(answer)
    expect({ kind: met.kind, asked: met.asked }).toEqual({ kind, asked })
    expect(met.message).not.toContain('secret-canary')
  })

  test('another protocol', async () => {
    await using server = await plainServer(socket =>
      socket.on('data', () => socket.end('SSH-2.0-OpenSSH_9.2\r\n')),
    )
    await using executor = executorFor(server.url)
    expect((await failureOfCall(executor.execute(query()))).kind).toBe('NOT_JSON')
  })

  test('a refusal in GraphQL’s own content type is an answer, whatever the 4xx', async () => {
    await using remote = await serve(response => {
      response.writeHead(400, { 'content-type': 'application/graphql-response+json' })
      response.end(
        '{"errors":[{"message":"Unknown field","path":["a",0],"extensions":{"code":"X"},"locations":[]}]}',
      )
    })
    await using executor = executorFor(remote.url)
    const { data, errors = [] } = await executor.execute(query())
    expect(data).toBeUndefined()
    expect(errors.map(error => error.toJSON())).toEqual([
      { message: 'Unknown field', path: ['a', 0], extensions: { code: 'X' } },
    ])
  })
})

describe('connections that break', () => {
  test('nobody listens', async () => {
    const remote = await serve(() => {})
    await remote[Symbol.asyncDispose]()
    await using executor = executorFor(remote.url)
    const { kind, message, retryable } = await failureOfCall(executor.execute(query()))
    expect({ kind, message, retryable }).toEqual({
      kind: 'UNREACHABLE',
      message: 'The extension "reviews" could not be reached (ECONNREFUSED).',
      retryable: true,
    })
  })

  test('the name is unknown', async () => {
    await using executor = executorFor('http://reviews.invalid/graphql')
    expect((await failureOfCall(executor.execute(query()))).kind).toBe('UNREACHABLE')
  })

  test('before the answer: a query is sent again', async () => {
    let times = 0
    await using remote = await serve(response => {
      times += 1
      if (times === 1) response.destroy()
      else json(response, { data: { rating: 5 } })
    })
    await using executor = executorFor(remote.url)
    expect(await executor.execute(query())).toEqual({ data: { rating: 5 } })
    expect(times).toBe(2)
  })

  test('in the middle of the body: it is not', async () => {
    const { kind, asked } = await meet(async response => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': 100 })
      response.write('{"data":')
      await sleep(30)
      response.destroy()
    })
    expect({ kind, asked }).toEqual({ kind: 'RESET', asked: 1 })
  })

  test.each([
    ['a reset', (response => response.destroy()) satisfies Answer],
    ['a 502', (response => response.writeHead(502).end()) satisfies Answer],
    ['a 503', (response => response.writeHead(503).end()) satisfies Answer],
    ['silence', (() => {}) satisfies Answer],
  ])('a mutation is sent once, whatever comes back: %s', async (_, answer) => {
    await using remote = await serve(answer)
    await using executor = executorFor(remote.url, { retries: 5, timeoutMs: 300 })
    await failureOfCall(executor.execute(mutation()))
    await sleep(200)
    expect(remote.seen).toHaveLength(1)
  })

  test('a mutation over a connection that was kept and is closed as it is sent arrives once at most', async () => {
    let times = 0
    await using server = await plainServer(socket => {
      socket.on('data', data => {
        if (String(data).includes('mutation')) {
          times += 1
          socket.destroy()
        } else {
          socket.write(
            'HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: 11\r\n\r\n{"data":{}}',
          )
        }
      })
    })
    await using executor = executorFor(server.url, { retries: 5 })
    await executor.execute(query())
    expect((await failureOfCall(executor.execute(mutation()))).kind).toBe('RESET')
    await sleep(100)
    expect(times).toBe(1)
  })
})

/** A server that speaks no HTTP of its own. */
async function plainServer(onSocket: (socket: Socket) => void) {
  const sockets = new Set<Socket>()
  const server = createServer(socket => {
    sockets.add(socket)
    socket.on('error', () => {})
    onSocket(socket)
  })
  const port = await listen(server)
  return {
    url: `http://127.0.0.1:${port}/graphql`,
    [Symbol.asyncDispose]: async () => {
      const closed = once(server, 'close')
      for (const socket of sockets) socket.destroy()
      server.close()
      await closed
    },
  }
}

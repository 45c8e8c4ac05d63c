import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { type AddressInfo, connect } from 'node:net'
import { expect, test } from 'vitest'
import { type SlowExchanges, watchSlowExchanges } from './slow-exchanges.ts'

const requestMs = 1000
const idle = 100

/** A server whose clock the test moves; `/transfer` is one. */
async function serve(handle: (request: IncomingMessage, response: ServerResponse) => void) {
  const exchanges = watchSlowExchanges({
    request: requestMs,
    idle,
    every: 2 ** 31 - 1,
    isTransfer: ({ url }) => url === '/transfer',
  })
  const server = createServer((request, response) => {
    exchanges.enter(request, response)
    handle(request, response)
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  let now = performance.now()
  return {
    exchanges,
    /** Looks once so much time has gone by. */
    after(milliseconds: number) {
      now += milliseconds
      exchanges.look(now)
    },
    connect: () => connect(portOf(server.address()), '127.0.0.1'),
    async [Symbol.asyncDispose]() {
      exchanges.stop()
      server.close()
      server.closeAllConnections()
      await once(server, 'close')
    },
  }
}

const portOf = (address: string | AddressInfo | null): number =>
  typeof address === 'object' && address !== null ? address.port : 0

const put = (path: string) =>
  `PUT ${path} HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\ncontent-length: 3\r\n\r\n`

const until = async (isSo: () => boolean) => {
  while (!isSo()) await new Promise(resolve => setImmediate(resolve))
}
const isOpen = (exchanges: SlowExchanges) => exchanges.open.size === 1

/** Tells of each chunk that arrives, and answers in the end. */
function reader() {
  let chunks = 0
  const handle = (request: IncomingMessage, response: ServerResponse) =>
    request.on('data', () => (chunks += 1)).on('end', () => response.end('done'))
  return { handle, arrived: (count: number) => until(() => chunks === count) }
}

test('a request has to come in whole in its time', async () => {
  const { handle, arrived } = reader()
  await using server = await serve(handle)
  const socket = server.connect()
  socket.write(`${put('/graphql')}a`)
  await arrived(1)
  server.after(requestMs / 2)
  socket.write('b')
  await arrived(2)
  server.after(requestMs)
  expect((await socket.toArray()).join('')).toMatch(/^HTTP\/1\.1 408/)
})

test('one that is there may take as long as its answer takes', async () => {
  const responses: ServerResponse[] = []
  await using server = await serve((request, response) => {
    request.resume().on('end', () => responses.push(response))
  })
  const socket = server.connect()
  socket.write(`${put('/graphql')}abc`)
  await until(() => responses.length === 1)
  server.after(requestMs * 10)
  responses[0]?.end('done')
  expect((await socket.toArray()).join('')).toMatch(/^HTTP\/1\.1 200/)
})

test('a transfer takes as long as it moves on', async () => {
  const { handle, arrived } = reader()
  await using server = await serve(handle)
  const socket = server.connect()
  socket.write(put('/transfer'))
  await until(() => isOpen(server.exchanges))
  for (const [index, letter] of ['a', 'b', 'c'].entries()) {
    server.after(requestMs * 10)
    socket.write(letter)
    if (index < 2) await arrived(index + 1)
  }
  expect((await socket.toArray()).join('')).toMatch(/^HTTP\/1\.1 200/)
})

test('and is cut off when it stands still', async () => {
  const { handle, arrived } = reader()
  await using server = await serve(handle)
  const socket = server.connect()
  socket.write(`${put('/transfer')}a`)
  await arrived(1)
  server.after(1)
  server.after(idle - 1)
  expect(isOpen(server.exchanges)).toBe(true)
  server.after(2)
  expect((await socket.toArray()).join('')).toMatch(/^HTTP\/1\.1 408/)
})

test('so is one that the client does not take, in the middle', async () => {
  const gone = Promise.withResolvers<void>()
  let written = 0
  await using server = await serve((_, response) => {
    response.once('close', () => gone.resolve())
    written = Number(response.write(Buffer.alloc(50_000_000)))
  })
  const socket = server.connect()
  socket.pause().write('GET /transfer HTTP/1.1\r\nhost: localhost\r\n\r\n')
  await until(() => isOpen(server.exchanges))
  expect(written).toBe(0)
  // As long as the kernel still takes some, it moves.
  while (server.exchanges.open.size > 0) {
    server.after(idle + 1)
    await new Promise(resolve => setImmediate(resolve))
  }
  await gone.promise
  socket.destroy()
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createTestGateway, type TestGateway } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Client, createClient } from './client.ts'
import { allCustomers, createCustomer, deleteCustomer } from './customers.ts'
import { NoAnswer, RequestRefused } from './errors.ts'
import { breakOff, type Deed, loseAnswer, networkTo, saying } from './fixtures/network.ts'
import { CreateCustomerDocument } from './generated/graphql.ts'
import { followTimeline } from './timeline.ts'

let gateway: TestGateway
let listening: Awaited<ReturnType<TestGateway['listen']>>
let client: Client
beforeAll(async () => {
  gateway = await createTestGateway()
  listening = await gateway.listen()
  client = createClient({ url: listening.endpoint, key: gateway.keys.administrator })
})
afterAll(async () => {
  await listening[Symbol.asyncDispose]()
  await gateway[Symbol.asyncDispose]()
})

const named = async (name: string): Promise<readonly string[]> => {
  const names: string[] = []
  for await (const customer of allCustomers(client, { nameContains: name })) names.push(customer.name)
  return names
}

test('pages give each customer once, also while others come and go', async () => {
  const ids: string[] = []
  for (const name of ['Page B', 'Page C', 'Page D', 'Page E', 'Page F'])
    ids.push(await gateway.create('customer', { name }))
  const [names, refused]: [string[], string[]] = [[], []]
  for await (const { name } of allCustomers(client, { pageSize: 2, nameContains: 'page' })) {
    names.push(name)
    if (name === 'Page C') await gateway.create('customer', { name: 'Page A' })
    if (name === 'Page D') refused.push(...(await gateway.refusals('customerDelete', { id: ids[0] })))
  }
  expect(refused).toEqual([])
  expect(names).toEqual(['Page B', 'Page C', 'Page D', 'Page E', 'Page F'])
})

test('a form that is sent twice at once with its key makes one customer', async () => {
  const submit = () => createCustomer(client, { name: 'Once' }, 'form-1')
  const [first, second] = await Promise.all([submit(), submit()])
  expect(first).toMatchObject({ kind: 'done', version: 1 })
  expect(second).toEqual(first)
  expect(await named('Once')).toEqual(['Once'])
})

test('what is wrong with a form is said beside its fields, and its key is free', async () => {
  expect(await createCustomer(client, { name: '', email: 'nobody' }, 'form-2')).toEqual({
    kind: 'refused',
    messages: {
      name: ['name may not be blank.'],
      email: ['email is "nobody"; it has to look like ada@example.com.'],
    },
  })
  expect(await createCustomer(client, { name: 'Mended' }, 'form-2')).toMatchObject({ kind: 'done' })
})

test('a customer that somebody has written since is not deleted', async () => {
  const id = await gateway.create('customer', { name: 'Moved on' })
  expect(await gateway.refusals('customerUpdate', { id, phone: '1' })).toEqual([])
  expect(await deleteCustomer(client, { id, expectedVersion: 1 }, 'deletion-1')).toEqual({
    kind: 'refused',
    messages: { expectedVersion: [expect.stringContaining('at version 2')] },
  })
  expect(await deleteCustomer(client, { id, expectedVersion: 2 }, 'deletion-2')).toMatchObject({ version: 3 })
})

test('a wrong key is a refusal with its code, and the id of the request', async () => {
  const stranger = createClient({ url: listening.endpoint, key: 'wrong' })
  const refusal: unknown = await allCustomers(stranger)
    .next()
    .catch((error: unknown) => error)
  expect(refusal).toBeInstanceOf(RequestRefused)
  expect(refusal).toMatchObject({ code: 'UNAUTHENTICATED', requestId: expect.stringMatching(/^[\w-]{8,}$/) })
})

/** A client whose requests go through a network that does this to them. */
async function clientThrough(...deeds: readonly Deed[]) {
  const network = await networkTo(listening.endpoint, ...deeds)
  return { ...network, client: createClient({ url: network.url, key: gateway.keys.administrator }) }
}

test('a lost answer is asked for again with the same key, and there is one customer', async () => {
  await using network = await clientThrough(breakOff, saying(503, 'starting'))
  expect(await createCustomer(network.client, { name: 'Lost and found' }, 'form-3')).toMatchObject({
    kind: 'done',
  })
  expect(network.requests()).toBe(3)
  expect(await named('Lost and found')).toEqual(['Lost and found'])
})

test('a mutation without a key is sent once: nobody knows whether it was done', async () => {
  await using network = await clientThrough(loseAnswer)
  const asked = network.client.ask(CreateCustomerDocument, { input: { name: 'Unsure' } })
  await expect(asked).rejects.toBeInstanceOf(NoAnswer)
  expect(network.requests()).toBe(1)
  expect(await named('Unsure')).toEqual(['Unsure'])
})

test('a refusal is not sent again', async () => {
  await using network = await clientThrough()
  const tooMany = allCustomers(network.client, { pageSize: 101 }).next()
  await expect(tooMany).rejects.toMatchObject({ code: 'BAD_INPUT' })
  expect(network.requests()).toBe(1)
})

test("a page that is no answer of a gateway is called so, with the page's beginning", async () => {
  await using network = await clientThrough(saying(404, '<html>Nothing here'))
  await expect(allCustomers(network.client).next()).rejects.toThrow(/HTTP 404 .* <html>Nothing here$/)
})

test.each(['EXTENSION_FAILED', 'EXTENSION_OVERLOADED', 'EXTENSION_TIMEOUT', 'EXTENSION_UNAVAILABLE'])(
  'what an extension failed to add costs nothing else: %s',
  async code => {
    const data = { customers: { nodes: [], pageInfo: { hasNextPage: false, endCursor: null } } }
    const errors = [{ message: 'loyalty failed.', extensions: { code } }]
    await using network = await clientThrough(saying(200, JSON.stringify({ data, errors })))
    expect(await allCustomers(network.client).next()).toEqual({ done: true, value: undefined })
  },
)

test('a mutation that an extension kept from being done is an error', async () => {
  const errors = [
    {
      message: 'loyalty took too long.',
      path: ['customerCreate'],
      extensions: { code: 'EXTENSION_TIMEOUT' },
    },
  ]
  await using network = await clientThrough(
    saying(200, JSON.stringify({ data: { customerCreate: null }, errors })),
  )
  await expect(createCustomer(network.client, { name: 'Late' }, 'form-4')).rejects.toMatchObject({
    code: 'EXTENSION_TIMEOUT',
  })
})

/** Writes down that something happened, as a service does. */
async function happen(targetId: string, type: string, at: string): Promise<void> {
  await sql`insert into "TimelineEvent" (id, "targetId", type, "occurredAt", "createdAt", data)
    values (${`tle_${type.padStart(26, '0')}`}, ${targetId}, ${type}, ${at}::timestamptz, ${at}::timestamptz, '{}')`.execute(
    gateway.trellis.database.session.sql,
  )
}

async function customerWithoutPast(name: string): Promise<string> {
  const id = await gateway.create('customer', { name })
  await sql`delete from "TimelineEvent" where "targetId" = ${id}`.execute(
    gateway.trellis.database.session.sql,
  )
  return id
}

test('a timeline tells each event once, also one that is committed after a later one', async () => {
  const id = await customerWithoutPast('Eventful')
  await happen(id, 'first', '2026-03-01T10:00:00Z')
  await happen(id, 'third', '2026-03-01T10:00:30Z')
  const ending = new AbortController()
  const events = followTimeline(client, id, { every: 1, signal: ending.signal })
  const next = async () => (await events.next()).value?.type
  expect([await next(), await next()]).toEqual(['first', 'third'])
  await happen(id, 'second', '2026-03-01T10:00:20Z')
  expect(await next()).toBe('second')
  await happen(id, 'fourth', '2026-03-01T11:00:00Z')
  expect(await next()).toBe('fourth')
  const waiting = next()
  ending.abort()
  expect(await waiting).toBeUndefined()
})

test('a timeline without events waits, and ends when it is told to', async () => {
  const id = await customerWithoutPast('Uneventful')
  await using network = await clientThrough()
  const ending = new AbortController()
  const waiting = followTimeline(network.client, id, { every: 1, signal: ending.signal }).next()
  await expect.poll(network.requests).toBeGreaterThan(2)
  ending.abort()
  expect(await waiting).toEqual({ done: true, value: undefined })
})

test('a timeline of nobody is an error', async () => {
  await expect(followTimeline(client, 'cus_00000000000000000000000000').next()).rejects.toThrow(
    /^There is no customer cus_0+, or none that you may see\.$/,
  )
})

/** Runs the example as its README says. */
async function run(key: string): Promise<{ readonly exitCode: unknown; readonly output: string }> {
  const child = spawn(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    env: { ...process.env, TRELLIS_URL: listening.endpoint, TRELLIS_KEY: key },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream.setEncoding('utf8').on('data', (text: string) => (output += text))
  const [exitCode]: unknown[] = await once(child, 'close')
  return { exitCode, output }
}

test('the example runs from beginning to end, and leaves nothing', async () => {
  const { exitCode, output } = await run(gateway.keys.administrator)
  expect(output).toContain('email: email is "nobody"; it has to look like ada@example.com.')
  expect(output).toMatch(/one customer, cus_\w{26}\n/)
  expect(output).toMatch(/cus_\w{26}, version 2\n$/)
  expect(exitCode).toBe(0)
  expect(await named('Example')).toEqual([])
})

test('the example says what to do about a wrong key, without a stack', async () => {
  const { exitCode, output } = await run('wrong')
  expect(output).toMatch(/UNAUTHENTICATED: .*\nnpm start prints a key .*TRELLIS_KEY.*\n$/)
  expect(exitCode).toBe(1)
})

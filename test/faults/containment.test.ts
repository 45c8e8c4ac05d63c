import { setTimeout as pause } from 'node:timers/promises'
import { type Change, defineExtension, field, type Limits } from '@trellis/sdk'
import { codesOf, createTestGateway, valueAt } from '@trellis/testing'
import { expect, test } from 'vitest'
import { sound } from './faulty.ts'

const never = () => new Promise<never>(() => undefined)
const broken = (): never => {
  throw new Error('secret')
}

/** A score of customers that is answered as the test likes, and a check of them. */
const acme = (behaviour: {
  limits?: Limits
  score?: () => unknown
  check?: (changes: readonly Change[]) => Promise<readonly never[]>
}) =>
  defineExtension({
    name: 'acme',
    scopes: ['customer:read'],
    version: '1.0.0',
    ...(behaviour.limits && { limits: behaviour.limits }),
    typeDefs: 'extend type Customer { "A score." acmeScore: Int }',
    fields: {
      Customer: {
        acmeScore: field({
          requires: ['id'],
          batch: async customers => {
            const score = await behaviour.score?.()
            return customers.map(() => score)
          },
        }),
      },
    },
    ...(behaviour.check && { checks: { Customer: changes => behaviour.check?.(changes) ?? [] } }),
  })

const scores = '{ customers { nodes { name acmeScore soundScore } } }'

test('core fields are answered by the deadline, and without delay once the breaker is open', async () => {
  const behaviour = { limits: { deadlineMs: 200 }, score: never }
  await using gateway = await createTestGateway({ extensions: [acme(behaviour), sound] })
  await gateway.create('customer', { name: 'Acme' })
  const askTimed = async () => {
    const startedAt = performance.now()
    const answer = await gateway.ask(scores)
    expect(valueAt(answer.data, 'customers.nodes')).toEqual([
      { name: 'Acme', acmeScore: null, soundScore: 7 },
    ])
    return { codes: codesOf(answer), milliseconds: performance.now() - startedAt }
  }
  for (let failure = 0; failure < 5; failure += 1) {
    const { codes, milliseconds } = await askTimed()
    expect(codes).toEqual(['EXTENSION_TIMEOUT'])
    expect(milliseconds).toBeGreaterThan(190)
  }
  const ready = await gateway.trellis.gateway.fetch(new Request('http://localhost/health/ready'))
  expect(await ready.json()).toMatchObject({ status: 'degraded', checks: { 'extension acme': 'failing' } })
  const { codes, milliseconds } = await askTimed()
  expect(codes).toEqual(['EXTENSION_UNAVAILABLE'])
  expect(milliseconds).toBeLessThan(190)
})

test('an extension that mends itself is called again, and its figures tell the story', async () => {
  const behaviour = { limits: { recoveryMs: 300 }, score: broken as () => unknown }
  await using gateway = await createTestGateway({ extensions: [acme(behaviour)] })
  await gateway.create('customer', { name: 'Acme' })
  for (let failure = 0; failure < 5; failure += 1) await gateway.ask(scores.replace('soundScore', ''))
  behaviour.score = () => 7
  const ask = () => gateway.ask(scores.replace('soundScore', ''))
  expect(codesOf(await ask())).toEqual(['EXTENSION_UNAVAILABLE'])
  const figures = async () =>
    valueAt(
      await gateway.data(`{ extensions { name figures {
        circuit inFlight waiting strayRejections
        fields { coordinate circuit calls {
          timeouts blocks sinceStart { calls failures refusals throughput latency { p50 p99 } availability } lastFiveMinutes { calls }
        } }
      } } }`),
      'extensions.0.figures',
    )
  expect(await figures()).toMatchObject({
    circuit: 'OPEN',
    inFlight: 0,
    waiting: 0,
    strayRejections: 0,
    fields: [
      {
        coordinate: 'Customer.acmeScore',
        circuit: 'OPEN',
        calls: {
          timeouts: 0,
          blocks: 0,
          sinceStart: { calls: 5, failures: 5, refusals: 1, latency: { p50: expect.any(Number) } },
          lastFiveMinutes: { calls: 5 },
        },
      },
    ],
  })
  await pause(300)
  expect(valueAt(await ask(), 'data.customers.nodes.0.acmeScore')).toBe(7)
  const after = await figures()
  expect(after).toMatchObject({
    circuit: 'CLOSED',
    fields: [{ calls: { sinceStart: { calls: 6, failures: 5 } } }],
  })
  const availability = valueAt(after, 'fields.0.calls.sinceStart.availability')
  expect(availability).toBeGreaterThan(0)
  expect(availability).toBeLessThan(1)
})

test('a check that does not answer has not agreed, nor has one that is not called any more', async () => {
  let calls = 0
  const check = async (): Promise<readonly never[]> => {
    calls += 1
    return never()
  }
  const limits = { writeDeadlineMs: 50, failures: 2 }
  await using gateway = await createTestGateway({ extensions: [acme({ limits, check })] })
  const write = () => gateway.ask('mutation { customerCreate(input: { name: "Acme" }) { customer { id } } }')
  const codes = [await write(), await write(), await write()].map(codesOf)
  expect(codes).toEqual([['EXTENSION_TIMEOUT'], ['EXTENSION_TIMEOUT'], ['EXTENSION_UNAVAILABLE']])
  expect([calls, await gateway.rowsIn('Customer'), await gateway.rowsIn('OutboxEvent')]).toEqual([2, 0, 0])
})

test('a mutation that is given up is taken back, and what it does afterwards does not get through', async () => {
  const late = Promise.withResolvers<unknown>()
  const slow = defineExtension({
    name: 'slow',
    scopes: ['customer:write'],
    version: '1.0.0',
    limits: { writeDeadlineMs: 100 },
    typeDefs: `
      extend type Mutation { "Takes its time." slowWrite("What to do." input: SlowWriteInput!): SlowPayload }
      "What to do." input SlowWriteInput { "The name of a customer." name: String! }
      "What became of it." type SlowPayload { "The name." name: String "Why it was refused." userErrors: [UserError!]! }`,
    resolvers: {
      Mutation: {
        slowWrite: async (
          _: unknown,
          { input }: { input: { name: string } },
          { services }: { services: { customers: { create(input: object): Promise<unknown> } } },
        ) => {
          const work = async () => {
            await services.customers.create({ name: input.name })
            await pause(200)
            await services.customers.create({ name: input.name })
          }
          const done = work()
          late.resolve(done.then(() => 'written', String))
          return done
        },
      },
    },
  })
  await using gateway = await createTestGateway({ extensions: [slow] })
  const answer = await gateway.ask('mutation { slowWrite(input: { name: "Acme" }) { name } }')
  expect([answer.data, codesOf(answer)]).toEqual([{ slowWrite: null }, ['EXTENSION_TIMEOUT']])
  expect(answer.errors?.[0]?.extensions).toMatchObject({ extension: 'slow', retryable: true })
  expect(await late.promise).not.toBe('written')
  expect(await gateway.rowsIn('Customer')).toBe(0)
})

test("another extension's failure keeps its name on its way through this one", async () => {
  const outer = defineExtension({
    name: 'outer',
    scopes: ['customer:write'],
    version: '1.0.0',
    typeDefs: `
      extend type Mutation { "Writes." outerWrite("What to do." input: OuterWriteInput!): OuterPayload }
      "What to do." input OuterWriteInput { "The name of a customer." name: String! }
      "What became of it." type OuterPayload { "The name." name: String "Why it was refused." userErrors: [UserError!]! }`,
    resolvers: {
      Mutation: {
        outerWrite: (
          _: unknown,
          { input }: { input: { name: string } },
          { services }: { services: { customers: { create(input: object): Promise<unknown> } } },
        ) => services.customers.create({ name: input.name }),
      },
    },
  })
  const check = async (): Promise<readonly never[]> => broken()
  await using gateway = await createTestGateway({ extensions: [outer, acme({ check })] })
  const answer = await gateway.ask('mutation { outerWrite(input: { name: "Acme" }) { name } }')
  expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'EXTENSION_FAILED', extension: 'acme' })
  const failures = ['outer', 'acme'].map(name =>
    [...(gateway.trellis.supervision.supervisors.get(name)?.fields.values() ?? [])].map(
      ({ tally }) => tally.total.failures,
    ),
  )
  expect(failures).toEqual([[0], [0, 1]])
})

test('one that blocks the event loop is named in the log', async () => {
  const logLines: string[] = []
  const score = () => {
    const until = performance.now() + 80
    while (performance.now() < until);
    return 7
  }
  await using gateway = await createTestGateway({ extensions: [acme({ score })], logLines })
  await gateway.create('customer', { name: 'Acme' })
  await gateway.data('{ customers { nodes { acmeScore } } }')
  expect(logLines.map(line => JSON.parse(line))).toContainEqual(
    expect.objectContaining({
      msg: 'the extension blocked the event loop: all other requests waited',
      extension: 'acme',
      field: 'Customer.acmeScore',
    }),
  )
})

// On a machine that gives this process less than half of a core, it is no fault of the extension's.
test('one that blocks it after an await is named among those that were under way', { retry: 5 }, async () => {
  const logLines: string[] = []
  const score = async () => {
    await pause(5)
    const until = performance.now() + 300
    while (performance.now() < until);
    return 7
  }
  const limits = { deadlineMs: 5000 }
  await using gateway = await createTestGateway({ extensions: [acme({ score, limits })], logLines })
  await gateway.create('customer', { name: 'Acme' })
  await gateway.data('{ customers { nodes { acmeScore } } }')
  await pause(50)
  expect(logLines.map(line => JSON.parse(line))).toContainEqual(
    expect.objectContaining({ suspects: [{ extension: 'acme', field: 'Customer.acmeScore' }] }),
  )
})

test('an operation that asks is told what each extension cost it', async () => {
  await using gateway = await createTestGateway({ extensions: [acme({ score: () => 7 }), sound] })
  await gateway.create('customer', { name: 'Acme' })
  const cost = async (query: string, headers = { 'x-trellis-cost': '1' }) =>
    valueAt(await gateway.ask(query, {}, { headers }), 'extensions.cost')
  const spent = (calls: number) => ({ calls, failures: 0, milliseconds: expect.any(Number) })
  for (const _ of [1, 2, 3])
    expect(await cost('{ customers { nodes { acmeScore soundScore soundLater } } }')).toEqual({
      acme: { ...spent(1), fields: { 'Customer.acmeScore': spent(1) } },
      sound: { ...spent(2), fields: { 'Customer.soundScore': spent(1), 'Customer.soundLater': spent(1) } },
    })
  for (const _ of [1, 2, 3]) expect(await cost('{ customers { nodes { name } } }')).toEqual({})
  expect(await cost('{ customers { nodes { acmeScore } } }', { 'x-trellis-cost': '0' })).toBeUndefined()
})

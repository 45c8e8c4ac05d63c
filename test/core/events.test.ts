import { setTimeout } from 'node:timers/promises'
import { defineExtension } from '@trellis/sdk'
import { codesOf, createGatewayOn, createTestDatabase, createTestGateway, textAt } from '@trellis/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { listeningExtension } from './fixtures/listening-extension.ts'

const rename =
  'mutation ($id: ID!, $name: String!) { customerUpdate(input: { id: $id, name: $name }) { customer { id } userErrors { message } } }'

test('an extension hears of what was committed, in order, with who caused it', async () => {
  const { extension, heard } = listeningExtension()
  await using gateway = await createTestGateway({ extensions: [extension], background: true })
  const id = await gateway.create('customer', { name: 'Harbor Foods' }, { as: 'agent' })
  await gateway.data(rename, { id, name: 'Harbour Foods' })
  await gateway.trellis.background.settle()
  expect(heard).toEqual([
    {
      type: 'customer.created',
      entityId: id,
      attempt: 1,
      viewerId: gateway.userIds.agent,
      payload: { fields: expect.arrayContaining(['name', 'ownerId']) },
    },
    {
      type: 'customer.updated',
      entityId: id,
      attempt: 1,
      viewerId: gateway.userIds.administrator,
      payload: { fields: expect.arrayContaining(['name']) },
    },
  ])
  expect(await gateway.rowsIn('EventDelivery')).toBe(0)
})

test('without being asked to look, it hears within a moment', async () => {
  const { promise, resolve } = Promise.withResolvers<string>()
  const { extension } = listeningExtension({ handle: ({ entityId }) => resolve(entityId) })
  await using gateway = await createTestGateway({ extensions: [extension], background: true })
  const id = await gateway.create('customer', { name: 'Harbor Foods' })
  const began = performance.now()
  expect(await promise).toBe(id)
  expect(performance.now() - began).toBeLessThan(1500)
})

test('what was refused, or only tried, is heard of by nobody', async () => {
  const { extension, heard } = listeningExtension()
  await using gateway = await createTestGateway({ extensions: [extension], background: true })
  await gateway.refusals('customerCreate', { name: '' })
  await gateway.data('mutation @dryRun { customerCreate(input: { name: "Try" }) { customer { id } } }')
  await gateway.trellis.background.settle()
  expect(heard).toEqual([])
})

test('what happened before an extension was there is not for it', async () => {
  await using database = await createTestDatabase()
  {
    await using gateway = await createGatewayOn({ ...database, extensions: [] })
    await gateway.create('customer', { name: 'Early' })
  }
  const { extension, heard } = listeningExtension()
  await using gateway = await createGatewayOn({ ...database, extensions: [extension], background: true })
  const id = await gateway.create('customer', { name: 'Late' })
  await gateway.trellis.background.settle()
  expect(heard.map(({ entityId }) => entityId)).toEqual([id])
})

test('an extension that does not run at present hears later, however long that takes', async () => {
  await using database = await createTestDatabase()
  const { extension, heard } = listeningExtension()
  const broken = { ...extension, setup: () => Promise.reject(new Error('no ears')) }
  for (const extensions of [[extension], [broken]]) {
    await using gateway = await createGatewayOn({
      ...database,
      extensions,
      quarantines: true,
      background: true,
    })
    await gateway.trellis.background.stop()
    await sql`update "EventConsumer" set "seenAt" = now() - interval '9 days'`.execute(
      gateway.trellis.database.session.sql,
    )
    await gateway.create('customer', { name: 'Harbor Foods' })
  }
  {
    await using gateway = await createGatewayOn({
      ...database,
      extensions: [broken],
      quarantines: true,
      background: true,
    })
    await gateway.trellis.background.settle()
  }
  expect(heard).toEqual([])
  await using gateway = await createGatewayOn({ ...database, extensions: [extension], background: true })
  await gateway.trellis.background.settle()
  expect(heard.map(({ type }) => type)).toEqual(['customer.created', 'customer.created'])
})

test('a handler that fails is asked again; later events of that record wait, those of others do not', async () => {
  let failures = 2
  const { extension, heard } = listeningExtension({
    handle: async ({ type }) => {
      if (type === 'customer.created' && failures > 0) {
        failures -= 1
        throw new Error('the line is dead')
      }
    },
  })
  await using gateway = await createTestGateway({
    extensions: [extension],
    background: true,
    retryDelaysMs: [150, 150, 150],
  })
  const first = await gateway.create('customer', { name: 'First' })
  await gateway.data(rename, { id: first, name: 'First, again' })
  await gateway.trellis.background.settle()
  await gateway.data(rename, { id: first, name: 'First, once more' })
  const second = await gateway.create('customer', { name: 'Second' })
  await expect.poll(() => heard.length, { timeout: 15_000 }).toBe(4)
  const typesOf = (id: string) =>
    heard.flatMap(({ entityId, type, attempt }) => (entityId === id ? [[type, attempt]] : []))
  expect(typesOf(first)).toEqual([
    ['customer.created', expect.any(Number)],
    ['customer.updated', 1],
    ['customer.updated', 1],
  ])
  expect(
    heard.find(({ type, entityId }) => type === 'customer.created' && entityId === first)?.attempt,
  ).toBeGreaterThan(1)
  expect(typesOf(second)).toHaveLength(1)
})

test('after the last attempt it is given up, kept to be looked at, and holds up nobody', async () => {
  const logLines: string[] = []
  const { extension, heard } = listeningExtension({
    handle: ({ type }) => {
      if (type === 'customer.created') throw new TypeError('the line is dead')
    },
  })
  await using gateway = await createTestGateway({
    extensions: [extension],
    background: true,
    retryDelaysMs: [0, 0],
    logLines,
  })
  const id = await gateway.create('customer', { name: 'Harbor Foods' })
  await gateway.data(rename, { id, name: 'Harbour Foods' })
  await gateway.trellis.background.settle()
  expect(heard.map(({ type }) => type)).toEqual(['customer.updated'])
  const { rows } = await sql`
    select type, attempts, error, "failedAt" is not null as "isGivenUp" from "EventDelivery"`.execute(
    gateway.trellis.database.session.sql,
  )
  expect(rows).toEqual([
    { type: 'customer.created', attempts: 3, error: 'TypeError: the line is dead', isGivenUp: true },
  ])
  const asked =
    '{ extensions { events { types waiting failed failures { id type entityId attempts error } } } }'
  const { extensions } = await gateway.data(asked)
  expect(extensions).toEqual([
    {
      events: {
        types: ['customer.created', 'customer.updated'],
        waiting: 0,
        failed: 1,
        failures: [
          {
            id: expect.stringMatching(/^evt_/),
            type: 'customer.created',
            entityId: id,
            attempts: 3,
            error: 'TypeError: the line is dead',
          },
        ],
      },
    },
  ])
  expect(codesOf(await gateway.ask(asked, {}, { as: 'agent' }))).toEqual(['FORBIDDEN'])
  const line = logLines.find(text => text.includes('given up')) ?? '{}'
  expect(JSON.parse(line)).toMatchObject({ extension: 'listener', type: 'customer.created', attempt: 3 })
})

test('what was given up comes once more when an administrator says so', async () => {
  let isDead = true
  const { extension, heard } = listeningExtension({
    handle: () => {
      if (isDead) throw new Error('the line is dead')
    },
  })
  await using gateway = await createTestGateway({
    extensions: [extension],
    background: true,
    retryDelaysMs: [],
  })
  await gateway.create('customer', { name: 'Harbor Foods' })
  await gateway.trellis.background.settle()
  isDead = false
  const retry =
    'mutation { extensionEventsRetry(input: { extension: "listener" }) { retried userErrors { code } } }'
  expect(codesOf(await gateway.ask(retry, {}, { as: 'agent' }))).toEqual(['FORBIDDEN'])
  expect(await gateway.data(retry)).toEqual({ extensionEventsRetry: { retried: 1, userErrors: [] } })
  await gateway.trellis.background.settle()
  expect(heard.map(({ type, attempt }) => [type, attempt])).toEqual([['customer.created', 1]])
})

test('a handler writes by services, as the system; an event of one extension is heard by one that depends on it', async () => {
  const emitter = defineExtension({
    name: 'tiers',
    version: '1.0.0',
    scopes: ['customer:write'],
    typeDefs: '',
    emits: { 'tiers.reached': z.object({ customerId: z.string(), tier: z.enum(['GOLD']) }) },
    events: {
      'customer.created': ({ entityId }, { transaction }) =>
        transaction(async ({ services, events }) => {
          await services.customers.update({ id: entityId, description: 'Welcome' })
          await events.emit('tiers.reached', { customerId: entityId, tier: 'GOLD' }, { entityId })
        }),
    },
  })
  const told: unknown[] = []
  const listener = defineExtension({
    name: 'applause',
    version: '1.0.0',
    typeDefs: '',
    dependsOn: { tiers: '^1.0.0' },
    events: { 'tiers.reached': ({ payload, entityId }) => void told.push([entityId, payload]) },
  })
  await using gateway = await createTestGateway({ extensions: [listener, emitter], background: true })
  const id = await gateway.create('customer', { name: 'Harbor Foods' }, { as: 'agent' })
  await gateway.trellis.background.settle()
  expect(told).toEqual([[id, { customerId: id, tier: 'GOLD' }]])
  const { customer } = await gateway.data(
    'query ($id: ID!) { customer(id: $id) { description updatedBy { name isActive } owner { name } } }',
    { id },
  )
  expect(customer).toEqual({
    description: 'Welcome',
    updatedBy: { name: 'Trellis', isActive: false },
    owner: { name: 'Ben Okafor' },
  })
})

test('what is emitted has to be declared and to fit its schema; a handler that fails leaves nothing', async () => {
  const errors: unknown[] = []
  const extension = defineExtension({
    name: 'tiers',
    version: '1.0.0',
    scopes: ['customer:write'],
    typeDefs: '',
    emits: { 'tiers.reached': z.object({ tier: z.string() }) },
    events: {
      'customer.created': async (_, { events, transaction }) => {
        for (const [type, payload] of [
          ['tiers.other', {}],
          ['tiers.reached', { tier: 7 }],
          ['tiers.reached', { tier: 'x'.repeat(70_000) }],
        ] as const)
          await events.emit(type, payload).catch((error: unknown) => errors.push(textAt(error, 'message')))
        await transaction(async inner => {
          await inner.events.emit('tiers.reached', { tier: 'GOLD' })
          throw new Error('second thoughts')
        }).catch(() => undefined)
      },
    },
  })
  await using gateway = await createTestGateway({ extensions: [extension], background: true })
  await gateway.create('customer', { name: 'Harbor Foods' })
  await gateway.trellis.background.settle()
  expect(errors).toEqual([
    'tiers does not declare the event "tiers.other" in emits; declared: tiers.reached.',
    expect.stringMatching(/^The payload of tiers\.reached is not what its schema asks for: tier: /),
    'The payload of tiers.reached has 70011 bytes as JSON; 65536 are allowed.',
  ])
  const { rows } = await sql`select 1 from "OutboxEvent" where type like 'tiers.%'`.execute(
    gateway.trellis.database.session.sql,
  )
  expect(rows).toEqual([])
})

test('two replicas share the work: each event is heard once, and those of one record in their order', async () => {
  await using database = await createTestDatabase()
  const order: string[] = []
  const replica = () =>
    listeningExtension({
      handle: async ({ id }) => {
        await setTimeout(Math.random() * 4)
        order.push(id)
      },
      types: ['customer.created', 'customer.updated'],
    })
  const [one, other] = [replica(), replica()]
  await using first = await createGatewayOn({ ...database, extensions: [one.extension], background: true })
  await using second = await createGatewayOn({ ...database, extensions: [other.extension], background: true })
  const ids = await Promise.all(
    Array.from({ length: 8 }, (_, index) => first.create('customer', { name: `Customer ${index}` })),
  )
  await Promise.all(
    ids.flatMap(id =>
      Array.from({ length: 5 }, async (_, index) =>
        (index % 2 === 0 ? first : second).data(rename, { id, name: `Name ${index}` }),
      ),
    ),
  )
  await Promise.all([first.trellis.background.settle(), second.trellis.background.settle()])
  await first.trellis.background.settle()
  expect(order).toHaveLength(48)
  expect(one.heard.length + other.heard.length).toBe(48)
  const { rows } = await sql<{ entityId: string; ids: string[] }>`
    select "entityId", array_agg(id order by position) as ids from "OutboxEvent" group by "entityId"`.execute(
    first.trellis.database.session.sql,
  )
  expect(rows.map(({ entityId }) => entityId).toSorted()).toEqual(ids.toSorted())
  for (const { ids: written } of rows) expect(order.filter(id => written.includes(id))).toEqual(written)
})

test('a mutation costs what it did: the outbox is read beside it, in rounds, not for each event', async () => {
  const { extension } = listeningExtension({ types: ['customer.merged'] })
  await using gateway = await createTestGateway({ extensions: [extension], background: true })
  await gateway.trellis.background.settle()
  await gateway.data(
    'mutation ($items: [CustomerCreateInput!]!) { customerBulkCreate(input: { items: $items }) { userErrors { message } } }',
    { items: Array.from({ length: 500 }, (_, index) => ({ name: `Customer ${index}` })) },
  )
  const statements = await gateway.statementsOf(() => gateway.trellis.background.settle())
  expect(statements.filter(text => text.includes('OutboxEvent')).length).toBeLessThan(12)
  expect(await gateway.rowsIn('EventDelivery')).toBe(0)
})

import { setTimeout } from 'node:timers/promises'
import { type DataContext, defineExtension, field, type Store } from '@trellis/sdk'
import { createTestGateway, fieldsAt, type TestGateway } from '@trellis/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { createStore, purgeExtension } from '../../src/store/index.ts'

declare module '@trellis/sdk' {
  interface Loaders {
    readonly stars: { of(ids: readonly string[]): Promise<readonly (number | null)[]> }
  }
  interface Services {
    readonly stars: { give(id: string, count: number): Promise<void> }
  }
}

/** Stars that are given to customers, kept without a table. */
const stars = defineExtension({
  name: 'stars',
  version: '1.0.0',
  typeDefs: /* GraphQL */ `
    extend type Customer {
      "Stars."
      stars: Int
    }
    extend type Mutation {
      "Gives stars."
      starsGive("To whom." input: StarsGiveInput!): StarsGivePayload
    }
    "To whom, and how many."
    input StarsGiveInput {
      "The customer."
      id: ID!
      "How many."
      count: Int!
    }
    "What became of it."
    type StarsGivePayload {
      "Why it was refused."
      userErrors: [UserError!]!
    }
  `,
  loaders: {
    stars: ({ store }: DataContext) => ({ of: ids => store.of('Customer').loadMany<number>(ids) }),
  },
  services: {
    stars: ({ store }: DataContext) => ({
      async give(id, count) {
        await store.of('Customer').set(id, count)
        await store.set('last', { id, count })
        if (count > 5) throw new Error('too many stars')
      },
    }),
  },
  fields: {
    Customer: {
      stars: field({
        requires: ['id'],
        batch: (customers, _, { loaders }) => loaders.stars.of(customers.map(({ id }) => id)),
      }),
    },
  },
  resolvers: {
    Mutation: {
      starsGive: async (
        _: unknown,
        { input }: { input: { id: string; count: number } },
        { services }: DataContext,
      ) => {
        await services.stars.give(input.id, input.count)
        return { userErrors: [] }
      },
    },
  },
})

const give = (gateway: TestGateway, id: string, count: number, directive = '') =>
  gateway.ask(
    `mutation ($id: ID!, $count: Int!) ${directive} { starsGive(input: { id: $id, count: $count }) { userErrors { code } } }`,
    { id, count },
  )

const storeOf = ({ trellis }: TestGateway, extension = 'stars'): Store =>
  createStore({ database: trellis.database.session.sql, extension })

test('values about a hundred customers are one statement, as of ten', async () => {
  await using gateway = await createTestGateway({ extensions: [stars] })
  const create = (count: number) =>
    gateway.data(
      'mutation ($items: [CustomerCreateInput!]!) { customerBulkCreate(input: { items: $items }) { results { id } } }',
      { items: Array.from({ length: count }, (_, index) => ({ name: `Customer ${index}` })) },
    )
  const ids = fieldsAt(await create(100), 'customerBulkCreate.results', 'id').map(String)
  await storeOf(gateway)
    .of('Customer')
    .setMany(new Map(ids.map((id, index) => [id, index % 6])))
  const read = (first: number) =>
    gateway.statementsOf(() => gateway.data(`{ customers(first: ${first}) { nodes { stars } } }`))
  await read(10)
  const [ten, hundred] = [await read(10), await read(100)]
  expect([ten.length, hundred.length]).toEqual([2, 2])
  expect(hundred.filter(text => text.includes('ExtensionValue'))).toHaveLength(1)
  const { customers } = await gateway.data('{ customers(first: 100) { nodes { stars } } }')
  const total = fieldsAt({ customers }, 'customers.nodes', 'stars').reduce(
    (sum: number, count) => sum + Number(count),
    0,
  )
  expect(total).toBe(ids.reduce((sum, _, index) => sum + (index % 6), 0))
})

test('inside a mutation they are part of its transaction, and of a dry run', async () => {
  await using gateway = await createTestGateway({ extensions: [stars] })
  const id = await gateway.create('customer', { name: 'Harbor Foods' })
  await give(gateway, id, 3)
  await give(gateway, id, 9)
  await give(gateway, id, 4, '@dryRun')
  const read = await gateway.data('query ($id: ID!) { customer(id: $id) { stars } }', { id })
  expect(read).toEqual({ customer: { stars: 3 } })
  expect(await storeOf(gateway).load('last')).toEqual({
    key: 'last',
    value: { id, count: 3 },
    version: 1,
    updatedAt: expect.any(Date),
  })
  const statements = await gateway.statementsOf(() => give(gateway, id, 5))
  expect(statements.filter(text => text.includes('ExtensionValue'))).toHaveLength(2)
})

test('a value is set, told apart by version, and deleted', async () => {
  await using gateway = await createTestGateway({ extensions: [] })
  const store = storeOf(gateway)
  expect([await store.get('cursor'), await store.load('cursor')]).toEqual([null, null])
  expect([await store.set('cursor', { page: 1 }), await store.set('cursor', ['a', null, true])]).toEqual([
    1, 2,
  ])
  expect(await store.get('cursor')).toEqual(['a', null, true])
  expect(await store.compareAndSet('cursor', 'late', 1)).toBe(false)
  expect(await store.compareAndSet('cursor', 'in time', 2)).toBe(true)
  expect(await store.compareAndSet('cursor', 'second', 0)).toBe(false)
  expect(await store.compareAndSet('other', 'first', 0)).toBe(true)
  expect([await store.get('cursor'), await store.get('other')]).toEqual(['in time', 'first'])
  expect([await store.delete('cursor'), await store.delete('cursor')]).toEqual([true, false])
  expect(await storeOf(gateway, 'another').get('other')).toBeNull()
})

test('of many who count at once, each is counted', async () => {
  await using gateway = await createTestGateway({ extensions: [] })
  const store = storeOf(gateway)
  const count = async (): Promise<void> => {
    const known = await store.load<number>('count')
    const isDone = await store.compareAndSet('count', (known?.value ?? 0) + 1, known?.version ?? 0)
    if (!isDone) await count()
  }
  await Promise.all(Array.from({ length: 20 }, count))
  expect(await store.load('count')).toMatchObject({ value: 20, version: 20 })
})

test('values are listed by prefix, in pages', async () => {
  await using gateway = await createTestGateway({ extensions: [] })
  const store = storeOf(gateway)
  for (const key of ['rate/EUR', 'rate/CHF', 'rate/%', 'rate_x', 'rates', 'Rate/EUR'])
    await store.set(key, key)
  await store.of('Customer', 'rate/of').set('cus_1', 1)
  const first = await store.list('rate/', { first: 2 })
  expect([first.items.map(({ key }) => key), first.endCursor]).toEqual([['rate/%', 'rate/CHF'], 'rate/CHF'])
  const rest = await store.list('rate/', { first: 2, after: first.endCursor })
  expect([rest.items.map(({ key }) => key), rest.endCursor]).toEqual([['rate/EUR'], null])
  expect((await store.list('')).items).toHaveLength(6)
})

test.each([
  ['a key that is empty', (store: Store) => store.set('', 1), 'A key is empty; it has 1 to 200 characters.'],
  [
    'a key that is too long',
    (store: Store) => store.set('k'.repeat(201), 1),
    /has 201 characters; 200 are allowed/,
  ],
  [
    'a value that is too large',
    (store: Store) => store.set('key', 'x'.repeat(65_535)),
    /65537 bytes as JSON; 65536 are/,
  ],
  [
    'a value that is none',
    (store: Store) => store.set('key', undefined),
    /undefined, which JSON does not know/,
  ],
  ['text that is not kept', (store: Store) => store.of('Customer').set('cus_1', 'a\0'), /U\+0000/],
  ['a record without an id', (store: Store) => store.of('Customer').set('', 1), /empty id/],
  ['a page that is too long', (store: Store) => store.list('', { first: 1001 }), /first is 1001; 1 to 1000/],
])('%s is refused', async (_, work, message) => {
  await using gateway = await createTestGateway({ extensions: [] })
  await expect(async () => work(storeOf(gateway))).rejects.toThrow(message)
  expect(await gateway.rowsIn('ExtensionValue')).toBe(0)
})

test('records that are merged keep one value under each key: their own, else the newest', async () => {
  await using gateway = await createTestGateway({ extensions: [] })
  const [winner, old, young] = await Promise.all(
    ['Winner', 'Old', 'Young'].map(name => gateway.create('customer', { name })),
  )
  const store = storeOf(gateway)
  const note = store.of('Customer', 'note')
  await store.of('Customer').setMany(
    new Map([
      [String(winner), 'kept'],
      [String(old), 'lost'],
    ]),
  )
  await note.set(String(old), 'older')
  // The database counts milliseconds.
  await setTimeout(5)
  await note.set(String(young), 'newer')
  await storeOf(gateway, 'another').of('Customer').set(String(old), 'of another')
  await gateway.data(
    'mutation ($input: CustomerMergeInput!) { customerMerge(input: $input) { customer { id } userErrors { message } } }',
    { input: { id: winner, mergedIds: [old, young] } },
  )
  const { rows } = await sql`
    select extension, "entityId", key, value from "ExtensionValue" order by extension, key`.execute(
    gateway.trellis.database.session.sql,
  )
  expect(rows).toEqual([
    { extension: 'another', entityId: winner, key: 'value', value: 'of another' },
    { extension: 'stars', entityId: winner, key: 'note', value: 'newer' },
    { extension: 'stars', entityId: winner, key: 'value', value: 'kept' },
  ])
})

test('a purge takes what the core keeps of one extension, and of no other', async () => {
  await using gateway = await createTestGateway({ extensions: [] })
  for (const name of ['stars', 'another']) {
    await storeOf(gateway, name).set('key', 1)
    await storeOf(gateway, name).of('Customer').set('cus_1', 1)
  }
  await purgeExtension(gateway.trellis.database.session.sql, 'stars')
  expect([await storeOf(gateway).get('key'), await storeOf(gateway, 'another').get('key')]).toEqual([null, 1])
  expect(await gateway.rowsIn('ExtensionValue')).toBe(2)
})

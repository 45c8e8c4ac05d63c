import { codesOf, createTestGateway, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type BulkOptions, type BulkWrites, createBulkWrites, type Item } from './fixtures/bulk-writes.ts'

let gateway: TestGateway
let ask: BulkWrites['ask']
let bulk: BulkWrites['bulk']
beforeAll(async () => {
  gateway = await createTestGateway()
  ;({ ask, bulk } = createBulkWrites(gateway))
})
afterAll(() => gateway[Symbol.asyncDispose]())

const named = (...names: readonly string[]): readonly Item[] => names.map(name => ({ name }))
const read = async (id: unknown, fields: string) =>
  valueAt(await gateway.data(`query ($id: ID!) { customer(id: $id) { ${fields} } }`, { id }), 'customer')

describe('many at once', () => {
  test('are created, changed, deleted and restored, and answered as they are then, in their order', async () => {
    const items = [
      { name: 'One', employeeCount: 7 },
      { name: 'Two', annualRevenue: '10.50', type: 'PARTNER' },
    ]
    const created = await bulk('Create', items, { fields: 'name type annualRevenue version owner { id }' })
    const owner = { id: gateway.userIds.administrator }
    expect(created).toMatchObject({
      statuses: ['CREATED', 'CREATED'],
      records: [
        { name: 'One', type: 'PROSPECT', annualRevenue: null, version: 1, owner },
        { name: 'Two', type: 'PARTNER', annualRevenue: '10.5', version: 1, owner },
      ],
      errors: [],
    })
    const [one, two] = created.ids
    const changes = [
      { id: two, phone: '2', annualRevenue: null },
      { id: one, expectedVersion: 1, name: 'First' },
    ]
    const changed = await bulk('Update', changes, {
      fields: 'id name phone employeeCount annualRevenue version',
    })
    expect(changed).toMatchObject({
      statuses: ['UPDATED', 'UPDATED'],
      records: [
        { id: two, name: 'Two', phone: '2', employeeCount: null, annualRevenue: null, version: 2 },
        { id: one, name: 'First', phone: null, employeeCount: 7, annualRevenue: null, version: 2 },
      ],
    })
    const both = [{ id: one, expectedVersion: 2 }, { id: two }]
    expect(await bulk('Delete', both, { fields: 'deletedAt version' })).toMatchObject({
      statuses: ['DELETED', 'DELETED'],
      records: both.map(() => ({ deletedAt: '2026-03-01T12:00:00.000Z', version: 3 })),
    })
    expect(await bulk('Restore', [{ id: two }, { id: one }], { fields: 'id deletedAt' })).toMatchObject({
      statuses: ['RESTORED', 'RESTORED'],
      records: [
        { id: two, deletedAt: null },
        { id: one, deletedAt: null },
      ],
    })
  })

  test('leave a word of each in the outbox', async () => {
    const before = await gateway.rowsIn('OutboxEvent')
    const { ids } = await bulk('Create', named('Word', 'Words'))
    await bulk(
      'Delete',
      ids.map(id => ({ id })),
    )
    expect(await gateway.rowsIn('OutboxEvent')).toBe(before + 4)
  })

  test('are given to whom their items say, and a reference among them counts as one', async () => {
    const [parentId] = (await bulk('Create', named('Above'))).ids
    const items = [
      { name: 'A', parentId, ownerId: gateway.userIds.agent },
      { name: 'B', parentId },
    ]
    const { records } = await bulk('Create', items, { fields: 'owner { id } parent { name }' })
    expect(records).toEqual([
      { owner: { id: gateway.userIds.agent }, parent: { name: 'Above' } },
      { owner: { id: gateway.userIds.administrator }, parent: { name: 'Above' } },
    ])
  })

  test('do not become parents of each other', async () => {
    const { ids } = await bulk('Create', named('Hen', 'Egg', 'Nest'))
    const [hen, egg, nest] = ids
    const items = [
      { id: hen, parentId: egg },
      { id: egg, parentId: hen },
      { id: nest, parentId: egg },
    ]
    const { statuses, errors } = await bulk('Update', items, { errorPolicy: 'SKIP' })
    expect(statuses).toEqual(['REFUSED', 'REFUSED', 'UPDATED'])
    expect(errors).toEqual(['CYCLE 0.parentId', 'CYCLE 1.parentId'])
  })

  test('have effects of modules each, as one has', async () => {
    const opportunities = await bulk('Create', named('Boxes', 'Crates'), {
      entity: 'opportunity',
      fields: 'stage { code } stageHistory { leftAt }',
    })
    const first = { stage: { code: 'PROSPECTING' }, stageHistory: [{ leftAt: null }] }
    expect(opportunities.records).toEqual([first, first])
  })
})

describe('what is wrong', () => {
  /** Items about three records and one that there is not, of which only the first is right, and what is wrong with the others. */
  async function troubled() {
    const { ids } = await bulk('Create', named('Sound', 'Stale', 'Gone'))
    const [sound, stale, gone] = ids
    await bulk('Delete', [{ id: gone }])
    const items = [
      { id: sound, name: 'Sounder' },
      { id: 'cus_01k0000000e00800000000zzzz' },
      { id: stale, expectedVersion: 7 },
      { id: gone, name: 'Back' },
      { id: sound, name: 'Soundest' },
      { id: stale, parentId: gone },
    ]
    const errors = [
      'NOT_FOUND 1.id',
      'STALE_VERSION 2.expectedVersion',
      'DELETED 3.id',
      'DUPLICATE 4.id',
      'DUPLICATE 5.id',
    ]
    return { sound, items, errors }
  }

  test('is told all at once, and with ABORT nothing is written', async () => {
    const { sound, items, errors } = await troubled()
    const faults = [{ id: await gateway.create('customer', { name: 'x' }), email: 'nobody', foundedYear: 1 }]
    expect(await bulk('Update', [...items, ...faults])).toEqual({
      statuses: [],
      ids: [],
      records: [],
      errors: [...errors, 'OUT_OF_RANGE 6.foundedYear', 'INVALID_FORMAT 6.email'],
    })
    expect(await read(sound, 'name version')).toEqual({ name: 'Sound', version: 1 })
  })

  test('is left out with SKIP, and the others are written', async () => {
    const { sound, items, errors } = await troubled()
    const answer = await bulk('Update', items, { errorPolicy: 'SKIP', fields: 'name' })
    expect(answer).toMatchObject({
      statuses: ['UPDATED', ...errors.map(() => 'REFUSED')],
      records: [{ name: 'Sounder' }, ...errors.map(() => null)],
      errors,
    })
    expect(await read(sound, 'version')).toEqual({ version: 2 })
  })

  test('may be all of it', async () => {
    const before = await gateway.rowsIn('OutboxEvent')
    expect(await bulk('Create', named('', ' '), { errorPolicy: 'SKIP' })).toMatchObject({
      statuses: ['REFUSED', 'REFUSED'],
      records: [null, null],
      errors: ['REQUIRED 0.name', 'REQUIRED 1.name'],
    })
    expect(await gateway.rowsIn('OutboxEvent')).toBe(before)
  })

  test('is also that a record is deleted already, or is not', async () => {
    const { ids } = await bulk('Create', named('Here', 'There'))
    const [here, there] = ids
    await bulk('Delete', [{ id: there }])
    const both = [{ id: here }, { id: there }]
    expect((await bulk('Delete', both)).errors).toEqual(['DELETED 1.id'])
    expect((await bulk('Restore', both)).errors).toEqual(['NOT_DELETED 0.id'])
    expect((await bulk('Restore', both, { errorPolicy: 'SKIP' })).statuses).toEqual(['REFUSED', 'RESTORED'])
    const again = [{ id: here }, { id: here }]
    expect((await bulk('Delete', again)).errors).toEqual(['DUPLICATE 1.id'])
  })

  test('is what has to differ and does not, from the others or from what is stored', async () => {
    const product = (sku: string) => ({ sku, name: sku, price: '1' })
    await gateway.create('product', product('OLD'))
    const create = (errorPolicy: string) =>
      gateway.refusals('productBulkCreate', { items: ['NEW', 'NEW', 'OLD'].map(product), errorPolicy })
    const taken = ['TAKEN input.items.1.sku', 'TAKEN input.items.2.sku']
    expect(await create('ABORT')).toEqual(taken)
    expect(await create('SKIP')).toEqual(taken)
    const answer = await gateway.data('{ products(filter: { sku: { eq: "NEW" } }) { totalCount } }')
    expect(answer).toEqual({ products: { totalCount: 1 } })
  })

  test.each([
    ['no item', 0],
    ['1,001 items', 1001],
  ])('as a whole is %s', async (_, length) => {
    for (const verb of ['Create', 'Update', 'Delete', 'Restore'] as const) {
      const items = Array.from({ length }, () => (verb === 'Create' ? { name: 'x' } : { id: 'x' }))
      expect(codesOf(await ask(verb, items))).toEqual(['BAD_INPUT'])
    }
  })
})

describe('an agent', () => {
  const as = 'agent'

  test('writes own records, and of others is told no more than of none', async () => {
    const [own = ''] = (await bulk('Create', named('Of Ben'), { as })).ids
    const items = [own, await gateway.create('customer', { name: 'Of Ada' })].map(id => ({ id }))
    for (const verb of ['Update', 'Delete', 'Restore'] as const)
      expect(await bulk(verb, items, { as, errorPolicy: 'SKIP' })).toMatchObject({
        records: [{ id: own }, null],
        errors: ['NOT_FOUND 1.id'],
      })
  })

  test('makes none for somebody else, and the others with SKIP', async () => {
    const items = [{ name: 'For Ada', ownerId: gateway.userIds.administrator }, { name: 'For Ben' }]
    expect((await bulk('Create', items, { as })).errors).toEqual(['FORBIDDEN 0'])
    const { statuses, errors } = await bulk('Create', items, { as, errorPolicy: 'SKIP' })
    expect([statuses, errors]).toEqual([['REFUSED', 'CREATED'], ['FORBIDDEN 0']])
  })

  test('who gives records away is told that it was done, and sees them no more', async () => {
    const { ids } = await bulk('Create', named('Given away'), { as })
    const items = ids.map(id => ({ id, ownerId: gateway.userIds.administrator }))
    expect(await bulk('Update', items, { as })).toMatchObject({ statuses: ['UPDATED'], ids, records: [null] })
  })
})

test('a request that comes twice has its effect once, and both are answered alike', async () => {
  const before = await gateway.rowsIn('Customer')
  const send = () =>
    bulk('Create', [...named('Once', 'Twice'), { name: '' }], {
      errorPolicy: 'SKIP',
      fields: 'id name version createdAt',
      headers: { 'idempotency-key': 'bulk' },
    })
  const first = await send()
  expect(first.statuses).toEqual(['CREATED', 'CREATED', 'REFUSED'])
  expect(await send()).toEqual(first)
  expect(await gateway.rowsIn('Customer')).toBe(before + 2)
})

test('a dry run shows the records as they would be, and leaves none', async () => {
  const id = await gateway.create('customer', { name: 'Dry' })
  const before = [await gateway.rowsIn('Customer'), await gateway.rowsIn('OutboxEvent')]
  const dry: BulkOptions = { dryRun: true, fields: 'name version parent { name }' }
  expect((await bulk('Create', [{ name: 'Wet', parentId: id }], dry)).records).toEqual([
    { name: 'Wet', version: 1, parent: { name: 'Dry' } },
  ])
  expect((await bulk('Update', [{ id, name: 'Wet' }], dry)).records).toEqual([
    { name: 'Wet', version: 2, parent: null },
  ])
  expect([await gateway.rowsIn('Customer'), await gateway.rowsIn('OutboxEvent')]).toEqual(before)
  expect(await read(id, 'name version')).toEqual({ name: 'Dry', version: 1 })
})

test('of two who change the same records at once, in whatever order, neither waits for the other forever', async () => {
  const { ids } = await bulk('Create', named('Left', 'Right', 'Middle'))
  const change = (order: readonly string[]) =>
    bulk(
      'Update',
      order.map(id => ({ id, phone: '1' })),
    )
  const changes = await Promise.all([
    change(ids),
    change(ids.toReversed()),
    change(ids),
    change(ids.toReversed()),
  ])
  expect(changes.flatMap(({ errors }) => errors)).toEqual([])
  expect(await read(ids[0], 'version')).toEqual({ version: 5 })
})

import {
  codesOf,
  createTestGateway,
  fieldsAt,
  listAt,
  type TestGateway,
  textAt,
  valueAt,
} from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
let present = new Date('2026-03-01T12:00:00Z')
/** The stage of the default pipeline where opportunities are won; migrations make it. */
let won: string
beforeAll(async () => {
  gateway = await createTestGateway({ now: () => present })
  const answer = await gateway.data('{ pipelineStages(filter: { type: { eq: WON } }) { nodes { id } } }')
  won = textAt(answer, 'pipelineStages.nodes.0.id')
})
afterAll(() => gateway[Symbol.asyncDispose]())

type Item = Readonly<Record<string, unknown>>
interface Bulk {
  readonly entity?: string
  readonly system?: string
  readonly errorPolicy?: 'ABORT' | 'SKIP'
  readonly as?: 'administrator' | 'agent'
}

const ask = (
  items: readonly Item[],
  { entity = 'product', system = 'erp', errorPolicy = 'ABORT', as = 'administrator' }: Bulk = {},
) =>
  gateway.ask(
    `mutation ($input: ${entity.charAt(0).toUpperCase()}${entity.slice(1)}BulkUpsertInput!) {
      bulk: ${entity}BulkUpsert(input: $input) { results { externalId id status } userErrors { code path } }
    }`,
    { input: { system, errorPolicy, items } },
    { as },
  )
async function upsert(items: readonly Item[], bulk?: Bulk) {
  const answer = await ask(items, bulk)
  expect(codesOf(answer)).toEqual([])
  const errors = listAt(answer.data, 'bulk.userErrors')
  return {
    statuses: fieldsAt(answer.data, 'bulk.results', 'status'),
    ids: fieldsAt(answer.data, 'bulk.results', 'id'),
    errors: errors.map(error => `${textAt(error, 'code')} ${listAt(error, 'path').join('.')}`),
  }
}
let serial = 0
const product = (externalId: string, more: Item = {}): Item => ({
  externalId,
  sku: `B-${(serial += 1)}`,
  name: externalId,
  price: '1',
  ...more,
})
const read = async (id: unknown, fields: string) =>
  valueAt(await gateway.data(`query ($id: ID!) { product(id: $id) { ${fields} } }`, { id }), 'product')

test('ABORT writes nothing when one item is refused', async () => {
  const before = await gateway.rowsIn('Product')
  expect(await upsert([product('abort 1'), product('abort 2', { price: '-1' })])).toEqual({
    statuses: [],
    ids: [],
    errors: ['OUT_OF_RANGE input.items.1.price'],
  })
  expect(await gateway.rowsIn('Product')).toBe(before)
})

test('SKIP leaves the refused out and writes the others', async () => {
  const items = [
    product('skip 1'),
    product('skip 2', { price: '-1' }),
    product('skip 3'),
    product('skip 4', { name: null }),
  ]
  const { statuses, ids, errors } = await upsert(items, { errorPolicy: 'SKIP' })
  expect(statuses).toEqual(['CREATED', 'REFUSED', 'CREATED', 'REFUSED'])
  expect(ids.map(id => id === null)).toEqual([false, true, false, true])
  expect(errors).toEqual(['OUT_OF_RANGE input.items.1.price', 'REQUIRED input.items.3.name'])
})

test('an id that is there twice is refused, with SKIP only the second time', async () => {
  const twice = [product('twice'), product('twice')]
  expect((await upsert(twice)).errors).toEqual(['DUPLICATE input.items.1.externalId'])
  expect((await upsert(twice, { errorPolicy: 'SKIP' })).statuses).toEqual(['CREATED', 'REFUSED'])
})

test('what has to differ differs within a bulk, and from what is stored', async () => {
  await upsert([product('taken', { sku: 'TAKEN' })])
  const items = [product('a', { sku: 'SAME' }), product('b', { sku: 'SAME' }), product('c', { sku: 'TAKEN' })]
  const { statuses, errors } = await upsert(items, { errorPolicy: 'SKIP' })
  expect(statuses).toEqual(['CREATED', 'REFUSED', 'REFUSED'])
  expect(errors).toEqual(['TAKEN input.items.1.sku', 'TAKEN input.items.2.sku'])
})

test('values that are taken together are refused by item, those of deleted records included where they stay taken', async () => {
  const pipelineId = await gateway.create('pipeline', { name: 'Bulk' })
  const stage = (externalId: string, code: string) => ({
    externalId,
    pipelineId,
    name: externalId,
    code,
    position: 1,
    probability: 1,
  })
  const errorsOf = async (...items: readonly Item[]) =>
    (await upsert(items, { entity: 'pipelineStage' })).errors
  expect(await errorsOf(stage('s1', 'A'), stage('s2', 'B'))).toEqual([])
  expect(await errorsOf(stage('s3', 'A'), stage('s4', 'C'))).toEqual(['TAKEN input.items.0.code'])
  expect(await errorsOf(stage('s1', 'D'), stage('s2', 'D'))).toEqual(['TAKEN input.items.1.code'])
  expect(await errorsOf(stage('s1', 'B'))).toEqual(['TAKEN input.items.0.code'])

  const { externalId: _, ...input } = stage('gone', 'E')
  const gone = await gateway.create('pipelineStage', input)
  await gateway.refusals('pipelineStageDelete', { id: gone })
  expect(await errorsOf(stage('s5', 'E'))).toEqual(['TAKEN input.items.0.code'])
})

test('many change at once, each to values of its own, digits, dates and texts included', async () => {
  const person = (externalId: string, more: Item) => ({ externalId, lastName: externalId, ...more })
  await upsert([person('p1', {}), person('p2', {}), person('p3', { birthDate: '1969-12-31' })], {
    entity: 'contact',
  })
  const { ids, statuses } = await upsert(
    [
      person('p1', { birthDate: '2000-02-29', doNotCall: true, customFields: { a: [1, '"'] } }),
      person('p2', { birthDate: '1900-01-01', doNotCall: false, customFields: { b: null } }),
      person('p3', { birthDate: null }),
    ],
    { entity: 'contact' },
  )
  expect(statuses).toEqual(['UPDATED', 'UPDATED', 'UPDATED'])
  const answer = await gateway.data(
    'query ($ids: [ID!]!) { contactsByIds(ids: $ids) { birthDate doNotCall customFields version } }',
    { ids },
  )
  expect(valueAt(answer, 'contactsByIds')).toEqual([
    { birthDate: '2000-02-29', doNotCall: true, customFields: { a: [1, '"'] }, version: 2 },
    { birthDate: '1900-01-01', doNotCall: false, customFields: { b: null }, version: 2 },
    { birthDate: null, doNotCall: false, customFields: {}, version: 2 },
  ])
})

test('what an item leaves out stays, and what is new takes the defaults', async () => {
  const { ids } = await upsert([{ ...product('stays'), category: 'GTX' }])
  await upsert([{ externalId: 'stays', name: 'Stays' }])
  expect(await read(ids[0], 'name category price currency isActive version')).toEqual({
    name: 'Stays',
    category: 'GTX',
    price: '1',
    currency: 'USD',
    isActive: true,
    version: 2,
  })
})

test('a record that was deleted is not brought back', async () => {
  const item = product('deleted')
  const { ids } = await upsert([item])
  await gateway.refusals('productDelete', { id: ids[0] })
  const changed = { ...item, name: 'Back again' }
  expect((await upsert([changed])).errors).toEqual(['DELETED input.items.0.externalId'])
  expect((await upsert([changed, product('other')], { errorPolicy: 'SKIP' })).statuses).toEqual([
    'REFUSED',
    'CREATED',
  ])
  expect(await read(ids[0], 'name version')).toEqual({ name: 'deleted', version: 2 })
})

test('a record that was deleted is refused as well when its item is as before', async () => {
  const item = product('deleted and sent again')
  const { ids } = await upsert([item])
  await gateway.refusals('productDelete', { id: ids[0] })
  expect((await upsert([item])).errors).toEqual(['DELETED input.items.0.externalId'])
  expect((await upsert([item], { errorPolicy: 'SKIP' })).statuses).toEqual(['REFUSED'])
})

test('an item that says the same in other words changes nothing, leaves no event, and is remembered', async () => {
  const person = {
    externalId: 'same',
    lastName: 'Same',
    birthDate: '1969-12-31',
    customFields: { a: 1, b: 2 },
  }
  const sale = { externalId: 'same', name: 'Same', stageId: won, closedAt: '2026-02-01T08:00:00+08:00' }
  const first = [
    await upsert([product('same', { sku: 'SAME WORDS', price: '10.5' })]),
    await upsert([person], { entity: 'contact' }),
    await upsert([sale], { entity: 'opportunity' }),
  ]
  const events = await gateway.rowsIn('OutboxEvent')
  const again = [
    await upsert([product('same', { sku: 'SAME WORDS', price: '10.5000', category: null })]),
    await upsert([{ ...person, firstName: null, customFields: { b: 2, a: 1 } }], { entity: 'contact' }),
    await upsert([{ ...sale, closedAt: '2026-02-01T00:00:00.000Z', amount: null }], {
      entity: 'opportunity',
    }),
  ]
  expect(again.map(({ statuses }) => statuses)).toEqual([['UNCHANGED'], ['UNCHANGED'], ['UNCHANGED']])
  expect(again.map(({ ids }) => ids)).toEqual(first.map(({ ids }) => ids))
  expect(await gateway.rowsIn('OutboxEvent')).toBe(events)
  expect(await read(again[0]?.ids[0], 'version')).toEqual({ version: 1 })
})

test('what is found unchanged was synchronised all the same', async () => {
  const item = product('synchronised')
  const { ids } = await upsert([item])
  const lastSynced = async () => read(ids[0], 'externalReferences { lastSyncedAt }')
  present = new Date('2026-03-02T12:00:00Z')
  expect((await upsert([{ ...item, category: null }])).statuses).toEqual(['UNCHANGED'])
  expect(await lastSynced()).toEqual({ externalReferences: [{ lastSyncedAt: present.toISOString() }] })
})

test('what a person changed since is changed back, and says where it came from', async () => {
  const item = product('changed back')
  const { ids } = await upsert([item])
  await gateway.refusals('productUpdate', { id: ids[0], name: 'By hand' })
  expect((await upsert([{ ...item, category: null }])).statuses).toEqual(['UPDATED'])
  expect(await read(ids[0], 'name source version')).toEqual({
    name: 'changed back',
    source: 'erp',
    version: 3,
  })
})

test('who may not write a record may not have it remembered, unchanged or not', async () => {
  const item = product('not yours')
  await upsert([item])
  const answer = await ask([{ ...item, category: null }], { as: 'agent' })
  expect(codesOf(answer)).toEqual(['FORBIDDEN'])
})

test('the ids of one system say nothing in another, nor of another entity', async () => {
  const [one, two] = [await upsert([product('42')]), await upsert([product('42')], { system: 'shop' })]
  const person = await upsert([{ externalId: '42', lastName: 'Adams' }], { entity: 'contact' })
  expect([one.statuses, two.statuses, person.statuses]).toEqual([['CREATED'], ['CREATED'], ['CREATED']])
  expect(new Set([...one.ids, ...two.ids]).size).toBe(2)
})

test('two loads of the same records at once make each record once', async () => {
  const items = Array.from({ length: 30 }, (_, index) => product(`race ${index}`))
  const loads = await Promise.all([upsert(items), upsert(items), upsert(items)])
  expect(loads.map(({ statuses }) => String(statuses[0])).toSorted((a, b) => a.localeCompare(b))).toEqual([
    'CREATED',
    'UNCHANGED',
    'UNCHANGED',
  ])
  expect(loads[1]?.ids).toEqual(loads[0]?.ids)
})

test('a thousand records take as many statements as ten, whichever fields they say', async () => {
  const some = [{ category: 'GTX' }, { description: 'Fast' }]
  const statements = (count: number) =>
    gateway.statementsOf(() =>
      upsert(Array.from({ length: count }, (_, index) => product(`many ${count} ${index}`, some[index % 2]))),
    )
  const [ten, thousand] = [await statements(10), await statements(1000)]
  expect(thousand).toHaveLength(ten.length)
  expect(ten.length).toBeLessThanOrEqual(10)
})

test('a hundred parts take as many statements as ten, new and changed', async () => {
  const productId = await gateway.create('product', { sku: 'PART', name: 'Part', price: '1' })
  const opportunities = await upsert(
    Array.from({ length: 100 }, (_, index) => ({ externalId: `whole ${index}`, name: 'Whole' })),
    { entity: 'opportunity' },
  )
  const statements = (count: number, unitPrice: string) =>
    gateway.statementsOf(() =>
      upsert(
        opportunities.ids.slice(0, count).map((opportunityId, index) => ({
          externalId: `part ${count} ${index}`,
          opportunityId,
          productId,
          unitPrice,
        })),
        { entity: 'opportunityLine' },
      ),
    )
  const created = await statements(10, '1')
  expect(await statements(100, '1')).toHaveLength(created.length)
  const changed = await statements(10, '2')
  expect(await statements(100, '2')).toHaveLength(changed.length)
  expect(created.length).toBeLessThanOrEqual(11)
})

describe('refused as a whole are', () => {
  test.each([
    ['no items', [], {}],
    ['1,001 items', Array.from({ length: 1001 }, (_, index) => ({ externalId: String(index) })), {}],
    ['a system without a name', [{ externalId: '1' }], { system: ' ' }],
    ['a system of 101 characters', [{ externalId: '1' }], { system: 'x'.repeat(101) }],
  ])('%s', async (_, items, bulk) => {
    expect(codesOf(await ask(items, bulk))).toEqual(['BAD_INPUT'])
  })

  test('NUL in an item', async () => {
    expect(codesOf(await ask([product('nul', { name: 'a\0b' })]))).toEqual(['BAD_INPUT'])
  })

  test('an id in another system of no or of 201 characters, by its place', async () => {
    const { errors } = await upsert([product(''), product('x'.repeat(201))])
    expect(errors).toEqual(['TOO_LONG input.items.0.externalId', 'TOO_LONG input.items.1.externalId'])
  })
})

import { createTestGateway, listAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import {
  type BulkOptions,
  type BulkVerb,
  type BulkWrites,
  createBulkWrites,
  type Item,
} from './fixtures/bulk-writes.ts'

let gateway: TestGateway
let bulk: BulkWrites['bulk']
beforeAll(async () => {
  gateway = await createTestGateway()
  ;({ bulk } = createBulkWrites(gateway))
})
afterAll(() => gateway[Symbol.asyncDispose]())

test('an item comes to what it would come to alone', async () => {
  const parentId = await gateway.create('customer', { name: 'Above' })
  const absent = fc.constant(undefined)
  const item = fc.record({
    name: fc.constantFrom('Sound', 'Sound', '', ' '),
    email: fc.oneof(absent, fc.constantFrom(null, 'ada@example.com', 'nobody')),
    foundedYear: fc.oneof(absent, fc.constantFrom(null, 1999, 3)),
    annualRevenue: fc.oneof(absent, fc.constantFrom(null, '10.5')),
    parentId: fc.oneof(absent, fc.constantFrom(null, parentId, 'cus_01k0000000e00800000000zzzz')),
    customFields: fc.oneof(absent, fc.constantFrom({}, { a: [null, '"'] })),
  })
  const fields =
    'name email foundedYear annualRevenue type currency doNotContact parent { id } customFields version'
  const fates = async (verb: 'Create' | 'Update', items: readonly Item[]) => {
    const { records, errors } = await bulk(verb, items, { errorPolicy: 'SKIP', fields })
    const ofItem = (index: number) => errors.filter(error => error.includes(` ${index}.`))
    return items.map((_, index) => [
      records[index],
      ofItem(index).map(error => error.replace(` ${index}.`, ' input.')),
    ])
  }
  const alone = async (verb: 'Create' | 'Update', input: Item) => {
    const answer = await gateway.data(
      `mutation ($input: Customer${verb}Input!) { done: customer${verb}(input: $input) { customer { ${fields} } userErrors { code path } } }`,
      { input },
    )
    const errors = listAt(answer, 'done.userErrors')
    return [
      valueAt(answer, 'done.customer'),
      errors.map(error => `${textAt(error, 'code')} ${listAt(error, 'path').join('.')}`),
    ]
  }
  const oneByOne = async (verb: 'Create' | 'Update', items: readonly Item[]) => {
    const done = []
    for (const one of items) done.push(await alone(verb, one))
    return done
  }
  const items = fc.array(item, { minLength: 2, maxLength: 5 })
  await fc.assert(
    fc.asyncProperty(items, items, async (created, changed) => {
      // That they are alike is not what is compared here.
      const alike = created.map(one => ({ ...one, allowDuplicate: true }))
      expect(await fates('Create', alike)).toEqual(await oneByOne('Create', alike))
      const about = async () => {
        const { ids } = await bulk(
          'Create',
          changed.map(() => ({ name: 'Before', foundedYear: 1900 })),
        )
        return changed.map((change, index) => ({ id: ids[index], ...change }))
      }
      expect(await fates('Update', await about())).toEqual(await oneByOne('Update', await about()))
    }),
    { numRuns: 10 },
  )
})

describe('as many statements for 200 as for 2 take', () => {
  /** Statements for two items, and then for 200. */
  async function compare(
    verb: BulkVerb,
    itemsOf: (count: number) => Item[] | Promise<readonly Item[]>,
    options: BulkOptions = {},
  ) {
    const counts: number[] = []
    for (const count of [2, 200]) {
      const items = await itemsOf(count)
      counts.push((await gateway.statementsOf(() => bulk(verb, items, options))).length)
    }
    return counts
  }

  const optional = ['phone', 'industry', 'taxNumber', 'description', 'website', 'billingCity', 'shippingCity']
  /** Other fields for each of 128 items. */
  const some = (index: number): Item =>
    Object.fromEntries(
      optional.filter((_, place) => (index >> place) % 2 === 0).map(field => [field, 'https://some.example']),
    )
  const items = (count: number, item: (index: number) => Item): Item[] =>
    Array.from({ length: count }, (_, index) => item(index))
  const made = async (count: number): Promise<readonly string[]> =>
    (
      await bulk(
        'Create',
        items(count, index => ({ name: `Many ${index}` })),
      )
    ).ids
  const byId = async (count: number) => (await made(count)).map(id => ({ id }))

  test('customers, no two of which say the same', async () => {
    const parentId = await gateway.create('customer', { name: 'Above' })
    const fresh = (count: number) =>
      items(count, index => ({ name: `Many ${index}`, parentId, allowDuplicate: true, ...some(index) }))
    const changed = async (count: number) =>
      (await made(count)).map((id, index) => ({ id, expectedVersion: 1, parentId, ...some(index) }))
    const deleted = async (count: number) => {
      const gone = await byId(count)
      await bulk('Delete', gone)
      return gone
    }
    // Begin, owner, parent, two for the hierarchy, rows, outbox, commit, records.
    expect(await compare('Create', fresh)).toEqual([10, 10])
    // A lock in the place of the owner.
    expect(await compare('Update', changed)).toEqual([10, 10])
    expect(await compare('Delete', byId)).toEqual([7, 7])
    expect(await compare('Restore', deleted)).toEqual([7, 7])
  })

  test('parts of wholes, and what modules have a say in', async () => {
    const productId = await gateway.create('product', { sku: 'PART', name: 'Part', price: '1' })
    const wholes = await bulk(
      'Create',
      items(200, index => ({ name: `Whole ${index}` })),
      { entity: 'opportunity' },
    )
    const lines = (count: number) =>
      items(count, index => ({
        opportunityId: wholes.ids[index],
        productId,
        unitPrice: '1',
        position: index + 1,
      }))
    const changed = async (count: number) => {
      const { ids } = await bulk('Create', lines(count), { entity: 'opportunityLine' })
      return ids.map((id, index) => ({ id, productId, ...(index % 2 === 0 && { quantity: '2' }) }))
    }
    const entity = 'opportunityLine'
    const [created, updated] = [
      await compare('Create', lines, { entity, fields: 'opportunity { name }' }),
      await compare('Update', changed, { entity }),
    ]
    expect(created).toEqual([9, 9])
    expect(updated).toEqual([7, 7])

    const open = (count: number) => items(count, index => ({ name: `Open ${index}` }))
    const renamed = (count: number) => wholes.ids.slice(0, count).map(id => ({ id, name: 'Renamed' }))
    expect(await compare('Create', open, { entity: 'opportunity' })).toEqual([10, 10])
    expect(await compare('Update', renamed, { entity: 'opportunity' })).toEqual([8, 8])
  })
})

import { type AskOptions, fieldsAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Merging, startMerging } from './fixtures/merging.ts'

type Values = Readonly<Record<string, unknown>>

const agent: AskOptions = { as: 'agent' }
let gateway: TestGateway
let customer: Merging['customer']
let merge: Merging['merge']
let read: Merging['read']
beforeAll(async () => {
  ;({ gateway, customer, merge, read } = await startMerging())
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe('an id of a merged record', () => {
  let winner: string
  let old: readonly string[]
  /** One into another, and that one into a third. */
  beforeAll(async () => {
    const [a, b] = [await customer({ name: 'A' }), await customer({ name: 'B' })]
    winner = await customer({ name: 'C' })
    await gateway.create('contact', { lastName: 'Ada', customerId: winner })
    await merge(b, [a])
    await merge(winner, [b])
    old = [a, b]
  })

  test('leads to the one that stayed, wherever a record is asked for by its id', async () => {
    for (const id of old) {
      const answer = await gateway.data(
        `query ($id: ID!) {
          plain: customer(id: $id) { name }
          tree: customer(id: $id) { id contacts { nodes { lastName customer { name } } } }
          resolved: customer(id: $id) { name loyalty { points } externalReferences { system } }
          many: customersByIds(ids: [$id, $id]) { name }
          node(id: $id) { id }
        }`,
        { id },
      )
      expect(answer).toEqual({
        plain: { name: 'C' },
        tree: { id: winner, contacts: { nodes: [{ lastName: 'Ada', customer: { name: 'C' } }] } },
        resolved: { name: 'C', loyalty: { points: 0 }, externalReferences: [] },
        many: [{ name: 'C' }, { name: 'C' }],
        node: { id: winner },
      })
    }
  })

  test('does so when the database answers alone, as often as it is asked', async () => {
    const query = 'query Answered($id: ID!) { customer(id: $id) { id contacts { nodes { lastName } } } }'
    for (const id of [...old, ...old])
      expect(await gateway.data(query, { id })).toEqual({
        customer: { id: winner, contacts: { nodes: [{ lastName: 'Ada' }] } },
      })
  })

  test('is followed by one statement, and only where nothing was found', async () => {
    const query = 'query ($ids: [ID!]!) { customersByIds(ids: $ids) { id } }'
    const count = async (ids: readonly string[]) =>
      (await gateway.statementsOf(() => gateway.data(query, { ids }))).length
    expect(await count([winner])).toBe(1)
    expect(await count([...old, winner])).toBe(3)
    const single = 'query Once($id: ID!) { customer(id: $id) { name } }'
    const statements = (id: string) => gateway.statementsOf(() => gateway.data(single, { id }))
    await statements(winner)
    expect(await statements(winner)).toHaveLength(1)
  })

  test('may stand where a record is referred to', async () => {
    for (const id of old) {
      const contact = await gateway.create('contact', { lastName: 'Bea', customerId: id })
      const note = await gateway.create('note', { body: 'Old id', targetId: id })
      const answer = await gateway.data(
        'query ($contact: ID!, $note: ID!) { contact(id: $contact) { customer { id } } note(id: $note) { target { id } } }',
        { contact, note },
      )
      expect(answer).toEqual({ contact: { customer: { id: winner } }, note: { target: { id: winner } } })
    }
  })

  test('is refused where the record itself is to be written, with the id to use', async () => {
    const [id] = old
    for (const verb of ['Update', 'Delete', 'Restore'])
      expect(await gateway.refusals(`customer${verb}`, { id })).toEqual(['MERGED input.id'])
    expect(await merge(winner, [String(id)])).toEqual(['MERGED input.mergedIds.0'])
    const answer = await gateway.data(
      'mutation ($id: ID!) { customerUpdate(input: { id: $id, name: "D" }) { userErrors { message } } }',
      { id },
    )
    expect(textAt(answer, 'customerUpdate.userErrors.0.message')).toContain(winner)
  })

  test('is not there for whoever may not see the one that stayed', async () => {
    const [id] = old
    expect(await read(String(id), 'name', agent)).toBeNull()
    expect(await gateway.refusals('customerUpdate', { id }, agent)).toEqual(['NOT_FOUND input.id'])
  })
})

describe('ids of other systems', () => {
  const upsert = async (items: readonly Values[]) => {
    const answer = await gateway.data(
      'mutation ($input: CustomerBulkUpsertInput!) { bulk: customerBulkUpsert(input: $input) { results { id status } userErrors { code path } } }',
      { input: { system: 'erp', errorPolicy: 'SKIP', items } },
    )
    return {
      ids: fieldsAt(answer, 'bulk.results', 'id'),
      statuses: fieldsAt(answer, 'bulk.results', 'status'),
      errors: valueAt(answer, 'bulk.userErrors'),
    }
  }
  const known = [
    { externalId: 'K-1', name: 'Kiefer' },
    { externalId: 'K-2', name: 'Kiefer Works' },
  ]

  test('lead to the record that stayed', async () => {
    const {
      ids: [one, two],
    } = await upsert(known)
    expect(await merge(String(one), [String(two)])).toEqual([])
    expect(await read(String(one), 'externalReferences { externalId }')).toEqual({
      externalReferences: [{ externalId: 'K-1' }, { externalId: 'K-2' }],
    })
    expect(await upsert(known)).toEqual({ ids: [one, one], statuses: ['UNCHANGED', 'UNCHANGED'], errors: [] })
    expect(await upsert([{ externalId: 'K-2', name: 'Kiefer Works AG' }])).toEqual({
      ids: [one],
      statuses: ['UPDATED'],
      errors: [],
    })
    expect(await read(String(one), 'name')).toEqual({ name: 'Kiefer Works AG' })
  })

  test('one bulk does not say two things of one record', async () => {
    const both = known.map(item => ({ ...item, industry: 'wood' }))
    const { statuses, errors } = await upsert(both)
    expect(statuses).toEqual(['UPDATED', 'REFUSED'])
    expect(errors).toEqual([{ code: 'DUPLICATE', path: ['input', 'items', '1', 'externalId'] }])
  })

  test('items that refer to a merged record by its old id change nothing', async () => {
    const [winner, other] = [await customer(), await customer()]
    const bulk = async (more: Values) =>
      gateway.refusals('needBulkUpsert', {
        system: 'erp',
        items: [{ externalId: 'N-1', subject: 'Boxes', customerId: other, ...more }],
      })
    expect(await bulk({})).toEqual([])
    expect(await merge(winner, [other])).toEqual([])
    expect(await bulk({ priority: 'HIGH' })).toEqual([])
    expect(await read(winner, 'needs { nodes { priority } }')).toEqual({
      needs: { nodes: [{ priority: 'HIGH' }] },
    })
  })
})

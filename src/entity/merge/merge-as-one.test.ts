import { type AskOptions, fieldsAt, type TestGateway } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Merging, startMerging } from './fixtures/merging.ts'

const agent: AskOptions = { as: 'agent' }
let gateway: TestGateway
let customer: Merging['customer']
let merge: Merging['merge']
let read: Merging['read']
beforeAll(async () => {
  ;({ gateway, customer, merge, read } = await startMerging())
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe('whoever hears of it', () => {
  test('the outbox and the timeline name the ids, and the row is kept as it was', async () => {
    const [winner, other] = [await customer(), await customer({ name: 'Other', annualRevenue: '7.5' })]
    await merge(winner, [other])
    const { sql: database } = gateway.trellis.database.session
    const { rows: events } =
      await sql`select type, payload from "OutboxEvent" where "entityId" = ${winner} order by id`.execute(
        database,
      )
    expect(events.slice(-1)).toEqual([{ type: 'customer.merged', payload: { mergedIds: [other] } }])
    expect(
      await read(winner, 'timeline(filter: { type: { eq: "customer.merged" } }) { nodes { type data } }'),
    ).toEqual({
      timeline: { nodes: [{ type: 'customer.merged', data: { mergedIds: [other] } }] },
    })
    const { rows: kept } =
      await sql`select "entityType", "mergedIntoId", "mergedById", snapshot->>'name' as name, snapshot->>'annualRevenue' as revenue from "MergedRecord" where id = ${other}`.execute(
        database,
      )
    expect(kept).toEqual([
      {
        entityType: 'Customer',
        mergedIntoId: winner,
        mergedById: gateway.userIds.administrator,
        name: 'Other',
        revenue: '7.5000',
      },
    ])
  })

  test('extensions, in the same transaction', async () => {
    const [winner, other] = [await customer(), await customer()]
    for (const [customerId, points] of [
      [winner, 30],
      [other, 80],
    ] as const)
      await gateway.refusals('loyaltyAdjust', { customerId, points, reason: 'gift' })
    expect(await merge(winner, [other])).toEqual([])
    expect(await read(winner, 'loyalty { points tier }')).toEqual({
      loyalty: { points: 110, tier: 'SILVER' },
    })
  })
})

describe('is refused', () => {
  let winner: string
  let other: string
  beforeAll(async () => {
    ;[winner, other] = [await customer(), await customer()]
  })
  const absent = 'cus_01k0000000e00800000000zzzz'

  test('without ids, with too many, with one twice, with its own, and with one that there is not', async () => {
    expect(await merge(winner, [])).toEqual(['REQUIRED input.mergedIds'])
    expect(
      await merge(
        winner,
        Array.from({ length: 21 }, () => other),
      ),
    ).toEqual(['TOO_LONG input.mergedIds'])
    expect(await merge(winner, [other, other])).toEqual(['DUPLICATE input.mergedIds.1'])
    expect(await merge(winner, [winner])).toEqual(['CONTRADICTION input.mergedIds.0'])
    expect(await merge(absent, [other])).toEqual(['NOT_FOUND input.id'])
    expect(await merge(winner, [other, absent])).toEqual(['NOT_FOUND input.mergedIds.1'])
  })

  test('with deleted records, another version, and fields of nobody', async () => {
    const deleted = await customer()
    await gateway.refusals('customerDelete', { id: deleted })
    expect(await merge(winner, [deleted])).toEqual(['DELETED input.mergedIds.0'])
    expect(await merge(deleted, [winner])).toEqual(['DELETED input.id'])
    expect(await merge(winner, [other], { expectedVersion: 7 })).toEqual([
      'STALE_VERSION input.expectedVersion',
    ])
    const take = [
      { field: 'NAME', from: deleted },
      { field: 'PHONE', from: other },
      { field: 'PHONE', from: winner },
    ]
    expect(await merge(winner, [other], { take })).toEqual([
      'NOT_FOUND input.take.0.from',
      'DUPLICATE input.take.2.field',
    ])
    expect(await read(other, 'id')).toEqual({ id: other })
  })

  test('a dry run shows what would be, and leaves all as it was', async () => {
    const answer = await gateway.data(
      'mutation ($id: ID!, $other: ID!) @dryRun { customerMerge(input: { id: $id, mergedIds: [$other] }) { customer { id version contacts { totalCount } } userErrors { code } } }',
      { id: winner, other },
    )
    expect(answer).toEqual({
      customerMerge: { customer: { id: winner, version: 2, contacts: { totalCount: 0 } }, userErrors: [] },
    })
    expect(await read(other, 'id version')).toEqual({ id: other, version: 1 })
  })
})

describe('an agent', () => {
  test('merges own records, and what others have on them comes along', async () => {
    const [winner, other] = [await customer({}, agent), await customer({}, agent)]
    const parentId = await customer({ name: 'Holding of Ada' })
    await gateway.refusals('customerUpdate', { id: other, parentId })
    const contact = await gateway.create('contact', { lastName: 'Of Ada', customerId: other })
    expect(await merge(winner, [other], {}, agent)).toEqual([])
    const query =
      'query ($id: ID!, $contact: ID!) { customer(id: $id) { parent { id } contacts { totalCount } } contact(id: $contact) { customer { id } } }'
    expect(await gateway.data(query, { id: winner, contact }, agent)).toEqual({
      customer: { parent: null, contacts: { totalCount: 0 } },
      contact: null,
    })
    expect(await gateway.data(query, { id: winner, contact })).toEqual({
      customer: { parent: { id: parentId }, contacts: { totalCount: 1 } },
      contact: { customer: { id: winner } },
    })
    expect(await read(other, 'id', agent)).toEqual({ id: winner })
  })

  test("does not merge what is somebody else's, whichever it is", async () => {
    const [own, another] = [await customer({}, agent), await customer()]
    expect(await merge(own, [another], {}, agent)).toEqual(['NOT_FOUND input.mergedIds.0'])
    expect(await merge(another, [own], {}, agent)).toEqual(['NOT_FOUND input.id'])
  })
})

test('twenty are merged by as many statements as one, whatever hangs on them', async () => {
  const count = async (others: number) => {
    const winner = await customer()
    const ids: string[] = []
    for (let index = 0; index < others; index += 1) {
      const id = await customer()
      await gateway.create('contact', { lastName: 'Ada', customerId: id })
      ids.push(id)
    }
    return (await gateway.statementsOf(() => merge(winner, ids))).length
  }
  expect(await count(20)).toBe(await count(1))
})

test('two who merge the same at once leave one record that all ids lead to', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [a, b, c] = [await customer(), await customer(), await customer()]
    const refusals = await Promise.all([merge(a, [b]), merge(b, [c]), merge(c, [a])])
    expect(refusals.flat().every(refusal => refusal.startsWith('MERGED'))).toBe(true)
    const answer = await gateway.data('query ($ids: [ID!]!) { customersByIds(ids: $ids) { id } }', {
      ids: [a, b, c],
    })
    const living = fieldsAt(answer, 'customersByIds', 'id')
    expect(living).not.toContain(null)
  }
})

test('what is put on a record while it is merged is not lost', async () => {
  for (let round = 0; round < 5; round += 1) {
    const [winner, other] = [await customer(), await customer()]
    const [, refusals] = await Promise.all([
      merge(winner, [other]),
      gateway.refusals('noteCreate', { body: 'Rang.', targetId: other }),
    ])
    expect(refusals).toEqual([])
    expect(await read(winner, 'notes { totalCount }')).toEqual({ notes: { totalCount: 1 } })
  }
})

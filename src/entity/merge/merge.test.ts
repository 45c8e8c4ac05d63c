import { codesOf, type TestGateway, valueAt } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Merging, startMerging } from './fixtures/merging.ts'

type Values = Readonly<Record<string, unknown>>

let gateway: TestGateway
let customer: Merging['customer']
let merge: Merging['merge']
let read: Merging['read']
beforeAll(async () => {
  ;({ gateway, customer, merge, read } = await startMerging())
})
afterAll(() => gateway[Symbol.asyncDispose]())

test('what pointed to the others points to the one that stays', async () => {
  const [winner, other] = [await customer(), await customer()]
  const contact = await gateway.create('contact', { lastName: 'Ada', customerId: other })
  await gateway.create('opportunity', { name: 'Boxes', customerId: other })
  await gateway.create('need', { subject: 'Boxes', customerId: other, contactId: contact })
  await gateway.create('note', { body: 'Rang twice.', targetId: other })
  await gateway.create('customer', { name: 'Daughter', parentId: other })
  const activityId = await gateway.create('activity', { type: 'CALL', subject: 'Rang' })
  await gateway.create('activityTarget', { activityId, targetId: other })

  expect(await merge(winner, [other])).toEqual([])

  expect(
    await read(
      winner,
      `contacts { nodes { lastName version } } opportunities { totalCount } needs { totalCount }
       notes { nodes { body target { id } } } children { nodes { name } } activities { nodes { subject } }`,
    ),
  ).toEqual({
    contacts: { nodes: [{ lastName: 'Ada', version: 2 }] },
    opportunities: { totalCount: 1 },
    needs: { totalCount: 1 },
    notes: { nodes: [{ body: 'Rang twice.', target: { id: winner } }] },
    children: { nodes: [{ name: 'Daughter' }] },
    activities: { nodes: [{ subject: 'Rang' }] },
  })
  expect(
    await gateway.data(
      'query ($id: ID!) { customers(filter: { id: { eq: $id } }, deleted: INCLUDE) { totalCount } }',
      { id: other },
    ),
  ).toEqual({ customers: { totalCount: 0 } })
})

describe('what the record becomes', () => {
  test('blank fields are filled from the others in their order, flags stay on, and what it has it keeps', async () => {
    const winner = await customer({ phone: '1', customFields: { a: 1 } })
    const others = [
      await customer({ name: 'Second', phone: '2', email: 'two@acme.example', customFields: { a: 2, b: 2 } }),
      await customer({
        name: 'Third',
        email: 'three@acme.example',
        industry: 'retail',
        doNotContact: true,
        customFields: { c: 3 },
      }),
    ]
    expect(await merge(winner, others)).toEqual([])
    expect(await read(winner, 'name phone email industry doNotContact customFields version')).toEqual({
      name: 'Acme',
      phone: '1',
      email: 'two@acme.example',
      industry: 'retail',
      doNotContact: true,
      customFields: { a: 1, b: 2, c: 3 },
      version: 2,
    })
  })

  test('`take` says otherwise', async () => {
    const winner = await customer({ phone: '1' })
    const other = await customer({ name: 'Second', phone: '2', doNotContact: true, customFields: { b: 1 } })
    const take = [
      { field: 'NAME', from: other },
      { field: 'PHONE', from: winner },
      { field: 'DO_NOT_CONTACT', from: winner },
      { field: 'CUSTOM_FIELDS', from: winner },
    ]
    expect(await merge(winner, [other], { take })).toEqual([])
    expect(await read(winner, 'name phone doNotContact customFields')).toEqual({
      name: 'Second',
      phone: '1',
      doNotContact: false,
      customFields: {},
    })
  })

  test('an amount comes with its currency, or not at all', async () => {
    const figures = async (
      own: Values,
      others: Values,
      take: (other: string) => readonly Values[] = () => [],
    ) => {
      const [winner, other] = [await customer(own), await customer(others)]
      const refusals = await merge(winner, [other], { take: take(other) })
      return refusals.length > 0 ? refusals : read(winner, 'annualRevenue currency')
    }
    const euros = { annualRevenue: '5', currency: 'EUR' }
    expect(await figures({}, euros)).toEqual(euros)
    expect(await figures({ annualRevenue: '7' }, euros)).toEqual({ annualRevenue: '7', currency: 'USD' })
    const takeAmount = (from: string) => [{ field: 'ANNUAL_REVENUE', from }]
    expect(await figures({ annualRevenue: '7' }, euros, takeAmount)).toEqual(euros)
    const takeCurrency = (from: string) => [{ field: 'CURRENCY', from }]
    expect(await figures({ annualRevenue: '7' }, euros, takeCurrency)).toEqual(['CONTRADICTION input.take.0'])
    expect(await figures({}, { annualRevenue: null, currency: 'EUR' }, takeCurrency)).toEqual({
      annualRevenue: null,
      currency: 'EUR',
    })
  })

  test('what becomes of it keeps to its rules, and nothing is written otherwise', async () => {
    const [winner, other] = [await customer(), await customer({ name: 'Other' })]
    await sql`update "Customer" set name = ' ' where id = ${other}`.execute(
      gateway.trellis.database.session.sql,
    )
    expect(await merge(winner, [other], { take: [{ field: 'NAME', from: other }] })).toEqual([
      'REQUIRED input.name',
    ])
    expect(await read(other, 'id')).toEqual({ id: other })
  })
})

describe('of rows that would be alike, one is enough', () => {
  test('the one of the record that stays, or else the first', async () => {
    const [winner, one, two] = [await customer(), await customer(), await customer()]
    const tag = await gateway.create('tag', { name: 'vip' })
    const segment = await gateway.create('segment', { name: 'Key accounts' })
    const kept = await gateway.create('tagging', { tagId: tag, targetId: winner })
    for (const targetId of [one, two]) await gateway.create('tagging', { tagId: tag, targetId })
    for (const customerId of [two, one])
      await gateway.create('segmentMember', { segmentId: segment, customerId })
    expect(await merge(winner, [one, two])).toEqual([])
    const answer = await gateway.data(
      'query ($id: ID!) { customer(id: $id) { tags { nodes { name } } segmentMemberships { totalCount } } taggings { nodes { id } }  gone: taggings(deleted: ONLY) { totalCount } }',
      { id: winner },
    )
    expect(answer).toEqual({
      customer: { tags: { nodes: [{ name: 'vip' }] }, segmentMemberships: { totalCount: 1 } },
      taggings: { nodes: [{ id: kept }] },
      gone: { totalCount: 2 },
    })
  })

  test('of people on an opportunity and in a campaign, too', async () => {
    const [winner, other] = [
      await gateway.create('contact', { lastName: 'Ada' }),
      await gateway.create('contact', { lastName: 'Ada L.' }),
    ]
    const opportunityId = await gateway.create('opportunity', { name: 'Boxes' })
    const campaignId = await gateway.create('campaign', { name: 'Fair' })
    for (const contactId of [winner, other]) {
      await gateway.create('opportunityContact', { opportunityId, contactId, role: 'CHAMPION' })
      await gateway.create('campaignMember', { campaignId, contactId })
    }
    expect(await gateway.refusals('contactMerge', { id: winner, mergedIds: [other] })).toEqual([])
    const answer = await gateway.data(
      'query ($id: ID!) { contact(id: $id) { opportunityRoles { totalCount } campaignMemberships { totalCount } } }',
      { id: winner },
    )
    expect(answer).toEqual({
      contact: { opportunityRoles: { totalCount: 1 }, campaignMemberships: { totalCount: 1 } },
    })
  })
})

describe('the hierarchy', () => {
  const parentOf = async (id: string) => valueAt(await read(id, 'parent { id }'), 'parent.id')

  test('a company that is merged with its parent takes the place of the parent', async () => {
    const top = await customer()
    const middle = await customer({ parentId: top })
    const bottom = await customer({ parentId: middle })
    expect(await merge(bottom, [middle])).toEqual([])
    expect(await parentOf(bottom)).toBe(top)
  })

  test('what lay between two that become one comes to lie below', async () => {
    const top = await customer()
    const upper = await customer({ parentId: top })
    const between = await customer({ parentId: upper })
    const lower = await customer({ parentId: between })
    expect(await merge(lower, [upper])).toEqual([])
    expect(await parentOf(lower)).toBe(top)
    expect(await parentOf(between)).toBe(lower)
  })

  test('a place that would put it above itself is not taken over', async () => {
    const winner = await customer()
    const below = await customer({ parentId: winner })
    const other = await customer({ parentId: below })
    const take = [{ field: 'PARENT', from: other }]
    expect(await merge(winner, [other], { take })).toEqual(['CYCLE input.take.0.from'])
    expect(await merge(winner, [other])).toEqual([])
    expect(await parentOf(winner)).toBeUndefined()
  })
})

test('a lead is merged, but not one that was converted into one that was not', async () => {
  const lead = () => gateway.create('lead', { company: 'Acme', lastName: 'Ada' })
  const [winner, other] = [await lead(), await lead()]
  const mergeLeads = (id: string, mergedIds: readonly string[]) =>
    gateway.refusals('leadMerge', { id, mergedIds })
  expect(await mergeLeads(winner, [other])).toEqual([])
  const converted = await lead()
  await sql`update "Lead" set status = 'CONVERTED', "convertedAt" = now() where id = ${converted}`.execute(
    gateway.trellis.database.session.sql,
  )
  expect(await mergeLeads(winner, [converted])).toEqual(['CONTRADICTION input.mergedIds'])
  const full = await gateway.create('lead', { company: 'Acme', lastName: 'Ada', phone: '12345678' })
  const take = [{ field: 'PHONE', from: full }]
  expect(await gateway.refusals('leadMerge', { id: converted, mergedIds: [full], take })).toEqual([
    'CONVERTED input.id',
  ])
  expect(await mergeLeads(converted, [full, winner])).toEqual([])
  const answer = await gateway.data('query ($id: ID!) { lead(id: $id) { id status phone version } }', {
    id: winner,
  })
  // What it was when it was converted, it stays.
  expect(answer).toEqual({ lead: { id: converted, status: 'CONVERTED', phone: null, version: 2 } })
})

test('is there for entities that are mergeable, and for no other', async () => {
  const answer = await gateway.ask(
    'mutation { productMerge(input: { id: "a", mergedIds: ["b"] }) { userErrors { code } } }',
  )
  expect(codesOf(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED'])
})

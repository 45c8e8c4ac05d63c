import {
  type AskOptions,
  codesOf,
  createTestGateway,
  fieldsAt,
  type TestGateway,
  textAt,
  valueAt,
} from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

type Values = Readonly<Record<string, unknown>>

const agent: AskOptions = { as: 'agent' }
const customer = (more: Values = {}, options?: AskOptions) =>
  gateway.create('customer', { name: 'Acme', ...more }, options)
const merge = (id: string, mergedIds: readonly string[], more: Values = {}, options?: AskOptions) =>
  gateway.refusals('customerMerge', { id, mergedIds, ...more }, options)
const read = async (id: string, fields: string, options?: AskOptions) =>
  valueAt(
    await gateway.data(`query ($id: ID!) { customer(id: $id) { ${fields} } }`, { id }, options),
    'customer',
  )

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
})

test('is there for entities that are mergeable, and for no other', async () => {
  const answer = await gateway.ask(
    'mutation { productMerge(input: { id: "a", mergedIds: ["b"] }) { userErrors { code } } }',
  )
  expect(codesOf(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED'])
})

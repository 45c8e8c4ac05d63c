import { defineExtension } from '@trellis/sdk'
import { codesOf, createTestGateway, fieldsAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
let campaignId: string
beforeAll(async () => {
  gateway = await createTestGateway()
  campaignId = await gateway.create('campaign', { name: 'Fair' })
})
afterAll(() => gateway[Symbol.asyncDispose]())

type Values = Readonly<Record<string, unknown>>

const lead = (input: Values = {}) => gateway.create('lead', { lastName: 'Lead', ...input })
const contact = (input: Values = {}) => gateway.create('contact', { lastName: 'Contact', ...input })
const member = (input: Values) => gateway.create('campaignMember', { campaignId, ...input })
const refused = (input: Values) => gateway.refusals('campaignMemberCreate', { campaignId, ...input })
const update = (id: string, input: Values) => gateway.refusals('campaignMemberUpdate', { id, ...input })
const read = async (id: string) =>
  valueAt(
    await gateway.data('query ($id: ID!) { campaignMember(id: $id) { status respondedAt } }', { id }),
    'campaignMember',
  )
const now = '2026-03-01T12:00:00.000Z'
const absent = (prefix: string) => `${prefix}_01k0000000e00800000000zzzz`

describe('a member', () => {
  test('stands for a lead or a contact, and for one of them', async () => {
    expect(await refused({})).toEqual(['REQUIRED input.contactId'])
    expect(await refused({ leadId: await lead(), contactId: await contact() })).toEqual([
      'CONTRADICTION input.contactId',
    ])
    expect(await refused({ leadId: absent('led') })).toEqual(['NOT_FOUND input.leadId'])
  })

  test('is addressed once, unless the first membership was deleted', async () => {
    const [leadId, contactId] = [await lead(), await contact()]
    const first = await member({ leadId })
    await member({ contactId })
    expect(await refused({ leadId })).toEqual(['TAKEN input.leadId'])
    expect(await refused({ contactId })).toEqual(['TAKEN input.contactId'])
    await gateway.refusals('campaignMemberDelete', { id: first })
    const second = await member({ leadId })
    expect(await gateway.refusals('campaignMemberRestore', { id: first })).toEqual(['TAKEN input.id'])
    await gateway.refusals('campaignMemberDelete', { id: second })
    expect(await gateway.refusals('campaignMemberRestore', { id: first })).toEqual([])
    const answer = await gateway.data(
      `mutation ($items: [CampaignMemberUpsertItem!]!) { done: campaignMemberBulkUpsert(input: { system: "erp", items: $items }) { userErrors { code path } } }`,
      { items: ['1', '2'].map(externalId => ({ externalId, campaignId, contactId: absent('con') })) },
    )
    expect(fieldsAt(answer, 'done.userErrors', 'code')).toEqual(['NOT_FOUND', 'NOT_FOUND'])
    const twice = await contact()
    const doubled = await gateway.data(
      `mutation ($items: [CampaignMemberUpsertItem!]!) { done: campaignMemberBulkUpsert(input: { system: "erp", items: $items }) { userErrors { code path } } }`,
      { items: ['1', '2'].map(externalId => ({ externalId, campaignId, contactId: twice })) },
    )
    expect(valueAt(doubled, 'done.userErrors')).toEqual([
      { code: 'TAKEN', path: ['input', 'items', '1', 'contactId'] },
    ])
  })

  test('is no lead that was converted, whose contact takes its place', async () => {
    const leadId = await lead()
    await gateway.refusals('leadConvert', { id: leadId })
    expect(await refused({ leadId })).toEqual(['CONVERTED input.leadId'])
  })

  test('responded when its status says so, now unless it says when', async () => {
    const id = await member({ contactId: await contact() })
    expect(await read(id)).toEqual({ status: 'PLANNED', respondedAt: null })
    await update(id, { status: 'CLICKED' })
    expect(await read(id)).toEqual({ status: 'CLICKED', respondedAt: null })
    await update(id, { status: 'RESPONDED' })
    expect(await read(id)).toEqual({ status: 'RESPONDED', respondedAt: now })
    await update(id, { status: 'OPTED_OUT' })
    expect(await read(id)).toEqual({ status: 'OPTED_OUT', respondedAt: now })
    const said = '2026-02-01T00:00:00.000Z'
    for (const status of ['RESPONDED', 'CONVERTED'])
      expect(await read(await member({ contactId: await contact(), status, respondedAt: said }))).toEqual({
        status,
        respondedAt: said,
      })
    expect(await update(id, { status: 'RESPONDED', respondedAt: null })).toEqual([
      'CONTRADICTION input.respondedAt',
    ])
    expect(await update(id, { status: 'SENT', respondedAt: null })).toEqual([])
    expect(await update(id, { respondedAt: '2026-03-01T12:00:00.001Z' })).toEqual([
      'OUT_OF_RANGE input.respondedAt',
    ])
  })

  test('is not planned for who asked for none of that', async () => {
    const mails = await gateway.create('campaign', { name: 'Mails', type: 'NEWSLETTER' })
    const calls = await gateway.create('campaign', { name: 'Calls', type: 'TELEMARKETING' })
    const noMails = await contact({ emailOptOut: true })
    const noCalls = await lead({ doNotCall: true })
    expect(await refused({ campaignId: mails, contactId: noMails })).toEqual(['OPTED_OUT input.contactId'])
    expect(await refused({ campaignId: calls, leadId: noCalls })).toEqual(['OPTED_OUT input.leadId'])
    await member({ campaignId: calls, contactId: noMails })
    await member({ campaignId: mails, leadId: noCalls })
    // What was, was.
    const id = await member({ campaignId: mails, contactId: noMails, status: 'SENT' })
    expect(await update(id, { status: 'PLANNED' })).toEqual(['OPTED_OUT input.status'])
    expect(await update(id, { status: 'OPTED_OUT' })).toEqual([])
  })
})

describe('members are added in numbers', () => {
  const add = async (input: Values) =>
    valueAt(
      await gateway.data(
        `mutation ($input: CampaignMembersAddInput!) { done: campaignMembersAdd(input: $input) {
          campaign { members { totalCount } } results { id status } userErrors { code path }
        } }`,
        { input },
      ),
      'done',
    )
  const make = (name: string, input: Values = {}) => gateway.create('campaign', { name, ...input })

  test('those who are there stay as they are, those who opted out are left out, and the rest are planned', async () => {
    const id = await make('Letters', { type: 'EMAIL' })
    const [old, new_, out, leadId] = [
      await contact(),
      await contact(),
      await contact({ emailOptOut: true }),
      await lead({ doNotCall: true }),
    ]
    await gateway.create('campaignMember', { campaignId: id, contactId: old, status: 'RESPONDED' })
    expect(await add({ campaignId: id, contactIds: [old, new_, out, new_], leadIds: [leadId] })).toEqual({
      campaign: { members: { totalCount: 3 } },
      results: [
        { id: old, status: 'ALREADY_MEMBER' },
        { id: new_, status: 'ADDED' },
        { id: out, status: 'OPTED_OUT' },
        { id: new_, status: 'ALREADY_MEMBER' },
        { id: leadId, status: 'ADDED' },
      ],
      userErrors: [],
    })
    const answer = await gateway.data(
      'query ($id: ID!) { campaign(id: $id) { members { nodes { id status createdBy { id } } } } }',
      { id },
    )
    const statuses = fieldsAt(answer, 'campaign.members.nodes', 'status').map(String)
    expect(statuses.filter(status => status === 'PLANNED')).toHaveLength(2)
    expect(statuses.filter(status => status === 'RESPONDED')).toHaveLength(1)
    const ids = fieldsAt(answer, 'campaign.members.nodes', 'id').map(String)
    const { rows } = await sql<{ type: string }>`
      select type from "OutboxEvent" where "entityId" = any(${ids})`.execute(
      gateway.trellis.database.session.sql,
    )
    expect(rows.map(({ type }) => type)).toEqual(Array.from({ length: 3 }, () => 'campaignMember.created'))
  })

  test('again adds nobody, and at once adds nobody twice', async () => {
    const id = await make('Again')
    const contactIds = [await contact(), await contact()]
    const added = await Promise.all([1, 2, 3].map(() => add({ campaignId: id, contactIds })))
    expect(added.flatMap(answer => fieldsAt(answer, 'results', 'status').map(String)).toSorted()).toEqual([
      ...['ADDED', 'ADDED'],
      ...Array.from({ length: 4 }, () => 'ALREADY_MEMBER'),
    ])
    const statuses = fieldsAt(await add({ campaignId: id, contactIds }), 'results', 'status')
    expect(statuses).toEqual(['ALREADY_MEMBER', 'ALREADY_MEMBER'])
    const answer = await gateway.data('query ($id: ID!) { campaign(id: $id) { members { totalCount } } }', {
      id,
    })
    expect(answer).toEqual({ campaign: { members: { totalCount: 2 } } })
  })

  test('none of them, if one cannot be found or is converted', async () => {
    const id = await make('None')
    const converted = await lead()
    await gateway.refusals('leadConvert', { id: converted })
    const gone = await contact()
    await gateway.refusals('contactDelete', { id: gone })
    const input = { contactIds: [await contact(), gone, converted], leadIds: [absent('led'), converted] }
    expect(await gateway.refusals('campaignMembersAdd', { campaignId: id, ...input })).toEqual([
      'NOT_FOUND input.contactIds.1',
      'NOT_FOUND input.contactIds.2',
      'NOT_FOUND input.leadIds.0',
      'CONVERTED input.leadIds.1',
    ])
    expect(await add({ campaignId: absent('cam'), contactIds: [gone] })).toEqual({
      campaign: null,
      results: [],
      userErrors: [{ code: 'NOT_FOUND', path: ['input', 'campaignId'] }],
    })
    const answer = await gateway.data('query ($id: ID!) { campaign(id: $id) { members { totalCount } } }', {
      id,
    })
    expect(answer).toEqual({ campaign: { members: { totalCount: 0 } } })
  })

  test('1 to 1,000 of them, in as many statements', async () => {
    const id = await make('Many')
    const tooMany = Array.from({ length: 600 }, () => absent('con'))
    const ask = (input: Values) =>
      gateway.ask(
        'mutation ($input: CampaignMembersAddInput!) { campaignMembersAdd(input: $input) { userErrors { code } } }',
        { input: { campaignId: id, ...input } },
      )
    expect(codesOf(await ask({ contactIds: tooMany, leadIds: tooMany }))).toEqual(['BAD_INPUT'])
    expect(codesOf(await ask({}))).toEqual(['BAD_INPUT'])

    const upserted = await gateway.data(
      'mutation ($items: [ContactUpsertItem!]!) { done: contactBulkUpsert(input: { system: "many", items: $items }) { results { id } } }',
      { items: Array.from({ length: 1000 }, (_, index) => ({ externalId: `${index}`, lastName: 'Many' })) },
    )
    const contactIds = fieldsAt(upserted, 'done.results', 'id')
    const statements = (count: number) =>
      gateway.statementsOf(() => ask({ contactIds: contactIds.slice(0, count) }))
    const few = await statements(2)
    expect(await statements(1000)).toHaveLength(few.length)
    expect(textAt(await add({ campaignId: id, contactIds: contactIds.slice(-1) }), 'results.0.status')).toBe(
      'ALREADY_MEMBER',
    )
  })

  test("are none when an extension's check refuses one", async () => {
    const picky = defineExtension({
      name: 'picky',
      version: '1.0.0',
      scopes: ['campaignMember:read', 'contact:read'],
      typeDefs: 'extend type Query { "Nothing." pickyNothing: Int }',
      resolvers: { Query: { pickyNothing: () => 0 } },
      checks: {
        CampaignMember: async (changes, { loaders }) => {
          const contacts = await loaders.contacts.byId.loadMany(
            changes.map(({ values }) => values.contactId ?? ''),
          )
          return changes.flatMap(({ path }, index) =>
            contacts[index]?.lastName === 'Nobody' ? [{ code: 'PICKY', message: 'Nobody.', path }] : [],
          )
        },
      },
    })
    await using other = await createTestGateway({ extensions: [picky] })
    const id = await other.create('campaign', { name: 'Picked' })
    const somebody = await other.create('contact', { lastName: 'Somebody' })
    const nobody = await other.create('contact', { lastName: 'Nobody' })
    expect(
      await other.refusals('campaignMembersAdd', { campaignId: id, contactIds: [somebody, nobody] }),
    ).toEqual(['PICKY input.contactIds.1'])
    expect(await other.rowsIn('CampaignMember')).toBe(0)
    expect(await other.refusals('campaignMembersAdd', { campaignId: id, contactIds: [somebody] })).toEqual([])
    expect(await other.rowsIn('CampaignMember')).toBe(1)
  })
})

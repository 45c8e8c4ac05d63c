import { createTestGateway, fieldsAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { hangOn } from './fixtures/hang-on.ts'

let gateway: TestGateway
let tags: readonly string[]
let campaigns: readonly string[]
beforeAll(async () => {
  gateway = await createTestGateway()
  const names = ['one', 'two', 'three']
  tags = await Promise.all(names.map(name => gateway.create('tag', { name })))
  campaigns = await Promise.all(names.map(name => gateway.create('campaign', { name })))
})
afterAll(() => gateway[Symbol.asyncDispose]())

const few = fc.integer({ min: 0, max: 3 })
/** What hangs on a lead, what hangs on its contact already, and how it is converted. */
const story = fc.record({
  hung: fc.record({ activities: few, notes: few, attachments: few, tags: few, campaigns: few }),
  hasPerson: fc.boolean(),
  /** What a contact that is there has of it. */
  contact: fc.option(fc.record({ tags: few, campaigns: few })),
  wantsOpportunity: fc.boolean(),
  atOnce: fc.integer({ min: 1, max: 3 }),
  later: fc.integer({ min: 0, max: 2 }),
})

const ids = 'lead { id } customer { id } contact { id } opportunity { id }'
const on = 'activities { totalCount } notes { totalCount } attachments { totalCount } tags { totalCount }'
/** What hangs on whatever this is the answer of. */
const countsOn = (answer: unknown) =>
  ['activities', 'notes', 'attachments', 'tags'].map(name => valueAt(answer, `${name}.totalCount`))

/** Ids of rows that point nowhere, or twice to the same. */
async function orphans(): Promise<readonly unknown[]> {
  const there = ['Lead', 'Customer', 'Contact', 'Opportunity', 'Campaign']
    .map(table => `select id from "${table}"`)
    .join(' union all ')
  const hanging = ['Note', 'Attachment', 'Tagging', 'ActivityTarget', 'TimelineEvent']
    .map(table => `select id, "targetId" from "${table}"`)
    .join(' union all ')
  const { rows } = await sql
    .raw(`
      select id from (${hanging}) as hanging where "targetId" not in (${there})
      union all select max(id) from "ActivityAttendee" group by "activityId", "contactId" having "contactId" is not null and count(*) > 1
      union all select id from "CampaignMember" where num_nonnulls("leadId", "contactId") <> 1`)
    .execute(gateway.trellis.database.session.sql)
  return rows
}

test('however leads are converted, each becomes one of each, and nothing that hangs on it is lost', async () => {
  await fc.assert(
    fc.asyncProperty(story, async ({ hung, hasPerson, contact, wantsOpportunity, atOnce, later }) => {
      const person = hasPerson ? { firstName: 'Ada', lastName: 'King' } : {}
      const id = await gateway.create('lead', { company: 'Engines', ...person })
      await hangOn(gateway, id, hung, { tags, campaigns })
      const contactId = contact && (await gateway.create('contact', { lastName: 'King' }))
      if (contact && contactId) {
        for (const tagId of tags.slice(0, contact.tags))
          await gateway.create('tagging', { targetId: contactId, tagId })
        for (const campaignId of campaigns.slice(0, contact.campaigns))
          await gateway.create('campaignMember', { campaignId, contactId })
      }
      const tables = [
        'Customer',
        'Contact',
        'Opportunity',
        'Note',
        'Attachment',
        'Activity',
        'ActivityAttendee',
      ]
      const rowsBefore = await Promise.all(tables.map(table => gateway.rowsIn(table)))

      const convert = async () =>
        valueAt(
          await gateway.data(
            `mutation ($input: LeadConvertInput!) { done: leadConvert(input: $input) { ${ids} userErrors { message } } }`,
            { input: { id, createOpportunity: wantsOpportunity, ...(contactId && { contactId }) } },
          ),
          'done',
        )
      const answers = await Promise.all(Array.from({ length: atOnce }, convert))
      for (let again = 0; again < later; again += 1) answers.push(await convert())

      // One of each, and the same for everybody.
      for (const answer of answers) expect(answer).toEqual(answers[0])
      const rowsAfter = await Promise.all(tables.map(table => gateway.rowsIn(table)))
      const made = rowsAfter.map((count, index) => count - (rowsBefore[index] ?? 0))
      expect(made).toEqual([1, hasPerson && !contactId ? 1 : 0, wantsOpportunity ? 1 : 0, 0, 0, 0, 0])

      // All of it, once.
      const heir = textAt(answers[0], hasPerson || contactId ? 'contact.id' : 'customer.id')
      const opportunityId = wantsOpportunity ? textAt(answers[0], 'opportunity.id') : null
      const answer = await gateway.data(
        `query ($heir: ID!, $id: ID!, $opportunityId: ID!) {
          heir: node(id: $heir) { ... on Target { ${on} } ... on Contact { campaignMemberships { nodes { campaign { name } } } } }
          lead(id: $id) { ${on} campaignMemberships { totalCount nodes { campaign { name } } } }
          opportunity(id: $opportunityId) { activities { totalCount } }
        }`,
        { heir, id, opportunityId: opportunityId ?? '' },
      )
      const allTags = Math.max(hung.tags, contact?.tags ?? 0)
      expect(countsOn(valueAt(answer, 'heir'))).toEqual([
        hung.activities,
        hung.notes,
        hung.attachments,
        allTags,
      ])
      expect(countsOn(valueAt(answer, 'lead'))).toEqual([hung.activities, 0, 0, hung.tags])
      const ofOpportunity = opportunityId ? hung.activities : undefined
      expect(valueAt(answer, 'opportunity.activities.totalCount') ?? undefined).toBe(ofOpportunity)
      const isContact = heir.startsWith('con')
      const memberships = fieldsAt(
        answer,
        isContact ? 'heir.campaignMemberships.nodes' : 'lead.campaignMemberships.nodes',
        'campaign',
      )
      expect(memberships).toHaveLength(Math.max(hung.campaigns, isContact ? (contact?.campaigns ?? 0) : 0))
      expect(await orphans()).toEqual([])
    }),
    { numRuns: 8 },
  )
})

test('leads that come to the same contact at once share what they have in common', async () => {
  const contactId = await gateway.create('contact', { lastName: 'King' })
  const leads = await Promise.all(
    Array.from({ length: 3 }, () => gateway.create('lead', { lastName: 'King', company: 'Engines' })),
  )
  const hung = { activities: 0, notes: 1, attachments: 1, tags: 3, campaigns: 3 }
  for (const id of leads) await hangOn(gateway, id, hung, { tags, campaigns })
  const activityId = await gateway.create('activity', { type: 'MEETING', subject: 'With all' })
  for (const targetId of leads) await gateway.create('activityTarget', { activityId, targetId })

  const refusals = await Promise.all(
    leads.map(id => gateway.refusals('leadConvert', { id, contactId, createOpportunity: false })),
  )
  expect(refusals).toEqual([[], [], []])
  const answer = await gateway.data(
    `query ($id: ID!) { contact(id: $id) { ${on} customer { id } campaignMemberships { totalCount } } }`,
    { id: contactId },
  )
  expect(countsOn(valueAt(answer, 'contact'))).toEqual([1, 3, 3, 3])
  expect(valueAt(answer, 'contact.campaignMemberships.totalCount')).toBe(3)
  // The first makes the customer, the others come to it.
  const became = await gateway.data(
    'query ($ids: [ID!]!) { leadsByIds(ids: $ids) { convertedCustomer { id } } }',
    { ids: leads },
  )
  const customer = valueAt(answer, 'contact.customer')
  expect(fieldsAt(became, 'leadsByIds', 'convertedCustomer')).toEqual([customer, customer, customer])
})

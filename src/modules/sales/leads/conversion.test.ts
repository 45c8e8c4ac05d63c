import {
  type AskOptions,
  codesOf,
  createTestGateway,
  fieldsAt,
  listAt,
  type TestGateway,
  textAt,
  valueAt,
} from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { hangOn } from './fixtures/hang-on.ts'
import { onceOnly } from './fixtures/once-only.ts'

let gateway: TestGateway
let tags: readonly string[]
let campaigns: readonly string[]
beforeAll(async () => {
  gateway = await createTestGateway()
  tags = [await gateway.create('tag', { name: 'a' }), await gateway.create('tag', { name: 'b' })]
  campaigns = [
    await gateway.create('campaign', { name: 'Fair' }),
    await gateway.create('campaign', { name: 'Letter' }),
  ]
})
afterAll(() => gateway[Symbol.asyncDispose]())

type Values = Readonly<Record<string, unknown>>

const create = (input: Values, options?: AskOptions) =>
  gateway.create('lead', { firstName: 'Ada', lastName: 'King', company: 'Engines', ...input }, options)
const ids = 'lead { id } customer { id } contact { id } opportunity { id }'
const convert = async (input: Values, fields = ids, options?: AskOptions) =>
  valueAt(
    await gateway.data(
      `mutation ($input: LeadConvertInput!) { done: leadConvert(input: $input) { ${fields} userErrors { code message path } } }`,
      { input },
      options,
    ),
    'done',
  )
const refusals = (input: Values) => gateway.refusals('leadConvert', input)
/** What is there of all that a conversion writes. */
const rows = async () =>
  Promise.all(
    ['Lead', 'Customer', 'Contact', 'Opportunity', 'OpportunityContact', 'TimelineEvent', 'OutboxEvent'].map(
      table => gateway.rowsIn(table),
    ),
  )

describe('a lead becomes', () => {
  test('a customer, a contact and an opportunity', async () => {
    const id = await create({
      salutation: 'Ms.',
      title: 'Head of purchasing',
      email: 'ada@engines.example',
      phone: '1',
      mobile: '2',
      website: 'https://engines.example',
      industry: 'manufacturing',
      employeeCount: 12,
      rating: 'HOT',
      street: 'Mill Lane 1',
      city: 'London',
      country: 'United Kingdom',
      leadSource: 'TRADE_SHOW',
      description: 'Wants engines.',
      emailOptOut: true,
      campaignId: campaigns[0],
      status: 'DISQUALIFIED',
      disqualifyReason: 'Too early.',
    })
    const opportunity = {
      name: 'Two engines',
      amount: '1000.50',
      currency: 'GBP',
      expectedCloseDate: '2026-05-01',
    }
    const fields = `
      lead { status convertedAt disqualifyReason version convertedCustomer { name } convertedContact { lastName } convertedOpportunity { name } }
      customer { name type lifecycleStage industry website employeeCount rating description billingStreet billingCity billingCountry email phone }
      contact { salutation firstName lastName title email phone mobile emailOptOut doNotCall customer { name } }
      opportunity {
        name amount currency expectedCloseDate leadSource type stage { code } campaign { name } customer { name }
        contactRoles { nodes { isPrimary contact { lastName } } }
      }`
    expect(await convert({ id, opportunity }, fields)).toMatchInlineSnapshot(`
      {
        "contact": {
          "customer": {
            "name": "Engines",
          },
          "doNotCall": false,
          "email": "ada@engines.example",
          "emailOptOut": true,
          "firstName": "Ada",
          "lastName": "King",
          "mobile": "2",
          "phone": "1",
          "salutation": "Ms.",
          "title": "Head of purchasing",
        },
        "customer": {
          "billingCity": "London",
          "billingCountry": "United Kingdom",
          "billingStreet": "Mill Lane 1",
          "description": "Wants engines.",
          "email": null,
          "employeeCount": 12,
          "industry": "manufacturing",
          "lifecycleStage": "OPPORTUNITY",
          "name": "Engines",
          "phone": null,
          "rating": "HOT",
          "type": "PROSPECT",
          "website": "https://engines.example",
        },
        "lead": {
          "convertedAt": "2026-03-01T12:00:00.000Z",
          "convertedContact": {
            "lastName": "King",
          },
          "convertedCustomer": {
            "name": "Engines",
          },
          "convertedOpportunity": {
            "name": "Two engines",
          },
          "disqualifyReason": null,
          "status": "CONVERTED",
          "version": 2,
        },
        "opportunity": {
          "amount": "1000.5",
          "campaign": {
            "name": "Fair",
          },
          "contactRoles": {
            "nodes": [
              {
                "contact": {
                  "lastName": "King",
                },
                "isPrimary": true,
              },
            ],
          },
          "currency": "GBP",
          "customer": {
            "name": "Engines",
          },
          "expectedCloseDate": "2026-05-01",
          "leadSource": "TRADE_SHOW",
          "name": "Two engines",
          "stage": {
            "code": "PROSPECTING",
          },
          "type": "NEW_BUSINESS",
        },
        "userErrors": [],
      }
    `)
  })

  test('a customer alone where it names no person, who can be reached as it could', async () => {
    const input = { lastName: null, firstName: ' ', email: 'info@engines.example', mobile: '2' }
    const id = await create({ ...input, doNotCall: true, emailOptOut: true })
    const fields =
      'customer { name email phone doNotContact lifecycleStage } contact { id } opportunity { id }'
    expect(await convert({ id, createOpportunity: false }, fields)).toEqual({
      customer: {
        name: 'Engines',
        email: 'info@engines.example',
        phone: '2',
        doNotContact: true,
        lifecycleStage: 'SALES_QUALIFIED',
      },
      contact: null,
      opportunity: null,
      userErrors: [],
    })
  })

  test('a contact by its only name', async () => {
    const id = await create({ lastName: null })
    expect(await convert({ id }, 'contact { firstName lastName } opportunity { name }')).toEqual({
      contact: { firstName: null, lastName: 'Ada' },
      opportunity: { name: 'Engines' },
      userErrors: [],
    })
  })

  test('what is there already: a customer, a contact with its customer, or a contact that gets one', async () => {
    const customerId = await gateway.create('customer', { name: 'Engines' })
    const contactId = await gateway.create('contact', { lastName: 'King', customerId })
    const alone = await gateway.create('contact', { lastName: 'Alone' })
    const before = await gateway.rowsIn('Customer')
    const fields = 'customer { id } contact { id customer { id } } opportunity { customer { id } }'
    const customer = { id: customerId }

    const fresh = await convert({ id: await create({}), customerId }, fields)
    expect(valueAt(fresh, 'contact.customer.id')).toBe(customerId)
    expect(await convert({ id: await create({}), contactId }, fields)).toEqual({
      customer,
      contact: { id: contactId, customer },
      opportunity: { customer },
      userErrors: [],
    })
    expect(await convert({ id: await create({}), customerId, contactId: alone }, fields)).toEqual({
      customer,
      contact: { id: alone, customer },
      opportunity: { customer },
      userErrors: [],
    })
    expect(await gateway.rowsIn('Customer')).toBe(before)
  })
})

describe('what a lead becomes belongs to', () => {
  const owners = 'customer { owner { id } team { id } } contact { owner { id } } opportunity { owner { id } }'
  const all = (answer: unknown) =>
    ['customer', 'contact', 'opportunity'].map(name => valueAt(answer, `${name}.owner.id`))

  test("the lead's owner and team, whoever converts it", async () => {
    const { agent } = gateway.userIds
    const teamId = await gateway.create('team', { name: 'Owners' })
    const answer = await convert({ id: await create({ ownerId: agent, teamId }) }, owners)
    expect(all(answer)).toEqual([agent, agent, agent])
    expect(valueAt(answer, 'customer.team.id')).toBe(teamId)
  })

  test('who converts it, where it has no owner, or one who has gone', async () => {
    const { administrator } = gateway.userIds
    const gone = await gateway.create('user', { name: 'Gone', email: 'gone@trellis.example' })
    const leads = [await create({ ownerId: null }), await create({ ownerId: gone })]
    await gateway.refusals('userDelete', { id: gone })
    for (const id of leads)
      expect(all(await convert({ id }, owners))).toEqual([administrator, administrator, administrator])
  })
})

describe('what hangs on a lead', () => {
  const hung = { activities: 2, notes: 2, attachments: 1, tags: 2, campaigns: 2 }
  const on = `
    activities { nodes { subject attendees { nodes { lead { id } contact { lastName } } } } }
    notes(orderBy: { field: BODY }) { nodes { body version } } attachments { nodes { fileName } } tags { nodes { name } }`

  test('hangs on the contact, its activities also on the opportunity, and all but notes and files still on the lead', async () => {
    const id = await create({})
    await hangOn(gateway, id, hung, { tags, campaigns })
    const answer = await convert(
      { id },
      `contact { ${on} campaignMemberships { nodes { status respondedAt lead { id } campaign { name } } } }
       opportunity { activities { totalCount } notes { totalCount } }
       lead { activities { totalCount } notes { totalCount } attachments { totalCount } tags { totalCount } campaignMemberships { totalCount } }`,
    )
    expect(answer).toMatchInlineSnapshot(`
      {
        "contact": {
          "activities": {
            "nodes": [
              {
                "attendees": {
                  "nodes": [
                    {
                      "contact": {
                        "lastName": "King",
                      },
                      "lead": null,
                    },
                  ],
                },
                "subject": "Task 1",
              },
              {
                "attendees": {
                  "nodes": [
                    {
                      "contact": {
                        "lastName": "King",
                      },
                      "lead": null,
                    },
                  ],
                },
                "subject": "Task 0",
              },
            ],
          },
          "attachments": {
            "nodes": [
              {
                "fileName": "0.pdf",
              },
            ],
          },
          "campaignMemberships": {
            "nodes": [
              {
                "campaign": {
                  "name": "Letter",
                },
                "lead": null,
                "respondedAt": "2026-03-01T12:00:00.000Z",
                "status": "CONVERTED",
              },
              {
                "campaign": {
                  "name": "Fair",
                },
                "lead": null,
                "respondedAt": "2026-03-01T12:00:00.000Z",
                "status": "CONVERTED",
              },
            ],
          },
          "notes": {
            "nodes": [
              {
                "body": "Note 0",
                "version": 2,
              },
              {
                "body": "Note 1",
                "version": 2,
              },
            ],
          },
          "tags": {
            "nodes": [
              {
                "name": "b",
              },
              {
                "name": "a",
              },
            ],
          },
        },
        "lead": {
          "activities": {
            "totalCount": 2,
          },
          "attachments": {
            "totalCount": 0,
          },
          "campaignMemberships": {
            "totalCount": 0,
          },
          "notes": {
            "totalCount": 0,
          },
          "tags": {
            "totalCount": 2,
          },
        },
        "opportunity": {
          "activities": {
            "totalCount": 2,
          },
          "notes": {
            "totalCount": 0,
          },
        },
        "userErrors": [],
      }
    `)
  })

  test('hangs on the customer where there is no contact; campaigns keep addressing the lead', async () => {
    const id = await create({ firstName: null, lastName: null })
    await hangOn(gateway, id, { ...hung, activities: 1 }, { tags, campaigns })
    const answer = await convert(
      { id, createOpportunity: false },
      'customer { activities { totalCount } notes { totalCount } attachments { totalCount } tags { totalCount } } lead { campaignMemberships { nodes { status } } }',
    )
    expect(answer).toEqual({
      customer: {
        activities: { totalCount: 1 },
        notes: { totalCount: 2 },
        attachments: { totalCount: 1 },
        tags: { totalCount: 2 },
      },
      lead: { campaignMemberships: { nodes: [{ status: 'CONVERTED' }, { status: 'CONVERTED' }] } },
      userErrors: [],
    })
  })

  test('hangs on a contact once, who had some of it already', async () => {
    const [tagId = '', campaignId = ''] = [tags[0], campaigns[0]]
    const contactId = await gateway.create('contact', { lastName: 'King' })
    await gateway.create('tagging', { tagId, targetId: contactId })
    await gateway.create('campaignMember', { campaignId, contactId, respondedAt: '2026-01-01T00:00:00Z' })
    const id = await create({})
    await hangOn(gateway, id, { ...hung, activities: 0 }, { tags, campaigns })
    const activityId = await gateway.create('activity', { type: 'CALL', subject: 'Both' })
    for (const targetId of [id, contactId]) await gateway.create('activityTarget', { activityId, targetId })
    for (const attendee of [{ leadId: id }, { contactId }])
      await gateway.create('activityAttendee', { activityId, ...attendee })
    const answer = await convert(
      { id, contactId },
      'contact { tags { nodes { name } } campaignMemberships(orderBy: { field: RESPONDED_AT }) { nodes { status respondedAt } } activities { nodes { attendees { totalCount } } } }',
    )
    expect(valueAt(answer, 'contact')).toEqual({
      tags: { nodes: expect.toSatisfy((nodes: readonly unknown[]) => nodes.length === 2) },
      campaignMemberships: {
        nodes: [
          { status: 'CONVERTED', respondedAt: '2026-01-01T00:00:00.000Z' },
          { status: 'CONVERTED', respondedAt: '2026-03-01T12:00:00.000Z' },
        ],
      },
      activities: { nodes: [{ attendees: { totalCount: 2 } }] },
    })
  })

  test('keeps the wish of who asked a campaign for no more', async () => {
    const id = await create({})
    await gateway.create('campaignMember', { campaignId: campaigns[0], leadId: id, status: 'OPTED_OUT' })
    const answer = await convert({ id }, 'contact { campaignMemberships { nodes { status respondedAt } } }')
    expect(valueAt(answer, 'contact.campaignMemberships.nodes')).toEqual([
      { status: 'OPTED_OUT', respondedAt: null },
    ])
  })

  test('is told of on the timelines of the lead and of what it became, its activities too', async () => {
    const id = await create({})
    await hangOn(gateway, id, { ...hung, activities: 1 }, { tags, campaigns })
    const [activity] = await gateway
      .data('query ($id: ID!) { lead(id: $id) { activities { nodes { id } } } }', { id })
      .then(answer => fieldsAt(answer, 'lead.activities.nodes', 'id'))
    // What extensions tell of an activity stands on the timeline of what it is about.
    await sql`
      insert into "TimelineEvent" (id, "targetId", type, "occurredAt", "activityId", data)
      values ('tle_01k0000000e008000000000001', ${id}, 'phone.rang', '2026-02-01', ${String(activity)}, '{}')`.execute(
      gateway.trellis.database.session.sql,
    )
    const timeline =
      'timeline(filter: { type: { in: ["lead.converted", "phone.rang"] } }) { nodes { type related { id } activity { id } data } }'
    const answer = await convert(
      { id },
      `lead { ${timeline} } customer { id ${timeline} } contact { id ${timeline} } opportunity { id ${timeline} }`,
    )
    const events = (name: string) => listAt(answer, `${name}.timeline.nodes`)
    const [customerId, contactId, opportunityId] = ['customer', 'contact', 'opportunity'].map(name =>
      textAt(answer, `${name}.id`),
    )
    const carried = { activities: 1, notes: 2, attachments: 1, tags: 2, campaigns: 2 }
    const call = expect.objectContaining({ type: 'phone.rang', activity: { id: activity } })
    const became = { type: 'lead.converted', related: { id }, activity: null, data: { leadId: id } }
    expect(events('lead')).toEqual([
      {
        type: 'lead.converted',
        related: { id: customerId },
        activity: null,
        data: { customerId, contactId, opportunityId, carried },
      },
      call,
    ])
    expect(events('customer')).toEqual([became])
    expect(events('contact')).toEqual([became, call])
    expect(events('opportunity')).toEqual([became, call])
  })

  test('is carried over in as many statements, however much it is', async () => {
    const statements = async (times: number) => {
      const id = await create({})
      const many = Array.from({ length: times }, (_, index) => index)
      const more = { tags: [...tags], campaigns: [...campaigns] }
      for (const index of many) {
        more.tags.push(await gateway.create('tag', { name: `more ${id} ${index}` }))
        more.campaigns.push(await gateway.create('campaign', { name: `More ${index}` }))
      }
      const count = times + 1
      await hangOn(
        gateway,
        id,
        { activities: count, notes: count, attachments: count, tags: count, campaigns: count },
        more,
      )
      return (await gateway.statementsOf(() => refusals({ id }))).length
    }
    expect(await statements(6)).toBe(await statements(0))
  })
})

describe('converting again', () => {
  test('answers the same records and writes nothing, whatever version was read', async () => {
    const id = await create({})
    const first = await convert({ id, expectedVersion: 1 })
    const before = await rows()
    expect(await convert({ id, expectedVersion: 1 })).toEqual(first)
    expect(await convert({ id, createOpportunity: false })).toEqual(first)
    const customerId = textAt(first, 'customer.id')
    expect(await convert({ id, customerId, contactId: textAt(first, 'contact.id') })).toEqual(first)
    expect(await rows()).toEqual(before)
  })

  test('into something else is refused', async () => {
    const id = await create({})
    await convert({ id, createOpportunity: false })
    const customerId = await gateway.create('customer', { name: 'Other' })
    const contactId = await gateway.create('contact', { lastName: 'Other' })
    expect(await refusals({ id, customerId, contactId, opportunity: {} })).toEqual([
      'CONVERTED input.customerId',
      'CONVERTED input.contactId',
      'CONVERTED input.opportunity',
    ])
  })

  test('at once makes one customer, and answers all alike', async () => {
    const id = await create({})
    const before = await gateway.rowsIn('Customer')
    const [first, ...others] = await Promise.all(Array.from({ length: 4 }, () => convert({ id })))
    for (const other of others) expect(other).toEqual(first)
    expect(await gateway.rowsIn('Customer')).toBe(before + 1)
  })
})

describe('a conversion is refused', () => {
  const absent = (prefix: string) => `${prefix}_01k0000000e00800000000zzzz`

  test.each<[string, (id: string) => Values | Promise<Values>, readonly string[]]>([
    ['of what is not there', () => ({ id: absent('led') }), ['NOT_FOUND input.id']],
    [
      'of what is no lead',
      async () => ({ id: await gateway.create('team', { name: 'No lead' }) }),
      ['NOT_FOUND input.id'],
    ],
    [
      'by who read an older version',
      id => ({ id, expectedVersion: 7 }),
      ['STALE_VERSION input.expectedVersion'],
    ],
    ['to an unknown customer', id => ({ id, customerId: absent('cus') }), ['NOT_FOUND input.customerId']],
    ['to an unknown contact', id => ({ id, contactId: absent('con') }), ['NOT_FOUND input.contactId']],
    [
      'to a contact at another customer',
      async id => ({
        id,
        customerId: await gateway.create('customer', { name: 'One' }),
        contactId: await gateway.create('contact', {
          lastName: 'X',
          customerId: await gateway.create('customer', { name: 'Other' }),
        }),
      }),
      ['CONTRADICTION input.contactId'],
    ],
    [
      'with an opportunity and without',
      id => ({ id, createOpportunity: false, opportunity: { name: 'X' } }),
      ['CONTRADICTION input.opportunity'],
    ],
    [
      'with an opportunity that may not be',
      id => ({ id, opportunity: { name: ' ', amount: '-1', currency: 'euro' } }),
      [
        'REQUIRED input.opportunity.name',
        'OUT_OF_RANGE input.opportunity.amount',
        'INVALID_FORMAT input.opportunity.currency',
      ],
    ],
    [
      'with a stage that is none',
      id => ({ id, opportunity: { stageId: absent('stg') } }),
      ['NOT_FOUND input.opportunity.stageId'],
    ],
  ])('%s, and nothing is written', async (_, wrong, refused) => {
    const input = await wrong(await create({}))
    const before = await rows()
    expect(await refusals(input)).toEqual(refused)
    expect(await rows()).toEqual(before)
  })

  test('of what is deleted, or to what is', async () => {
    const [id, customerId, contactId] = [
      await create({}),
      await gateway.create('customer', { name: 'Gone' }),
      await gateway.create('contact', { lastName: 'Gone' }),
    ]
    await gateway.refusals('customerDelete', { id: customerId })
    expect(await refusals({ id, customerId })).toEqual(['NOT_FOUND input.customerId'])
    await gateway.refusals('contactDelete', { id: contactId })
    expect(await refusals({ id, contactId })).toEqual(['DELETED input.contactId'])
    await gateway.refusals('leadDelete', { id })
    expect(await refusals({ id })).toEqual(['DELETED input.id'])
  })

  test('as a duplicate, saying where to name what is there, unless that is meant', async () => {
    await using strict = await createTestGateway({ extensions: [onceOnly] })
    const lead = () => strict.create('lead', { lastName: 'King', company: 'Engines' })
    const again = (input: Values) => strict.refusals('leadConvert', input)
    expect(await again({ id: await lead() })).toEqual([])
    const id = await lead()
    expect(await again({ id })).toEqual(['ONCE_ONLY input.customerId'])
    const customerId = await strict.create('customer', { name: 'Other engines' })
    expect(await again({ id, customerId })).toEqual(['ONCE_ONLY input.contactId'])
    expect(await again({ id, allowDuplicate: true })).toEqual([])
  })
})

describe('an agent', () => {
  const as = 'agent'

  test('converts its own leads, with activities that it may not see', async () => {
    const id = await create({}, { as })
    await hangOn(
      gateway,
      id,
      { activities: 1, notes: 0, attachments: 0, tags: 1, campaigns: 1 },
      { tags, campaigns },
    )
    const answer = await convert(
      { id },
      'customer { owner { id } } contact { id tags { totalCount } campaignMemberships { nodes { status } } }',
      { as },
    )
    expect(valueAt(answer, 'customer.owner.id')).toBe(gateway.userIds.agent)
    expect(valueAt(answer, 'contact.campaignMemberships.nodes')).toEqual([{ status: 'CONVERTED' }])
    const seen = await gateway.data('query ($id: ID!) { contact(id: $id) { activities { totalCount } } }', {
      id: textAt(answer, 'contact.id'),
    })
    expect(valueAt(seen, 'contact.activities.totalCount')).toBe(1)
  })

  test('converts to no customer and no contact of others', async () => {
    const customerId = await gateway.create('customer', { name: 'Of others' })
    const { agent } = gateway.userIds
    const contacts = {
      ofOthers: await gateway.create('contact', { lastName: 'Of others' }),
      atOthers: await gateway.create('contact', { lastName: 'At others', customerId, ownerId: agent }),
    }
    const id = await create({}, { as })
    for (const [given, path] of [
      [{ customerId }, 'customerId'],
      [{ contactId: contacts.ofOthers }, 'contactId'],
      [{ contactId: contacts.atOthers }, 'contactId'],
    ] as const)
      expect(await gateway.refusals('leadConvert', { id, ...given }, { as })).toEqual([
        `NOT_FOUND input.${path}`,
      ])
  })

  test('is told what became of a lead as far as it may see that', async () => {
    const id = await create({}, { as })
    const customerId = await gateway.create('customer', { name: 'Of others' })
    await convert({ id, customerId })
    expect(await convert({ id }, 'lead { status } customer { id }', { as })).toEqual({
      lead: { status: 'CONVERTED' },
      customer: null,
      userErrors: [],
    })
  })
})

test('a campaign that is deleted by then is not handed on', async () => {
  const campaignId = await gateway.create('campaign', { name: 'Over' })
  const id = await create({ campaignId })
  await gateway.refusals('campaignDelete', { id: campaignId })
  expect(await convert({ id }, 'lead { campaign { name } } opportunity { campaign { name } }')).toEqual({
    lead: { campaign: { name: 'Over' } },
    opportunity: { campaign: null },
    userErrors: [],
  })
})

test('a dry run shows what a lead would become', async () => {
  const id = await create({})
  const before = await rows()
  const answer = await gateway.ask(
    'mutation ($id: ID!) @dryRun { leadConvert(input: { id: $id }) { lead { status } opportunity { name } userErrors { code } } }',
    { id },
  )
  expect(codesOf(answer)).toEqual([])
  expect(valueAt(answer.data, 'leadConvert')).toEqual({
    lead: { status: 'CONVERTED' },
    opportunity: { name: 'Engines' },
    userErrors: [],
  })
  expect(await rows()).toEqual(before)
})

import { codesOf, createTestGateway, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
let customerId: string
beforeAll(async () => {
  gateway = await createTestGateway()
  customerId = await gateway.create('customer', { name: 'Acme' })
})
afterAll(() => gateway[Symbol.asyncDispose]())

const tables = [
  'Customer',
  'Contact',
  'Opportunity',
  'StageHistory',
  'ExternalReference',
  'OutboxEvent',
  'IdempotencyRecord',
  'ext_loyalty.LoyaltyAdjustment',
]
const rows = () => Promise.all(tables.map(table => gateway.rowsIn(table)))

test('shows what would be and leaves nothing behind', async () => {
  const before = await rows()
  const answer = await gateway.data(
    `mutation ($id: ID!) @dryRun {
      opportunityCreate(input: { name: "Boxes", customerId: $id, amount: "1000" }) {
        opportunity { name version stage { code } stageHistory { stage { code } } customer { opportunities { totalCount } } } userErrors { code }
      }
      customerUpdate(input: { id: $id, name: "Acme & Co.", expectedVersion: 1 }) { customer { name version } userErrors { code } }
      loyaltyAdjust(input: { customerId: $id, points: 7, reason: "gift" }) { customer { name loyalty { points adjustments { reason } } } userErrors { code } }
      contactBulkUpsert(input: { system: "dry", items: [{ externalId: "1", lastName: "Ann" }] }) { results { status } }
    }`,
    { id: customerId },
    { headers: { 'idempotency-key': 'dry' } },
  )
  expect(answer).toMatchInlineSnapshot(`
    {
      "contactBulkUpsert": {
        "results": [
          {
            "status": "CREATED",
          },
        ],
      },
      "customerUpdate": {
        "customer": {
          "name": "Acme & Co.",
          "version": 2,
        },
        "userErrors": [],
      },
      "loyaltyAdjust": {
        "customer": {
          "loyalty": {
            "adjustments": [
              {
                "reason": "gift",
              },
            ],
            "points": 7,
          },
          "name": "Acme & Co.",
        },
        "userErrors": [],
      },
      "opportunityCreate": {
        "opportunity": {
          "customer": {
            "opportunities": {
              "totalCount": 1,
            },
          },
          "name": "Boxes",
          "stage": {
            "code": "PROSPECTING",
          },
          "stageHistory": [
            {
              "stage": {
                "code": "PROSPECTING",
              },
            },
          ],
          "version": 1,
        },
        "userErrors": [],
      },
    }
  `)
  expect(await rows()).toEqual(before)
  expect(
    await gateway.data('query ($id: ID!) { customer(id: $id) { name version loyalty { points } } }', {
      id: customerId,
    }),
  ).toEqual({
    customer: { name: 'Acme', version: 1, loyalty: { points: 0 } },
  })
})

test('a later field sees what the ones before it would have done', async () => {
  const answer = await gateway.data(
    `mutation ($id: ID!) @dryRun {
      one: contactCreate(input: { lastName: "Ann", customerId: $id }) { contact { customer { contacts { totalCount } } } }
      other: contactCreate(input: { lastName: "Bob", customerId: $id }) { contact { customer { contacts(orderBy: { field: LAST_NAME }) { nodes { lastName } } } } }
      gone: customerDelete(input: { id: $id }) { customer { deletedAt } }
      late: contactCreate(input: { lastName: "Cem", customerId: $id }) { contact { id } userErrors { code path } }
    }`,
    { id: customerId },
  )
  expect(answer).toEqual({
    one: { contact: { customer: { contacts: { totalCount: 1 } } } },
    other: { contact: { customer: { contacts: { nodes: [{ lastName: 'Ann' }, { lastName: 'Bob' }] } } } },
    gone: { customer: { deletedAt: '2026-03-01T12:00:00.000Z' } },
    late: { contact: null, userErrors: [{ code: 'NOT_FOUND', path: ['input', 'customerId'] }] },
  })
})

test('a refused field takes back its own doing and nothing else', async () => {
  const tag = await gateway.create('tag', { name: 'twice' })
  await gateway.create('tagging', { targetId: customerId, tagId: tag })
  const answer = await gateway.data(
    `mutation ($id: ID!, $tag: ID!) @dryRun {
      first: contactCreate(input: { lastName: "Ann", customerId: $id }) { contact { lastName } userErrors { code } }
      refused: productBulkUpsert(input: { system: "dry", items: [{ externalId: "1", sku: "S", name: "S", price: "-1" }] }) { userErrors { code } }
      taken: taggingCreate(input: { targetId: $id, tagId: $tag }) { userErrors { code } }
      last: contactCreate(input: { lastName: "Bob", customerId: $id }) { contact { customer { contacts { totalCount } } } userErrors { code } }
    }`,
    { id: customerId, tag },
  )
  expect(answer).toEqual({
    first: { contact: { lastName: 'Ann' }, userErrors: [] },
    refused: { userErrors: [{ code: 'OUT_OF_RANGE' }] },
    taken: { userErrors: [{ code: 'TAKEN' }] },
    last: { contact: { customer: { contacts: { totalCount: 2 } } }, userErrors: [] },
  })
})

test('a field that fails takes nothing of the others along', async () => {
  const answer = await gateway.ask(
    `mutation @dryRun {
      wrong: productBulkUpsert(input: { system: " ", items: [] }) { results { id } }
      right: customerCreate(input: { name: "Right" }) { customer { name } }
    }`,
  )
  expect(codesOf(answer)).toEqual(['BAD_INPUT'])
})

test("is the operation's own: another of the same document writes", async () => {
  const document = 'mutation Dry @dryRun { customerCreate(input: { name: "Dry" }) { customer { id } } }'
  const before = await gateway.rowsIn('Customer')
  const id = textAt(await gateway.data(document), 'customerCreate.customer.id')
  expect(await gateway.rowsIn('Customer')).toBe(before)
  expect(
    valueAt(await gateway.data('query ($id: ID!) { customer(id: $id) { id } }', { id }), 'customer'),
  ).toBe(null)
  await gateway.data(document.replace('@dryRun', ''))
  expect(await gateway.rowsIn('Customer')).toBe(before + 1)
})

test('many dry runs at once leave nothing, and every connection is given back', async () => {
  const before = await rows()
  const dry = () =>
    gateway.data(
      'mutation @dryRun { customerCreate(input: { name: "Dry" }) { customer { name contacts { totalCount } } } }',
    )
  await Promise.all(Array.from({ length: 12 }, dry))
  expect(await rows()).toEqual(before)
})

import { codesOf, createTestGateway, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

test('every field is a transaction of its own', async () => {
  const statements = await gateway.statementsOf(() =>
    gateway.data(`mutation {
      one: customerCreate(input: { name: "One" }) { customer { id } }
      other: customerCreate(input: { name: "Other" }) { customer { id } }
    }`),
  )
  expect(
    statements
      .filter(statement => /^(begin|commit|rollback)/i.test(statement))
      .map(statement => statement.toUpperCase()),
  ).toEqual(['BEGIN', 'COMMIT', 'BEGIN', 'COMMIT'])
})

test('a refused field does not take the others along', async () => {
  const answer = await gateway.data(`mutation {
    one: customerCreate(input: { name: "Kept" }) { customer { name } userErrors { code } }
    refused: customerCreate(input: { name: "" }) { customer { name } userErrors { code } }
    other: customerCreate(input: { name: "Kept, too" }) { customer { name } userErrors { code } }
  }`)
  expect(answer).toEqual({
    one: { customer: { name: 'Kept' }, userErrors: [] },
    refused: { customer: null, userErrors: [{ code: 'REQUIRED' }] },
    other: { customer: { name: 'Kept, too' }, userErrors: [] },
  })
})

test('what is selected of a payload is read after the field has been written', async () => {
  const parentId = await gateway.create('customer', { name: 'Parent' })
  const answer = await gateway.data(
    `mutation ($parentId: ID!) {
      one: customerCreate(input: { name: "One", parentId: $parentId }) { customer { parent { version children { totalCount } } } }
      rename: customerUpdate(input: { id: $parentId, name: "Renamed" }) { customer { version } }
      other: customerCreate(input: { name: "Other", parentId: $parentId }) { customer { parent { name version children { totalCount } } } }
    }`,
    { parentId },
  )
  expect(answer).toEqual({
    one: { customer: { parent: { version: 1, children: { totalCount: 1 } } } },
    rename: { customer: { version: 2 } },
    other: { customer: { parent: { name: 'Renamed', version: 2, children: { totalCount: 2 } } } },
  })
})

test('a write and word of it in the outbox are one', async () => {
  const answer = await gateway.data(
    'mutation { opportunityCreate(input: { name: "Boxes" }) { opportunity { id } } }',
  )
  const id = textAt(answer, 'opportunityCreate.opportunity.id')
  const { rows } =
    await sql`select type, "viewerId", payload from "OutboxEvent" where "entityId" = ${id}`.execute(
      gateway.trellis.database.session.sql,
    )
  expect(rows).toMatchObject([{ type: 'opportunity.created', viewerId: gateway.userIds.administrator }])
  expect(valueAt(rows, '0.payload.fields')).toContain('stageId')
  const before = await gateway.rowsIn('OutboxEvent')
  expect(await gateway.refusals('opportunityCreate', { name: '' })).toEqual(['REQUIRED input.name'])
  expect(await gateway.rowsIn('OutboxEvent')).toBe(before)
})

test('more writers than connections wait for one another', async () => {
  const before = await gateway.rowsIn('Customer')
  const writes = Array.from({ length: 24 }, (_, index) =>
    gateway.create('customer', { name: `Writer ${index}` }),
  )
  expect(new Set(await Promise.all(writes)).size).toBe(24)
  expect(await gateway.rowsIn('Customer')).toBe(before + 24)
})

test('a query in which a mutation hides is none', async () => {
  expect(codesOf(await gateway.ask('{ customerCreate(input: { name: "x" }) { customer { id } } }'))).toEqual([
    'GRAPHQL_VALIDATION_FAILED',
  ])
})

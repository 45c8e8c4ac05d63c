import { defineExtension } from '@trellis/sdk'
import { codesOf, createTestGateway, type TestGateway } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
/** Whom the extension gives customers to; `undefined` for nobody else. */
let ownerId: string | undefined
const routing = defineExtension({
  name: 'routing',
  version: '1.0.0',
  scopes: ['customer:write'],
  typeDefs: 'extend type Query { "Nothing." routingNothing: Int }',
  resolvers: { Query: { routingNothing: () => 0 } },
  checks: {
    Customer: changes => {
      for (const change of changes) if (ownerId) change.amend({ ownerId })
      return []
    },
  },
})
beforeAll(async () => {
  gateway = await createTestGateway({ extensions: [routing] })
})
afterAll(() => gateway[Symbol.asyncDispose]())

const agent = { as: 'agent' } as const
const one = 'mutation { customerCreate(input: { name: "One" }) { userErrors { code } } }'
const many =
  'mutation { customerBulkCreate(input: { items: [{ name: "One" }] }) { userErrors { code path } } }'

test('a record that a check gives away is created by those who may create it for that owner', async () => {
  ownerId = gateway.userIds.administrator
  const before = await gateway.rowsIn('Customer')
  expect(codesOf(await gateway.ask(one, {}, agent))).toEqual(['FORBIDDEN'])
  expect(await gateway.data(many, {}, agent)).toEqual({
    customerBulkCreate: { userErrors: [{ code: 'FORBIDDEN', path: ['input', 'items', '0'] }] },
  })
  expect(await gateway.rowsIn('Customer')).toBe(before)
  ownerId = gateway.userIds.agent
  expect(await gateway.refusals('customerCreate', { name: 'Two' })).toEqual([])
  expect(await gateway.refusals('customerCreate', { name: 'Three' }, agent)).toEqual([])
})

test('a record that is the viewer’s may be given away by a check, as by the viewer', async () => {
  ownerId = undefined
  const id = await gateway.create('customer', { name: 'Four' }, agent)
  ownerId = gateway.userIds.administrator
  expect(await gateway.refusals('customerUpdate', { id, name: 'Five' }, agent)).toEqual([])
})

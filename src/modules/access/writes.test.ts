import { type AskOptions, codesOf, type TestGateway } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTwoTrees, type TwoTrees } from './fixtures/two-trees.ts'

let gateway: TestGateway
let records: TwoTrees['records']
let product: string
const agent: AskOptions = { as: 'agent' }

beforeAll(async () => {
  ;({ gateway, records, product } = await createTwoTrees())
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe('an agent writes own records only', () => {
  test.each(['customer', 'contact', 'opportunity'] as const)(
    "somebody else's %s is refused as if it were not there",
    async kind => {
      const unknown = `${records.ada[kind].slice(0, 4)}01k0000000e00800000000zzzz`
      for (const verb of ['Update', 'Delete', 'Restore']) {
        const ask = async (id: string) => {
          const answer = await gateway.data(
            `mutation ($id: ID!) { done: ${kind}${verb}(input: { id: $id }) { userErrors { code path message } } }`,
            { id },
            agent,
          )
          return JSON.stringify(answer).replaceAll(id, '…')
        }
        expect(await ask(records.ada[kind])).toBe(await ask(unknown))
        expect(await ask(records.ada[kind])).toContain('NOT_FOUND')
      }
    },
  )

  test("somebody else's opportunity is neither moved nor closed", async () => {
    const id = records.ada.opportunity
    expect(await gateway.refusals('opportunityClose', { id, outcome: 'WON' }, agent)).toEqual([
      'NOT_FOUND input.id',
    ])
    expect(
      await gateway.refusals(
        'opportunityMoveStage',
        { id, stageId: 'stg_01k0000000e008000000000003' },
        agent,
      ),
    ).toEqual(['NOT_FOUND input.id'])
  })

  test('nor are its lines written, and none are put into it', async () => {
    expect(
      await gateway.refusals('opportunityLineUpdate', { id: records.ada.line, quantity: '2' }, agent),
    ).toEqual(['NOT_FOUND input.id'])
    expect(await gateway.refusals('opportunityLineDelete', { id: records.ada.line }, agent)).toEqual([
      'NOT_FOUND input.id',
    ])
    const line = { opportunityId: records.ada.opportunity, productId: product, unitPrice: '1' }
    expect(await gateway.refusals('opportunityLineCreate', line, agent)).toEqual([
      'NOT_FOUND input.opportunityId',
    ])
    expect(
      await gateway.refusals('opportunityLineUpdate', { id: records.ben.line, quantity: '2' }, agent),
    ).toEqual([])
  })

  test('nor does an own record point to what the agent may not see', async () => {
    expect(
      await gateway.refusals(
        'contactUpdate',
        { id: records.ben.contact, customerId: records.ada.customer },
        agent,
      ),
    ).toEqual(['NOT_FOUND input.customerId'])
    expect(
      await gateway.refusals('contactCreate', { lastName: 'x', customerId: records.ada.customer }, agent),
    ).toEqual(['NOT_FOUND input.customerId'])
  })

  test.each(['customer', 'contact', 'opportunity'] as const)(
    'a %s for somebody else, or for nobody, is forbidden',
    async kind => {
      const upper = kind.charAt(0).toUpperCase() + kind.slice(1)
      const before = await gateway.rowsIn(upper)
      for (const ownerId of [gateway.userIds.administrator, null]) {
        const named = kind === 'contact' ? { lastName: 'x' } : { name: 'x' }
        const create = await gateway.ask(
          `mutation ($input: ${upper}CreateInput!) { ${kind}Create(input: $input) { ${kind} { id } } }`,
          { input: { ...named, ownerId } },
          agent,
        )
        expect(codesOf(create)).toEqual(['FORBIDDEN'])
        const item = { ...named, ownerId }
        const refused = ['FORBIDDEN input.items.0']
        expect(await gateway.refusals(`${kind}BulkCreate`, { items: [item] }, agent)).toEqual(refused)
        const items = [{ externalId: '1', ...item }]
        expect(await gateway.refusals(`${kind}BulkUpsert`, { system: 'x', items }, agent)).toEqual(refused)
      }
      expect(await gateway.rowsIn(upper)).toBe(before)
    },
  )

  test.each([
    ['productCreate', 'product', '{ sku: "F", name: "F", price: "1" }'],
    ['pipelineCreate', 'pipeline', '{ name: "F" }'],
    ['lostReasonCreate', 'lostReason', '{ name: "F" }'],
    ['teamCreate', 'team', '{ name: "F" }'],
    ['userCreate', 'user', '{ name: "F", email: "f@example.com", role: ADMINISTRATOR }'],
    ['userUpdate', 'user', '{ id: "AGENT", role: ADMINISTRATOR }'],
    ['productUpdate', 'product', '{ id: "PRODUCT", price: "0" }'],
    ['productDelete', 'product', '{ id: "PRODUCT" }'],
    ['productBulkCreate', 'results', '{ items: [{ sku: "F", name: "F", price: "1" }] }'],
    ['productBulkUpdate', 'results', '{ items: [{ id: "PRODUCT", price: "0" }], errorPolicy: SKIP }'],
    ['productBulkDelete', 'results', '{ items: [{ id: "PRODUCT" }], errorPolicy: SKIP }'],
    ['productBulkRestore', 'results', '{ items: [{ id: "PRODUCT" }], errorPolicy: SKIP }'],
    [
      'productBulkUpsert',
      'results',
      '{ system: "x", items: [{ externalId: "1", sku: "F", name: "F", price: "1" }] }',
    ],
  ])('%s is forbidden', async (mutation, field, input) => {
    const filled = input.replace('AGENT', gateway.userIds.agent).replace('PRODUCT', product)
    expect(
      codesOf(await gateway.ask(`mutation { ${mutation}(input: ${filled}) { ${field} { id } } }`, {}, agent)),
    ).toEqual(['FORBIDDEN'])
  })

  test('what is given away is gone, and who gave it is told what became of it', async () => {
    const id = await gateway.create('customer', { name: 'Given away' }, agent)
    const give =
      'mutation ($id: ID!, $to: ID!) { customerUpdate(input: { id: $id, ownerId: $to }) { customer { name version } userErrors { code } } }'
    expect(await gateway.data(give, { id, to: gateway.userIds.administrator }, agent)).toEqual({
      customerUpdate: { customer: { name: 'Given away', version: 2 }, userErrors: [] },
    })
    expect(await gateway.refusals('customerUpdate', { id, name: 'Mine again' }, agent)).toEqual([
      'NOT_FOUND input.id',
    ])
  })

  test('so is what the database computes of it', async () => {
    const id = await gateway.create('opportunity', { name: 'Given away', amount: '1000' }, agent)
    const read =
      'query ($id: ID!) { opportunity(id: $id) { amount weightedAmount version updatedBy { id } } }'
    const give = `mutation ($id: ID!, $to: ID!) { opportunityUpdate(input: { id: $id, amount: "2000", ownerId: $to }) {
      opportunity { amount weightedAmount version updatedBy { id } } } }`
    const { opportunityUpdate } = await gateway.data(give, { id, to: gateway.userIds.administrator }, agent)
    expect(opportunityUpdate).toEqual(await gateway.data(read, { id }))
  })

  test("a bulk neither changes somebody else's records nor tells which they are", async () => {
    const items = [{ externalId: 'a', name: 'Imported by ada' }]
    const bulk =
      'mutation ($items: [CustomerUpsertItem!]!) { customerBulkUpsert(input: { system: "crm", items: $items, errorPolicy: SKIP }) { results { id status } userErrors { code } } }'
    await gateway.data(bulk, { items })
    const refused = {
      customerBulkUpsert: { results: [{ id: null, status: 'REFUSED' }], userErrors: [{ code: 'NOT_FOUND' }] },
    }
    expect(await gateway.data(bulk, { items: [{ externalId: 'a', name: 'Changed by ben' }] }, agent)).toEqual(
      refused,
    )
    expect(await gateway.data(bulk, { items }, agent)).toEqual(refused)
  })

  test('loyalty points of own customers only', async () => {
    expect(
      await gateway.refusals(
        'loyaltyAdjust',
        { customerId: records.ada.customer, points: 1, reason: 'x' },
        agent,
      ),
    ).toEqual(['NOT_FOUND input.customerId'])
    expect(
      await gateway.refusals(
        'loyaltyAdjust',
        { customerId: records.ben.customer, points: 1, reason: 'x' },
        agent,
      ),
    ).toEqual([])
  })
})

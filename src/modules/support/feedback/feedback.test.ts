import { type AskOptions, codesOf, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDesk, type Desk, type Values } from '../fixtures/desk.ts'

let desk: Desk
let gateway: TestGateway
/** A customer with a contact, and another one. */
let customerId: string
let contactId: string
let elsewhere: string
let stranger: string
beforeAll(async () => {
  desk = await createDesk()
  ;({ gateway } = desk)
  customerId = await gateway.create('customer', { name: 'Acme' })
  contactId = await gateway.create('contact', { lastName: 'Ng', customerId })
  elsewhere = await gateway.create('customer', { name: 'Elsewhere' })
  stranger = await gateway.create('contact', { lastName: 'Stranger', customerId: elsewhere })
})
afterAll(() => desk[Symbol.asyncDispose]())

const box = { sku: 'BOX', name: 'Box', price: '10' }
const agent: AskOptions = { as: 'agent' }
const give = (more: Values = {}, options?: AskOptions) =>
  gateway.create('feedback', { rating: 5, ...more }, options)
const refused = (more: Values = {}, options?: AskOptions) =>
  gateway.refusals('feedbackCreate', { rating: 5, ...more }, options)
let serial = 0
const order = (more: Values) =>
  gateway.create('order', { name: 'Boxes', number: `F-${(serial += 1)}`, ...more })
const read = async (id: string, fields: string) =>
  valueAt(await gateway.data(`query ($id: ID!) { feedback(id: $id) { ${fields} } }`, { id }), 'feedback')

describe('a feedback', () => {
  test.each([
    [1, 'NEGATIVE'],
    [2, 'NEGATIVE'],
    [3, 'NEUTRAL'],
    [4, 'POSITIVE'],
    [5, 'POSITIVE'],
  ])('of %s sounds %s', async (rating, sentiment) => {
    expect(await read(await give({ rating }), 'sentiment')).toEqual({ sentiment })
  })

  test('sounds as it is said to, and as its rating when that changes', async () => {
    const id = await give({ rating: 5, sentiment: 'NEGATIVE', text: 'Great. Just great.' })
    expect(await read(id, 'sentiment')).toEqual({ sentiment: 'NEGATIVE' })
    const update = (more: Values) => gateway.refusals('feedbackUpdate', { id, ...more })
    await update({ text: 'Great.' })
    expect(await read(id, 'sentiment')).toEqual({ sentiment: 'NEGATIVE' })
    await update({ rating: 3 })
    expect(await read(id, 'sentiment')).toEqual({ sentiment: 'NEUTRAL' })
    await update({ rating: 1, sentiment: 'POSITIVE' })
    expect(await read(id, 'sentiment')).toEqual({ sentiment: 'POSITIVE' })
    expect(await update({ sentiment: null })).toEqual(['REQUIRED input.sentiment'])
  })

  test.each([0, 6, -1])('is not of %s', async rating => {
    expect(await refused({ rating })).toEqual(['OUT_OF_RANGE input.rating'])
  })

  test('is of the customer, and looked after by the owner, of what it is about', async () => {
    const teamId = await gateway.create('team', { name: 'Support' })
    const mine = { customerId, ownerId: gateway.userIds.agent, teamId }
    const fields = 'customer { id } owner { id } team { id }'
    const expected = {
      customer: { id: customerId },
      owner: { id: gateway.userIds.agent },
      team: { id: teamId },
    }
    const caseId = await desk.open(mine)
    expect(await read(await give({ caseId }), fields)).toEqual(expected)
    expect(await read(await give({ caseId, ownerId: gateway.userIds.administrator }), fields)).toMatchObject({
      owner: { id: gateway.userIds.administrator },
    })
    expect(await read(await give({ orderId: await order(mine) }), fields)).toEqual(expected)
    const nobodys = await desk.open({ ...mine, ownerId: null })
    expect(await read(await give({ caseId: nobodys }), fields)).toMatchObject({
      owner: { id: gateway.userIds.administrator },
    })
    expect(await read(await give({ contactId }), fields)).toMatchObject({ customer: { id: customerId } })
  })

  test('is not about two things, nor of two customers', async () => {
    const caseId = await desk.open({ customerId })
    const orderId = await order({ customerId })
    for (const [input, refusal] of [
      [{ caseId, orderId }, 'CONTRADICTION input.orderId'],
      [{ orderId, customerId: elsewhere }, 'CONTRADICTION input.customerId'],
      [{ caseId, customerId: elsewhere }, 'CONTRADICTION input.customerId'],
      [{ caseId, contactId: stranger }, 'CONTRADICTION input.contactId'],
      [{ customerId, contactId: stranger }, 'CONTRADICTION input.contactId'],
      [{ caseId: 'cas_01k0000000e00800000000zzzz' }, 'NOT_FOUND input.caseId'],
      [{ orderId: caseId }, 'NOT_FOUND input.orderId'],
    ] as const)
      expect(await refused(input)).toEqual([refusal])
    const id = await give({ caseId, contactId })
    const update = (more: Values) => gateway.refusals('feedbackUpdate', { id, ...more })
    expect(await update({ customerId: elsewhere })).toEqual(['CONTRADICTION input.customerId'])
    expect(await update({ contactId: stranger })).toEqual(['CONTRADICTION input.contactId'])
    expect(await update({ customerId: null })).toEqual([])
    expect(await read(id, 'customer { id } contact { id }')).toEqual({
      customer: { id: customerId },
      contact: { id: contactId },
    })
  })
})

describe("an agent's feedback", () => {
  test('is about own cases, and own', async () => {
    const [own, other] = [await desk.open({}, agent), await desk.open()]
    expect(await refused({ caseId: other }, agent)).toEqual(['NOT_FOUND input.caseId'])
    const id = await give({ caseId: own }, agent)
    expect(await read(id, 'owner { id }')).toEqual({ owner: { id: gateway.userIds.agent } })
    const answer = await gateway.ask(
      'mutation ($input: FeedbackCreateInput!) { feedbackCreate(input: $input) { userErrors { code } } }',
      { input: { rating: 1, caseId: own, ownerId: gateway.userIds.administrator } },
      agent,
    )
    expect(codesOf(answer)).toEqual(['FORBIDDEN'])
  })

  test('is not about an order that the agent is asked to approve, whoever is to own it', async () => {
    const { agent: approverId } = gateway.userIds
    const orderId = await order({ customerId, lines: [{ productId: await gateway.create('product', box) }] })
    await gateway.create('approval', { targetId: orderId, approverId })
    for (const ownerId of [undefined, approverId])
      expect(await refused({ orderId, ...(ownerId && { ownerId }) }, agent)).toEqual([
        'FORBIDDEN input.orderId',
      ])
  })

  test('is all that the agent sees, below cases too', async () => {
    const own = await desk.open({}, agent)
    await give({ caseId: own }, agent)
    await give({ caseId: own, ownerId: gateway.userIds.administrator })
    const query =
      'query ($id: ID!) { case(id: $id) { feedbacks { totalCount aggregate { avg { rating } } } } }'
    const totalOf = async (options?: AskOptions) =>
      valueAt(await gateway.data(query, { id: own }, options), 'case.feedbacks.totalCount')
    expect([await totalOf(agent), await totalOf()]).toEqual([1, 2])
  })
})

test('of a contact that an agent does not see, no more is said than that it is of somebody else', async () => {
  const own = await gateway.create('customer', { name: 'Of the agent' }, agent)
  const caseId = await desk.open({ contactId: stranger, ownerId: gateway.userIds.agent })
  const answer = await gateway.data(
    'mutation ($input: CaseUpdateInput!) { caseUpdate(input: $input) { userErrors { code message } } }',
    { input: { id: caseId, customerId: own } },
    agent,
  )
  expect(valueAt(answer, 'caseUpdate.userErrors.0.code')).toBe('CONTRADICTION')
  expect(JSON.stringify(answer)).not.toContain(elsewhere)
})

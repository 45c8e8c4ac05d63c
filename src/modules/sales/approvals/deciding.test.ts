import { createTestGateway, listAt, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agent, type Desk, openDesk } from './fixtures/desk.ts'

let gateway: TestGateway
let desk: Desk
/** An instant later each time it is looked at, so that what comes later is later. */
let present = Date.parse('2026-03-01T12:00:00Z')
beforeAll(async () => {
  gateway = await createTestGateway({ now: () => new Date((present += 1)) })
  desk = await openDesk(gateway)
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe('a decision', () => {
  test('is written down with who made it, when, and why', async () => {
    const id = await desk.order('100')
    const approval = await desk.ask(id)
    expect(
      await gateway.refusals('approvalReject', { id: approval, comment: 'Too cheap', expectedVersion: 1 }),
    ).toEqual([])
    expect(
      await desk.shop.read('approval', approval, 'status decidedBy { id } decidedAt decisionComment version'),
    ).toEqual({
      status: 'REJECTED',
      decidedBy: { id: gateway.userIds.administrator },
      decidedAt: expect.stringMatching(/^2026-03-01T12:/),
      decisionComment: 'Too cheap',
      version: 2,
    })
    expect(await desk.approvalStatus(id)).toBe('REJECTED')
    expect(await desk.states.move('order', id, 'CONFIRMED')).toEqual(['NOT_APPROVED input.status'])
    await gateway.refusals('approvalApprove', { id: await desk.ask(id) })
    expect(await desk.approvalStatus(id)).toBe('APPROVED')
    expect(await desk.eventsOf('order', id)).toEqual([
      'order.approval_asked',
      'order.approval_rejected',
      'order.approval_asked',
      'order.approval_approved',
    ])
  })

  test('stays', async () => {
    const approval = await desk.ask(await desk.order('100'))
    await gateway.refusals('approvalApprove', { id: approval })
    for (const verb of ['Approve', 'Reject', 'Delete'])
      expect(await gateway.refusals(`approval${verb}`, { id: approval })).toEqual(['CLOSED input.id'])
    expect(await gateway.refusals('approvalUpdate', { id: approval, comment: 'No' })).toEqual([
      'CLOSED input.comment',
    ])
    expect(await gateway.refusals('approvalUpdate', { id: approval, customFields: { seen: true } })).toEqual(
      [],
    )
  })

  test('is one, of two at once', async () => {
    const approval = await desk.ask(await desk.order('100'))
    const answers = await Promise.all(
      ['Approve', 'Reject', 'Approve'].map(verb => gateway.refusals(`approval${verb}`, { id: approval })),
    )
    expect(answers.flat()).toEqual(['CLOSED input.id', 'CLOSED input.id'])
  })

  test.each([
    ['that there is not', async () => ({ id: 'apr_01k0000000e00800000000zzzz' }), 'NOT_FOUND input.id'],
    ['that is none', async () => ({ id: desk.shop.customerId }), 'NOT_FOUND input.id'],
    [
      'that has moved on',
      async () => ({ id: await desk.ask(await desk.order('100')), expectedVersion: 2 }),
      'STALE_VERSION input.expectedVersion',
    ],
    [
      'with a novel',
      async () => ({ id: await desk.ask(await desk.order('100')), comment: 'x'.repeat(10_001) }),
      'TOO_LONG input.comment',
    ],
    [
      'about what is deleted',
      async () => {
        const target = await desk.order('100', { status: 'DRAFT' })
        const id = await desk.ask(target)
        await gateway.refusals('orderDelete', { id: target })
        return { id }
      },
      'DELETED input.id',
    ],
  ])('is not made about one %s', async (_, input, refusal) => {
    const given = await input()
    for (const verb of ['Approve', 'Reject'])
      expect(await gateway.refusals(`approval${verb}`, given)).toEqual([refusal])
  })

  test('is not for who asks, nor for who was not asked', async () => {
    const id = await desk.order('100', { ownerId: gateway.userIds.agent })
    const own = await gateway.create('approval', { targetId: id }, agent)
    const { administrator } = gateway.userIds
    const other = await desk.ask(await desk.order('100', { ownerId: gateway.userIds.agent }), {
      approverId: administrator,
    })
    for (const approval of [own, other])
      for (const verb of ['approvalApprove', 'approvalReject'])
        expect(await desk.forbidden(verb, approval)).toEqual(['FORBIDDEN'])
    // Nor does anybody wait for them.
    const statements = await gateway.statementsOf(() => desk.forbidden('approvalApprove', own))
    expect(statements.filter(statement => /for (no key )?update/i.test(statement))).toEqual([])
    expect(await desk.shop.read('approval', own, 'status version')).toEqual({ status: 'PENDING', version: 1 })
  })

  test('is made by an agent who was asked, and sees for that what is to be approved', async () => {
    const id = await desk.order('100')
    const hidden = await desk.order('100')
    await desk.ask(hidden)
    const approval = await desk.ask(id, { approverId: gateway.userIds.agent })
    const seen = `query ($ids: [ID!]) { approvals(filter: { targetId: { in: $ids } }) { totalCount nodes { id comment target { id
      ... on Order { number total customer { id } lines { quantity product { id } } approvals { nodes { id } } } } } } 
      orders(filter: { id: { in: $ids } }) { totalCount nodes { id } } orderLines(filter: { orderId: { in: $ids } }) { totalCount } }`
    const waiting = { approvals: { totalCount: 1 }, orders: { totalCount: 1 }, orderLines: { totalCount: 1 } }
    // By resolvers first, then by the database alone.
    for (const _ of ['first', 'second', 'third'])
      expect(await gateway.data(seen, { ids: [id, hidden] }, agent)).toMatchObject(waiting)
    expect(valueAt(await gateway.data(seen, { ids: [id, hidden] }, agent), 'approvals.nodes')).toMatchObject([
      {
        id: approval,
        target: {
          id,
          total: '100',
          customer: null,
          lines: [{ quantity: '1' }],
          approvals: { nodes: [{ id: approval }] },
        },
      },
    ])
    expect(await desk.shop.read('order', hidden, 'id', agent)).toBeNull()
    expect(await desk.forbidden('orderUpdate', id)).toEqual(['FORBIDDEN'])
    expect(await desk.forbidden('approvalDelete', approval)).toEqual(['FORBIDDEN'])

    expect(await gateway.refusals('approvalApprove', { id: approval, comment: 'Fine' }, agent)).toEqual([])
    expect(await desk.shop.read('approval', approval, 'status decidedBy { id }')).toEqual({
      status: 'APPROVED',
      decidedBy: { id: gateway.userIds.agent },
    })
    expect(await desk.shop.read('order', id, 'approvalStatus updatedBy { id }')).toEqual({
      approvalStatus: 'APPROVED',
      updatedBy: { id: gateway.userIds.agent },
    })
  })

  test.each<[string, (approval: string) => Promise<unknown>]>([
    ['made', approval => gateway.refusals('approvalApprove', { id: approval }, agent)],
    ['taken back', approval => gateway.refusals('approvalDelete', { id: approval })],
  ])('once %s, lets an agent see no more of what it is about than of the others', async (_, end) => {
    const id = await desk.order('100')
    const approval = await desk.ask(id, { approverId: gateway.userIds.agent })
    expect(await desk.shop.read('order', id, 'id', agent)).toEqual({ id })
    await end(approval)
    expect(await desk.shop.read('order', id, 'id', agent)).toBeNull()
    const seen = await desk.shop.read('approval', approval, 'amount target { id }', agent)
    expect(seen).toEqual({ amount: '100', target: null })
  })

  test('lets an agent see a quote, but not order by it', async () => {
    const id = await desk.quote('100')
    await desk.ask(id, { approverId: gateway.userIds.agent })
    expect(await desk.shop.read('quote', id, 'total', agent)).toEqual({ total: '100' })
    expect(await desk.forbidden('quoteConvertToOrder', id)).toEqual(['FORBIDDEN'])
    const customerId = await gateway.create('customer', { name: 'Mine' }, agent)
    expect(await gateway.refusals('orderCreate', { customerId, quoteId: id }, agent)).toEqual([
      'FORBIDDEN input.quoteId',
    ])
  })
})

describe('an approval is void', () => {
  test.each<[string, (id: string) => Promise<unknown>]>([
    ['a line is added', id => gateway.create('orderLine', { orderId: id, productId: desk.shop.productId })],
    [
      'a line changes',
      async id => gateway.refusals('orderLineUpdate', { id: await desk.lineOf(id), taxPercent: '19' }),
    ],
    ['a line goes', async id => gateway.refusals('orderLineDelete', { id: await desk.lineOf(id) })],
    ['more is taken off', id => gateway.refusals('orderUpdate', { id, extraDiscount: '0.01' })],
  ])('once %s', async (_, change) => {
    for (const decide of [false, true]) {
      const id = await desk.order('200')
      await gateway.create('orderLine', { orderId: id, productId: desk.shop.productId, unitPrice: '200' })
      const approval = await desk.ask(id)
      if (decide) await gateway.refusals('approvalApprove', { id: approval })
      await change(id)
      expect(await desk.shop.read('approval', approval, 'status version')).toEqual({
        status: 'CANCELED',
        version: decide ? 3 : 2,
      })
      expect(await desk.approvalStatus(id)).toBe('CANCELED')
      expect(await desk.states.move('order', id, 'CONFIRMED')).toEqual(['NOT_APPROVED input.status'])
      expect((await desk.eventsOf('order', id)).at(-1)).toBe('order.approval_voided')
      expect(await gateway.refusals('approvalApprove', { id: approval })).toEqual(['CLOSED input.id'])
    }
  })

  test('when it is still open and there is nothing left to approve', async () => {
    const id = await desk.order('100')
    const approval = await desk.ask(id)
    await desk.states.move('order', id, 'CANCELED')
    expect(await desk.shop.read('approval', approval, 'status')).toEqual({ status: 'CANCELED' })
  })

  test('not for what does not change what is paid for what', async () => {
    const id = await desk.order('100')
    const approval = await desk.ask(id)
    await gateway.refusals('approvalApprove', { id: approval })
    await gateway.refusals('orderLineUpdate', { id: await desk.lineOf(id), description: 'Blue', position: 2 })
    await gateway.refusals('orderUpdate', { id, description: 'Boxes', extraDiscount: '0' })
    expect(await desk.shop.read('approval', approval, 'status')).toEqual({ status: 'APPROVED' })
    expect(await desk.states.move('order', id, 'CONFIRMED')).toEqual([])
  })
})

describe('a quote follows its approval', () => {
  const statusOf = async (id: string) => valueAt(await desk.shop.read('quote', id, 'status'), 'status')

  test('into review, and out of it as it is decided', async () => {
    const [good, bad] = [await desk.quote('100'), await desk.quote('100')]
    const [yes, no] = [await desk.ask(good), await desk.ask(bad)]
    expect([await statusOf(good), await statusOf(bad)]).toEqual(['IN_REVIEW', 'IN_REVIEW'])
    await gateway.refusals('approvalApprove', { id: yes })
    await gateway.refusals('approvalReject', { id: no })
    expect([await statusOf(good), await statusOf(bad)]).toEqual(['APPROVED', 'REJECTED'])
    expect(await desk.states.move('quote', good, 'SENT')).toEqual([])
    expect(await desk.eventsOf('quote', good)).toEqual([
      'quote.approval_asked',
      'quote.status_changed',
      'quote.approval_approved',
      'quote.status_changed',
      'quote.status_changed',
    ])
  })

  test('back to a draft when it is taken back; and asks anew when it is written anew', async () => {
    const id = await desk.quote('100')
    await gateway.refusals('approvalDelete', { id: await desk.ask(id) })
    expect(await statusOf(id)).toBe('DRAFT')
    await gateway.refusals('approvalApprove', { id: await desk.ask(id) })
    await desk.states.move('quote', id, 'DRAFT')
    expect(await desk.states.move('quote', id, 'SENT')).toEqual([])
    await desk.states.move('quote', id, 'DRAFT')
    await gateway.refusals('quoteUpdate', { id, extraDiscount: '0' })
    await gateway.create('quoteLine', { quoteId: id, productId: desk.shop.productId })
    expect(await desk.states.move('quote', id, 'SENT')).toEqual(['NOT_APPROVED input.status'])
  })
})

test('what is decided is heard of in the outbox', async () => {
  const id = await desk.order('100')
  const approval = await desk.ask(id)
  const before = await gateway.rowsIn('OutboxEvent')
  await gateway.refusals('approvalApprove', { id: approval })
  // That of the approval, and that of the order.
  expect(await gateway.rowsIn('OutboxEvent')).toBe(before + 2)
  expect(
    listAt(await desk.shop.read('order', id, 'approvals { nodes { status } }'), 'approvals.nodes'),
  ).toEqual([{ status: 'APPROVED' }])
})

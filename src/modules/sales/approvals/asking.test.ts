import { createTestGateway, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { Values } from '../orders/fixtures/shop.ts'
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

describe('a rule', () => {
  test('keeps orders from its total on from being confirmed without an approval', async () => {
    const [small, large] = [await desk.order('99.9999'), await desk.order('100')]
    expect([await desk.approvalStatus(small), await desk.approvalStatus(large)]).toEqual([null, 'PENDING'])
    expect(await desk.states.move('order', small, 'CONFIRMED')).toEqual([])
    expect(await desk.states.move('order', large, 'CONFIRMED')).toEqual(['NOT_APPROVED input.status'])
    expect(await desk.shop.messageOf('orderTransition', { id: large, status: 'CONFIRMED' })).toBe(
      'By the rule "Large orders" the order has to be approved before it becomes CONFIRMED; ask by approvalCreate.',
    )
    const approval = await desk.ask(large)
    expect(await desk.states.move('order', large, 'CONFIRMED')).toEqual(['NOT_APPROVED input.status'])
    expect(await gateway.refusals('approvalApprove', { id: approval })).toEqual([])
    expect(await desk.states.move('order', large, 'CONFIRMED')).toEqual([])
  })

  test('does not apply in other currencies, when it is inactive, or deleted', async () => {
    expect(await desk.approvalStatus(await desk.order('5000', { currency: 'EUR' }))).toBeNull()
    const euro = await gateway.create('approvalRule', {
      name: 'Euros',
      appliesTo: 'ORDER',
      minimumTotal: '0',
      currency: 'EUR',
    })
    const id = await desk.order('5000', { currency: 'EUR' })
    expect(await desk.approvalStatus(id)).toBe('PENDING')
    await gateway.refusals('approvalRuleUpdate', { id: euro, isActive: false })
    expect(await desk.approvalStatus(id)).toBeNull()
    await gateway.refusals('approvalRuleUpdate', { id: euro, isActive: true })
    expect(await desk.approvalStatus(id)).toBe('PENDING')
    await gateway.refusals('approvalRuleDelete', { id: euro })
    expect(await desk.approvalStatus(id)).toBeNull()
    expect(await desk.states.move('order', id, 'CONFIRMED')).toEqual([])
  })

  test('gives way to the one that asks for more, and what was approved by it counts for that no longer', async () => {
    const id = await desk.order('900', { currency: 'SEK' })
    const rule = (name: string, minimumTotal: string) =>
      gateway.create('approvalRule', { name, appliesTo: 'ORDER', minimumTotal, currency: 'SEK' })
    const low = await rule('Some', '500')
    await gateway.refusals('approvalApprove', { id: await desk.ask(id) })
    const high = await rule('More', '800')
    expect(await desk.states.move('order', id, 'CONFIRMED')).toEqual(['NOT_APPROVED input.status'])
    const again = await desk.ask(id)
    expect(await desk.shop.read('approval', again, 'rule { id }')).toEqual({ rule: { id: high } })
    await gateway.refusals('approvalApprove', { id: again })
    expect(await desk.states.move('order', id, 'CONFIRMED')).toEqual([])
    for (const done of [low, high]) await gateway.refusals('approvalRuleDelete', { id: done })
  })

  test('of orders has no say in quotes, whose own keeps them from being sent', async () => {
    const [small, large] = [await desk.quote('99'), await desk.quote('100')]
    expect(await desk.states.move('quote', small, 'SENT')).toEqual([])
    expect(await desk.states.move('quote', large, 'SENT')).toEqual(['NOT_APPROVED input.status'])
    await desk.states.move('quote', large, 'IN_REVIEW')
    expect(await desk.states.move('quote', large, 'APPROVED')).toEqual(['NOT_APPROVED input.status'])
  })

  test.each([
    [{ name: 'Wrong', minimumTotal: '-1' }, 'OUT_OF_RANGE input.minimumTotal'],
    [{ name: 'Large orders' }, 'TAKEN input.name'],
    [{ name: 'Wrong', currency: 'dollars' }, 'INVALID_FORMAT input.currency'],
    [{ name: 'Wrong', approverId: 'nonsense' }, 'NOT_FOUND input.approverId'],
  ])('is refused with %j', async (wrong, refusal) => {
    const rule = { appliesTo: 'ORDER', minimumTotal: '1', ...wrong }
    expect(await gateway.refusals('approvalRuleCreate', rule)).toEqual([refusal])
  })
})

describe('an approval that is asked for', () => {
  test('says what is to be approved, by which rule, and by whom', async () => {
    const id = await desk.order('150', { ownerId: gateway.userIds.agent })
    const approval = await gateway.create('approval', { targetId: id, comment: 'Please' }, agent)
    expect(
      await desk.shop.read(
        'approval',
        approval,
        'status amount currency comment rule { id } approver { id } decidedAt createdBy { id } target { id }',
      ),
    ).toEqual({
      ...{ status: 'PENDING', amount: '150', currency: 'USD', comment: 'Please', decidedAt: null },
      rule: { id: desk.ruleId },
      approver: { id: desk.managerId },
      createdBy: { id: gateway.userIds.agent },
      target: { id },
    })
    expect(await desk.eventsOf('order', id)).toEqual(['order.approval_asked'])
  })

  test('goes to whom the rule names; past that one to the manager, and past both to administrators', async () => {
    const named = await gateway.create('approvalRule', {
      ...{ name: 'Very large orders', appliesTo: 'ORDER', minimumTotal: '10000' },
      approverId: gateway.userIds.agent,
    })
    const approverOf = async (options?: { readonly as: 'agent' }) => {
      const id = await desk.order('10000', { ownerId: gateway.userIds.agent })
      return valueAt(
        await desk.shop.read(
          'approval',
          await gateway.create('approval', { targetId: id }, options),
          'approver { id }',
        ),
        'approver.id',
      )
    }
    expect(await approverOf()).toBe(gateway.userIds.agent)
    expect(await approverOf(agent)).toBe(desk.managerId)
    await gateway.refusals('userUpdate', { id: desk.managerId, isActive: false })
    expect(await approverOf(agent)).toBeUndefined()
    await gateway.refusals('userUpdate', { id: desk.managerId, isActive: true })
    await gateway.refusals('approvalRuleDelete', { id: named })
  })

  test('may be asked for without a rule, of whom one likes, but not of oneself', async () => {
    const own = () => desk.order('1', { ownerId: gateway.userIds.agent })
    const refusals = async (input: Values) =>
      gateway.refusals('approvalCreate', { targetId: await own(), ...input }, agent)
    const { administrator } = gateway.userIds
    expect(await refusals({ approverId: administrator })).toEqual([])
    expect(await refusals({ approverId: gateway.userIds.agent })).toEqual(['CONTRADICTION input.approverId'])
    const gone = await gateway.create('user', {
      name: 'Gone',
      email: 'gone@trellis.example',
      isActive: false,
    })
    expect(await refusals({ approverId: gone })).toEqual(['INACTIVE input.approverId'])
    expect(await refusals({ approverId: 'nonsense' })).toEqual(['NOT_FOUND input.approverId'])

    const large = { targetId: await desk.order('100', { ownerId: gateway.userIds.agent }) }
    expect(await gateway.refusals('approvalCreate', { ...large, approverId: administrator }, agent)).toEqual([
      'CONTRADICTION input.approverId',
    ])
    expect(await gateway.refusals('approvalCreate', { ...large, approverId: administrator })).toEqual([])
  })

  test('is one at a time, about what may still be approved', async () => {
    const id = await desk.order('100')
    const first = await desk.ask(id)
    const again = () => gateway.refusals('approvalCreate', { targetId: id })
    expect(await again()).toEqual(['DUPLICATE input.targetId'])
    await gateway.refusals('approvalApprove', { id: first })
    expect(await again()).toEqual(['DUPLICATE input.targetId'])
    await desk.states.move('order', id, 'CONFIRMED')
    expect(await again()).toEqual(['CLOSED input.targetId'])

    const [one, other] = [await desk.order('100'), await desk.order('100')]
    const items = [one, other, one].map((targetId, index) => ({ externalId: `${index}`, targetId }))
    expect(await desk.shop.upsert('approval', items)).toMatchObject({
      errors: ['DUPLICATE input.items.2.targetId'],
    })
  })

  test.each([
    ['a customer', () => desk.shop.customerId],
    ['nothing', () => 'ord_01k0000000e00800000000zzzz'],
    ['nonsense', () => 'nonsense'],
  ])('is not about %s', async (_, target) => {
    expect(await gateway.refusals('approvalCreate', { targetId: target() })).toEqual([
      'NOT_FOUND input.targetId',
    ])
  })

  test('is asked for by those who may change what it is about', async () => {
    const id = await desk.order('100')
    expect(await gateway.refusals('approvalCreate', { targetId: id }, agent)).toEqual([
      'NOT_FOUND input.targetId',
    ])
  })

  test('is taken back, and asked for anew, as long as nothing has changed', async () => {
    const id = await desk.order('100')
    const approval = await desk.ask(id)
    await gateway.refusals('approvalDelete', { id: approval })
    expect(await gateway.refusals('approvalApprove', { id: approval })).toEqual(['DELETED input.id'])
    expect(await gateway.refusals('approvalRestore', { id: approval })).toEqual([])
    await gateway.refusals('approvalDelete', { id: approval })
    const other = await desk.ask(id)
    expect(await gateway.refusals('approvalRestore', { id: approval })).toEqual(['DUPLICATE input.id'])
    await gateway.refusals('approvalDelete', { id: other })
    await gateway.refusals('orderUpdate', { id, extraDiscount: '0.01' })
    expect(await gateway.refusals('approvalRestore', { id: approval })).toEqual(['CONTRADICTION input.id'])
    expect(await desk.approvalStatus(id)).toBeNull()
  })

  test('takes as many statements with a hundred others as with one', async () => {
    const ids = await Promise.all(Array.from({ length: 21 }, () => desk.order('100')))
    const items = ids.map((targetId, index) => ({ externalId: `many ${index}`, targetId }))
    const count = async (some: readonly Values[]) =>
      (await gateway.statementsOf(() => desk.shop.upsert('approval', some))).length
    const two = await count(items.slice(0, 2))
    expect(await count(items.slice(2))).toBe(two)
    expect(await Promise.all(ids.map(id => desk.approvalStatus(id)))).toEqual(ids.map(() => 'PENDING'))
  })
})

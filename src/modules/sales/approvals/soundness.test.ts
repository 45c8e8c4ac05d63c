import { createTestGateway, type TestGateway, textAt } from '@trellis/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, openDesk } from './fixtures/desk.ts'

let gateway: TestGateway
let desk: Desk
let present = Date.parse('2026-03-01T12:00:00Z')
beforeAll(async () => {
  gateway = await createTestGateway({ now: () => new Date((present += 1)) })
  desk = await openDesk(gateway)
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** What is known of an order apart from the product: what its lines cost, and what became of its last approval. */
interface Model {
  readonly prices: readonly number[]
  readonly approval: 'NONE' | 'PENDING' | 'APPROVED' | 'REJECTED' | 'CANCELED'
  readonly isConfirmed: boolean
}

/** What a change of the lines makes of an approval. */
const voided = ({ approval }: Model): Model['approval'] =>
  approval === 'PENDING' || approval === 'APPROVED' ? 'CANCELED' : approval

const steps = {
  add: (model: Model, price: number): Model | null =>
    model.isConfirmed ? null : { ...model, prices: [...model.prices, price], approval: voided(model) },
  change: (model: Model, price: number): Model | null =>
    model.isConfirmed ? null : { ...model, prices: model.prices.with(0, price), approval: voided(model) },
  ask: (model: Model): Model | null =>
    model.isConfirmed || ['PENDING', 'APPROVED'].includes(model.approval)
      ? null
      : { ...model, approval: 'PENDING' },
  approve: (model: Model): Model | null =>
    model.approval === 'PENDING' ? { ...model, approval: 'APPROVED' } : null,
  reject: (model: Model): Model | null =>
    model.approval === 'PENDING' ? { ...model, approval: 'REJECTED' } : null,
  confirm: (model: Model): Model | null => {
    const isLarge = model.prices.reduce((sum, price) => sum + price, 0) >= 100
    if (model.isConfirmed || (isLarge && model.approval !== 'APPROVED')) return null
    return {
      ...model,
      isConfirmed: true,
      approval: model.approval === 'PENDING' ? 'CANCELED' : model.approval,
    }
  },
}
type Step = keyof typeof steps

/** What the order shows of its approvals. */
function shown({ approval, prices }: Model): string | null {
  const isLarge = prices.reduce((sum, price) => sum + price, 0) >= 100
  if (approval === 'NONE' || approval === 'CANCELED')
    return isLarge ? (approval === 'NONE' ? 'PENDING' : 'CANCELED') : null
  return approval
}

test('an order is never confirmed without an approval that is good, whatever happened before', async () => {
  const taken = fc.record({
    step: fc.constantFrom<Step>('add', 'change', 'ask', 'ask', 'approve', 'approve', 'reject', 'confirm'),
    price: fc.integer({ min: 1, max: 120 }),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(taken, { maxLength: 9 }), async all => {
      const id = await desk.order('60')
      const lineId = await desk.lineOf(id)
      let model: Model = { prices: [60], approval: 'NONE', isConfirmed: false }
      let approvalId = 'apr_01k0000000e00800000000zzzz'
      /** Whether the product does it. */
      const done = async (step: Step, price: number): Promise<boolean> => {
        const line = { orderId: id, productId: desk.shop.productId, unitPrice: String(price) }
        if (step === 'ask') {
          const answer = await gateway.data(
            'mutation ($id: ID!) { done: approvalCreate(input: { targetId: $id }) { approval { id } userErrors { code } } }',
            { id },
          )
          const isAsked = JSON.stringify(answer).includes('"userErrors":[]')
          if (isAsked) approvalId = textAt(answer, 'done.approval.id')
          return isAsked
        }
        const errors = await {
          add: () => gateway.refusals('orderLineCreate', line),
          change: () => gateway.refusals('orderLineUpdate', { id: lineId, unitPrice: line.unitPrice }),
          approve: () => gateway.refusals('approvalApprove', { id: approvalId }),
          reject: () => gateway.refusals('approvalReject', { id: approvalId }),
          confirm: () => desk.states.move('order', id, 'CONFIRMED'),
        }[step]()
        return errors.length === 0
      }
      for (const { step, price } of all) {
        const next = steps[step](model, price)
        expect([step, await done(step, price)]).toEqual([step, next !== null])
        model = next ?? model
        expect(await desk.shop.read('order', id, 'status approvalStatus')).toEqual({
          status: model.isConfirmed ? 'CONFIRMED' : 'PENDING',
          approvalStatus: shown(model),
        })
      }
    }),
    { numRuns: 25 },
  )
})

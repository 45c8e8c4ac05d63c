import { codesOf, createTestGateway, fieldsAt, listAt, type TestGateway, valueAt } from '@trellis/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop, upperFirst, type Values } from './fixtures/shop.ts'
import { createStates, type States } from './fixtures/states.ts'

let gateway: TestGateway
let shop: Shop
let states: States
let present = new Date('2026-03-01T12:00:00Z')
beforeAll(async () => {
  gateway = await createTestGateway({ now: () => present })
  shop = await openShop(gateway)
  states = createStates(gateway, shop)
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** What the timeline says of states, the oldest first. */
const movesOf = async (document: string, id: string) =>
  listAt(
    await shop.read(
      document,
      id,
      'timeline(first: 100, filter: { type: { eq: "STATUS" } }, orderBy: { field: CREATED_AT }) { nodes { data occurredAt } }'.replace(
        'STATUS',
        `${document}.status_changed`,
      ),
    ),
    'timeline.nodes',
  )

const orderSteps: Readonly<Record<string, readonly string[]>> = {
  DRAFT: ['PENDING', 'CANCELED'],
  PENDING: ['CONFIRMED', 'CANCELED'],
  CONFIRMED: ['PROCESSING', 'CANCELED'],
  PROCESSING: ['SHIPPED', 'CANCELED'],
  SHIPPED: ['DELIVERED', 'RETURNED'],
  DELIVERED: ['COMPLETED', 'RETURNED'],
  COMPLETED: ['RETURNED'],
  CANCELED: [],
  RETURNED: [],
}
const quoteSteps: Readonly<Record<string, readonly string[]>> = {
  DRAFT: ['IN_REVIEW', 'SENT', 'EXPIRED'],
  IN_REVIEW: ['DRAFT', 'APPROVED', 'REJECTED', 'EXPIRED'],
  APPROVED: ['DRAFT', 'SENT', 'EXPIRED'],
  SENT: ['DRAFT', 'ACCEPTED', 'REJECTED', 'EXPIRED'],
  ACCEPTED: [],
  REJECTED: ['DRAFT'],
  EXPIRED: ['DRAFT'],
}

describe.each([
  { document: 'order', steps: orderSteps },
  { document: 'quote', steps: quoteSteps },
])('the states of a $document', ({ document, steps }) => {
  const all = Object.keys(steps)

  test.each(all)('from %s lead where they should, and nowhere else', async from => {
    for (const to of all) {
      const id = await states.makeIn(document, from)
      const isAllowed = steps[from]?.includes(to) ?? false
      expect(await shop.read(document, id, 'status nextStatuses')).toEqual({
        status: from,
        nextStatuses: steps[from],
      })
      expect(await states.move(document, id, to)).toEqual(
        isAllowed ? [] : ['INVALID_TRANSITION input.status'],
      )
      expect(await shop.read(document, id, 'status')).toEqual({ status: isAllowed ? to : from })
    }
  })

  test('are the same in a list that the database answers as in one that resolvers do', async () => {
    await states.makeIn(document, 'DRAFT')
    const query = `{ list: ${document}s(first: 2) { nodes { nextStatuses } } }`
    const answers = []
    for (let time = 0; time < 3; time += 1) answers.push(await gateway.data(query))
    expect(answers[0]).toEqual(answers[1])
    expect(answers[1]).toEqual(answers[2])
    expect(fieldsAt(answers[0], 'list.nodes', 'nextStatuses')).toHaveLength(2)
  })

  test('are begun as a draft, or further on by whoever imports and may see all', async () => {
    const input = { name: 'Boxes', customerId: shop.customerId }
    const last = all.at(-1) ?? ''
    expect(await gateway.refusals(`${document}Create`, { ...input, status: last })).toEqual([
      'INVALID_TRANSITION input.status',
    ])
    const item = { externalId: `begin ${document}`, ...input, status: last }
    const agent = { as: 'agent' } as const
    const customerId = await gateway.create('customer', { name: 'Mine' }, agent)
    expect(
      (await shop.upsert(document, [{ ...item, customerId }], { system: 'theirs' }, agent)).errors,
    ).toEqual(['INVALID_TRANSITION input.items.0.status'])
    expect((await shop.upsert(document, [item])).statuses).toEqual(['CREATED'])
    expect((await shop.upsert(document, [{ ...item, status: all[0] }])).statuses).toEqual(['UPDATED'])
  })

  test('do not lead out of DRAFT without lines', async () => {
    const id = await gateway.create(document, { name: 'Boxes', customerId: shop.customerId })
    for (const to of steps['DRAFT'] ?? [])
      expect(await states.move(document, id, to)).toEqual(['NO_LINES input.status'])
    const lineId = await gateway.create(`${document}Line`, {
      [`${document}Id`]: id,
      productId: shop.productId,
    })
    await gateway.refusals(`${document}LineDelete`, { id: lineId })
    expect(await states.move(document, id, steps['DRAFT']?.[0] ?? '')).toEqual(['NO_LINES input.status'])
  })

  test('are not left by who read an older version, who remarks too much, or where there is nothing', async () => {
    const id = await states.makeIn(document, 'DRAFT')
    const to = steps['DRAFT']?.[0] ?? ''
    expect(await states.move(document, id, to, { expectedVersion: 1 })).toEqual([
      'STALE_VERSION input.expectedVersion',
    ])
    expect(await states.move(document, id, to, { comment: 'x'.repeat(10_001) })).toEqual([
      'TOO_LONG input.comment',
    ])
    for (const nothing of [
      'nonsense',
      shop.customerId,
      `${document === 'order' ? 'ord' : 'quo'}_01k0000000e00800000000zzzz`,
    ])
      expect(await states.move(document, nothing, to)).toEqual(['NOT_FOUND input.id'])
    await gateway.refusals(`${document}Delete`, { id })
    expect(await states.move(document, id, to)).toEqual(['DELETED input.id'])
    const answer = await gateway.ask(
      `mutation { ${document}Transition(input: { id: "${id}", status: LOST }) { userErrors { code } } }`,
    )
    expect(codesOf(answer)).toEqual(['GRAPHQL_VALIDATION_FAILED'])
  })

  test('leave every step in the timeline, and never lead where they should not', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.constantFrom(...all), { maxLength: 8 }), async wanted => {
        const id = await states.makeIn(document, 'DRAFT')
        let state = 'DRAFT'
        const taken: Values[] = []
        for (const to of wanted) {
          present = new Date(present.getTime() + 60_000)
          const isAllowed = steps[state]?.includes(to) ?? false
          expect((await states.move(document, id, to, { comment: `To ${to}` })).length).toBe(
            isAllowed ? 0 : 1,
          )
          if (!isAllowed) continue
          taken.push({ data: { from: state, to, comment: `To ${to}` }, occurredAt: present.toISOString() })
          state = to
        }
        expect(await shop.read(document, id, 'status version')).toEqual({
          status: state,
          version: 2 + taken.length,
        })
        expect(await movesOf(document, id)).toEqual(taken)
      }),
      { numRuns: 12 },
    )
  })

  test('of two steps at once, one is taken', async () => {
    const id = await states.makeIn(document, 'DRAFT')
    const to = steps['DRAFT']?.[0] ?? ''
    const answers = await Promise.all([states.move(document, id, to), states.move(document, id, to)])
    expect(answers.flat()).toEqual(['INVALID_TRANSITION input.status'])
    expect(await movesOf(document, id)).toHaveLength(1)
  })

  test("are an agent's own to change, and nobody else's", async () => {
    const agent = { as: 'agent' } as const
    const id = await states.makeIn(document, 'DRAFT')
    const to = steps['DRAFT']?.[0] ?? ''
    expect(await gateway.refusals(`${document}Transition`, { id, status: to }, agent)).toEqual([
      'NOT_FOUND input.id',
    ])
    const customerId = await gateway.create('customer', { name: 'Mine' }, agent)
    const lines = [{ productId: shop.productId }]
    const own = await gateway.create(document, { name: 'Mine', customerId, lines }, agent)
    expect(await gateway.refusals(`${document}Transition`, { id: own, status: to }, agent)).toEqual([])
    const answer = await gateway.ask(
      `mutation ($input: ${upperFirst(document)}LineCreateInput!) { done: ${document}LineCreate(input: $input) { userErrors { code path } } }`,
      { input: { [`${document}Id`]: id, productId: shop.productId } },
      agent,
    )
    expect(valueAt(answer, 'data.done.userErrors.0.code')).toBe('NOT_FOUND')
  })
})

test('the message names where the way leads', async () => {
  const id = await states.makeIn('order', 'CONFIRMED')
  expect(await shop.messageOf('orderTransition', { id, status: 'DELIVERED' })).toBe(
    'status is CONFIRMED; it may become PROCESSING or CANCELED, and not DELIVERED.',
  )
})

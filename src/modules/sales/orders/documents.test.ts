import { createTestGateway, listAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kinds, openShop, type Shop, type Values } from './fixtures/shop.ts'
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

describe.each(kinds)('a new $document', ({ document, prefix }) => {
  const make = (more: Values = {}) =>
    gateway.create(document, { name: 'Boxes', customerId: shop.customerId, ...more })

  test('is numbered one after the other, unless an importer brings a number', async () => {
    const numberOf = async (id: string) => textAt(await shop.read(document, id, 'number'), 'number')
    const [first, second] = [await numberOf(await make()), await numberOf(await make())]
    expect(first).toMatch(new RegExp(`^${prefix}-\\d{6}$`))
    expect(Number(second.slice(2))).toBe(Number(first.slice(2)) + 1)
    expect(await numberOf(await make({ number: 'ERP 7' }))).toBe('ERP 7')
    expect(
      await gateway.refusals(`${document}Create`, {
        name: 'Boxes',
        customerId: shop.customerId,
        number: 'ERP 7',
      }),
    ).toEqual(['TAKEN input.number'])
  })

  test('passes over numbers that importers brought, before or with it, and is numbered with others in one statement', async () => {
    const last = Number(textAt(await shop.read(document, await make(), 'number'), 'number').slice(2))
    const number = (more: number) => `${prefix}-${String(last + more).padStart(6, '0')}`
    let imports = 0
    /** Imports documents, some with numbers of their own, and answers all numbers. */
    const numbersOf = async (...brought: readonly (string | undefined)[]) => {
      const items = brought.map(given => ({
        ...{ externalId: `number ${(imports += 1)}`, name: 'Boxes', customerId: shop.customerId },
        ...(given !== undefined && { number: given }),
      }))
      const { ids } = await shop.upsert(document, items)
      return Promise.all(ids.map(async id => textAt(await shop.read(document, id, 'number'), 'number')))
    }
    await numbersOf(number(1), number(2), number(4))
    expect(await numbersOf(undefined, undefined)).toEqual([number(3), number(5)])
    expect(await numbersOf(number(6), undefined)).toEqual([number(6), number(7)])
    const many = Array.from({ length: 50 }, () => undefined)
    const statements = await gateway.statementsOf(() => numbersOf(...many))
    expect(statements.filter(statement => /nextval/.test(statement))).toHaveLength(1)
  })

  test('is for the customer of the opportunity that it comes of; for another where that has none', async () => {
    const opportunityId = await gateway.create('opportunity', { name: 'Boxes', customerId: shop.customerId })
    const customerOf = async (input: Values) =>
      valueAt(
        await shop.read(
          document,
          await gateway.create(document, { name: 'Boxes', ...input }),
          'customer { id }',
        ),
        'customer.id',
      )
    expect(await customerOf({ opportunityId })).toBe(shop.customerId)
    const free = await gateway.create('opportunity', { name: 'Boxes' })
    expect(await customerOf({ opportunityId: free, customerId: shop.customerId })).toBe(shop.customerId)
    expect(await gateway.refusals(`${document}Create`, { name: 'Boxes' })).toEqual([
      'REQUIRED input.customerId',
    ])
    const orphan = await gateway.create('opportunity', { name: 'Nobody' })
    expect(await gateway.refusals(`${document}Create`, { name: 'Boxes', opportunityId: orphan })).toEqual([
      'REQUIRED input.customerId',
    ])
  })
})

describe('an order', () => {
  const lines = () => [{ productId: shop.productId }]

  test('was ordered when it left DRAFT, unless it says when', async () => {
    const at = present.toISOString()
    const id = await gateway.create('order', { customerId: shop.customerId, lines: lines() })
    expect(await shop.read('order', id, 'orderedAt')).toEqual({ orderedAt: null })
    await states.move('order', id, 'PENDING')
    expect(await shop.read('order', id, 'orderedAt')).toEqual({ orderedAt: at })

    const told = await gateway.create('order', {
      customerId: shop.customerId,
      lines: lines(),
      orderedAt: '2026-02-01T00:00:00Z',
    })
    await states.move('order', told, 'PENDING')
    expect(await shop.read('order', told, 'orderedAt')).toEqual({ orderedAt: '2026-02-01T00:00:00.000Z' })

    const called = await gateway.create('order', { customerId: shop.customerId, lines: lines() })
    await states.move('order', called, 'CANCELED')
    expect(await shop.read('order', called, 'orderedAt')).toEqual({ orderedAt: null })
  })

  test('may be pending from the start, if it has lines', async () => {
    const input = { customerId: shop.customerId, status: 'PENDING' }
    expect(await gateway.refusals('orderCreate', input)).toEqual(['NO_LINES input.status'])
    const id = await gateway.create('order', { ...input, lines: lines() })
    expect(await shop.read('order', id, 'status orderedAt')).toEqual({
      status: 'PENDING',
      orderedAt: present.toISOString(),
    })
  })
})

describe('a quote', () => {
  test('is neither sent nor accepted after its last day', async () => {
    const [today, yesterday] = [0, 1].map(days =>
      new Date(present.getTime() - days * 86_400_000).toISOString().slice(0, 10),
    )
    const sent = await states.makeIn('quote', 'SENT', { validUntil: yesterday })
    expect(await states.move('quote', sent, 'ACCEPTED')).toEqual(['EXPIRED input.status'])
    expect(await states.move('quote', sent, 'EXPIRED')).toEqual([])
    const draft = await states.makeIn('quote', 'DRAFT', { validUntil: yesterday })
    expect(await states.move('quote', draft, 'SENT')).toEqual(['EXPIRED input.status'])
    await gateway.refusals('quoteUpdate', { id: draft, validUntil: today })
    expect(await states.move('quote', draft, 'SENT')).toEqual([])
    expect(await states.move('quote', draft, 'ACCEPTED')).toEqual([])
  })

  describe('that was accepted', () => {
    const convert = async (
      id: string,
      more: Values = {},
      as: 'administrator' | 'agent' = 'administrator',
    ) => {
      const answer = await gateway.data(
        'mutation ($input: QuoteConvertToOrderInput!) { done: quoteConvertToOrder(input: $input) { order { id } userErrors { code path } } }',
        { input: { id, ...more } },
        { as },
      )
      const errors = listAt(answer, 'done.userErrors').map(
        error => `${textAt(error, 'code')} ${listAt(error, 'path').join('.')}`,
      )
      return errors.length > 0 ? errors : textAt(answer, 'done.order.id')
    }
    const quoted =
      'customer { id } contact { id } opportunity { id } owner { id } team { id } name currency extraDiscount subtotal discount tax total lines { product { id } position quantity unitPrice discountPercent taxPercent subtotal discount tax total currency description }'

    test('becomes an order of the same, once however often it is asked', async () => {
      const productId = await gateway.create('product', { sku: 'GONE', name: 'Gone', price: '7' })
      const contactId = await gateway.create('contact', { lastName: 'Ann', customerId: shop.customerId })
      const opportunityId = await gateway.create('opportunity', { name: 'Boxes' })
      const id = await gateway.create('quote', {
        ...{ name: 'Boxes', customerId: shop.customerId, contactId, opportunityId, extraDiscount: '2.5' },
        lines: [
          { productId, quantity: '3', discountPercent: '10', taxPercent: '19', description: 'Blue' },
          { productId: shop.productId, position: 9 },
        ],
      })
      await states.move('quote', id, 'SENT')
      await states.move('quote', id, 'ACCEPTED')
      await gateway.refusals('productUpdate', { id: productId, isActive: false, price: '8' })
      const before = await gateway.rowsIn('Order')
      const answers = await Promise.all([convert(id), convert(id), convert(id)])
      const [orderId] = answers
      expect(new Set(answers).size).toBe(1)
      expect(await gateway.rowsIn('Order')).toBe(before + 1)
      expect(await shop.read('order', String(orderId), quoted)).toEqual(await shop.read('quote', id, quoted))
      expect(await shop.read('order', String(orderId), 'status version quote { id }')).toEqual({
        status: 'DRAFT',
        version: 1,
        quote: { id },
      })
      await gateway.refusals('orderDelete', { id: orderId })
      expect(await convert(id)).not.toBe(orderId)
    })

    test.each([
      [
        'that is not accepted',
        async () => ({ id: await states.makeIn('quote', 'SENT') }),
        'INVALID_TRANSITION input.id',
      ],
      ['that there is not', async () => ({ id: 'quo_01k0000000e00800000000zzzz' }), 'NOT_FOUND input.id'],
      ['that is none', async () => ({ id: 'nonsense' }), 'NOT_FOUND input.id'],
      [
        'that has moved on',
        async () => ({ id: await states.makeIn('quote', 'ACCEPTED'), expectedVersion: 7 }),
        'STALE_VERSION input.expectedVersion',
      ],
      [
        'that is deleted',
        async () => {
          const id = await states.makeIn('quote', 'REJECTED')
          await gateway.refusals('quoteDelete', { id })
          return { id }
        },
        'DELETED input.id',
      ],
    ])('is not one %s', async (_, input, refusal) => {
      expect(await gateway.refusals('quoteConvertToOrder', await input())).toEqual([refusal])
    })

    test('is ordered by its owner, and by no other agent', async () => {
      const agent = { as: 'agent' } as const
      const customerId = await gateway.create('customer', { name: 'Mine' }, agent)
      const id = await gateway.create(
        'quote',
        { name: 'Mine', customerId, lines: [{ productId: shop.productId }] },
        agent,
      )
      for (const status of ['SENT', 'ACCEPTED'])
        await gateway.refusals('quoteTransition', { id, status }, agent)
      const orderId = await convert(id, {}, 'agent')
      expect(await shop.read('order', String(orderId), 'owner { id } total')).toEqual({
        owner: { id: gateway.userIds.agent },
        total: '9.99',
      })
      await gateway.refusals('orderUpdate', { id: orderId, ownerId: gateway.userIds.administrator })
      expect(await convert(id, {}, 'agent')).toEqual(['TAKEN input.id'])
      expect(await convert(await states.makeIn('quote', 'ACCEPTED'), {}, 'agent')).toEqual([
        'NOT_FOUND input.id',
      ])
    })

    test('leaves nothing behind when it is tried only', async () => {
      const id = await states.makeIn('quote', 'ACCEPTED')
      const before = await gateway.rowsIn('OrderLine')
      const answer = await gateway.data(
        'mutation ($id: ID!) @dryRun { quoteConvertToOrder(input: { id: $id }) { order { total lines { quantity } } userErrors { code } } }',
        { id },
      )
      expect(answer).toEqual({
        quoteConvertToOrder: { order: { total: '9.99', lines: [{ quantity: '1' }] }, userErrors: [] },
      })
      expect(await gateway.rowsIn('OrderLine')).toBe(before)
    })
  })
})

import { listAt, untilWaiting, valueAt } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../testing/open-shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop[Symbol.asyncDispose]())

describe('customers that become one', () => {
  test('have one cart, with what was in all of them', async () => {
    const [stays, one, two] = [await shop.customer(), await shop.customer(), await shop.customer()]
    const [chair, lamp] = [await shop.product({ name: 'Chair' }), await shop.product({ name: 'Lamp' })]
    await shop.addItem(stays, chair, 999)
    await shop.addItem(one, chair, 2)
    await shop.addItem(one, lamp, 3)
    await shop.addItem(two, await shop.product({ currency: 'EUR' }))
    expect(await shop.gateway.refusals('customerMerge', { id: stays, mergedIds: [one, two] })).toEqual([])
    expect(await shop.cart(stays)).toMatchObject({
      currency: 'USD',
      items: [
        { quantity: 1000, product: { name: 'Chair' } },
        { quantity: 3, product: { name: 'Lamp' } },
      ],
    })
  })

  test('keep the one cart that there is, and what was ordered', async () => {
    const [stays, one] = [await shop.customer({ name: 'Stays' }), await shop.customer()]
    await shop.addItem(one, await shop.product())
    await shop.gateway.refusals('ecommerceCartCheckout', { customerId: one })
    await shop.addItem(one, await shop.product(), 4)
    expect(await shop.gateway.refusals('customerMerge', { id: stays, mergedIds: [one] })).toEqual([])
    expect(await shop.cart(stays)).toMatchObject({ itemCount: 4 })
    expect(await shop.addItem(one, await shop.product())).toEqual([])
    expect(await shop.cart(stays)).toMatchObject({ itemCount: 5 })
  })

  test('have 100 products in it, and what there is no room for is given up', async () => {
    const [stays, one] = [await shop.customer(), await shop.customer()]
    const [chair, lamp] = [await shop.product({ name: 'Chair' }), await shop.product({ name: 'Lamp' })]
    await shop.addItem(stays, chair)
    await shop.fillCart(stays, 98)
    for (const product of [lamp, await shop.product(), chair]) await shop.addItem(one, product, 5)
    const before = await shop.gateway.rowsIn('ext_ecommerce.CartItem')
    expect(await shop.gateway.refusals('customerMerge', { id: stays, mergedIds: [one] })).toEqual([])
    const cart = await shop.cart(stays)
    expect(listAt(cart, 'items')).toHaveLength(100)
    expect(cart).toMatchObject({ itemCount: 6 + 98 + 5 })
    expect(valueAt(cart, 'items.0')).toMatchObject({ quantity: 6, product: { name: 'Chair' } })
    expect(valueAt(cart, 'items.99')).toMatchObject({ quantity: 5, product: { name: 'Lamp' } })
    expect(await shop.gateway.rowsIn('ext_ecommerce.CartItem')).toBe(before - 1)
  })

  test('have what is put in while they become one', async () => {
    const [stays, one] = [await shop.customer(), await shop.customer()]
    const product = await shop.product()
    await shop.addItem(stays, product)
    const other = await shop.gateway.trellis.database.begin()
    await sql`select from ext_ecommerce."Cart" where "customerId" = ${stays} for update`.execute(
      other.session.sql,
    )
    const merged = shop.gateway.refusals('customerMerge', { id: stays, mergedIds: [one] })
    await untilWaiting(1, shop.gateway)
    const added = shop.addItem(one, product, 2)
    await untilWaiting(2, shop.gateway)
    await other.commit()
    expect(await Promise.all([merged, added])).toEqual([[], []])
    expect(await shop.cart(stays)).toMatchObject({ itemCount: 3 })
  })
})

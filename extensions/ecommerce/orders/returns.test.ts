import { expect, test } from 'vitest'
import { openShop, untilDelivered } from '../testing/open-shop.ts'

test('an order is sent back for 30 days after its delivery, completed or not', async () => {
  await using shop = await openShop()
  const customerId = await shop.customer()
  const productId = await shop.product()
  const delivered = async (...more: readonly string[]) => {
    const { id } = await shop.order(customerId, [productId])
    expect(await shop.go(id, ...untilDelivered, ...more)).toEqual([])
    return id
  }
  const [early, late, completed] = [await delivered(), await delivered(), await delivered('COMPLETED')]
  shop.daysPass(30)
  expect(await shop.go(early, 'RETURNED')).toEqual([])
  shop.daysPass(1)
  expect(await shop.go(late, 'RETURNED')).toEqual(['RETURN_TOO_LATE input.status'])
  expect(await shop.go(completed, 'RETURNED')).toEqual(['RETURN_TOO_LATE input.status'])
  expect(await shop.go(late, 'COMPLETED')).toEqual([])
})

test('an administrator sets for how long', async () => {
  await using shop = await openShop()
  const { id } = await shop.order(await shop.customer(), [await shop.product()])
  await shop.go(id, ...untilDelivered)
  shop.daysPass(2)
  const configure = (returnWindowDays: number) =>
    shop.gateway.refusals('extensionConfigure', { name: 'ecommerce', settings: { returnWindowDays } })
  expect(await configure(0)).toEqual(['INVALID_SETTING input.settings.returnWindowDays'])
  expect(await configure(1)).toEqual([])
  await shop.gateway.trellis.follow()
  expect(await shop.go(id, 'RETURNED')).toEqual(['RETURN_TOO_LATE input.status'])
})

test('an order on its way is sent back whenever', async () => {
  await using shop = await openShop()
  const { id } = await shop.order(await shop.customer(), [await shop.product()])
  await shop.go(id, 'PENDING', 'CONFIRMED', 'PROCESSING', 'SHIPPED')
  shop.daysPass(100)
  expect(await shop.go(id, 'RETURNED')).toEqual([])
})

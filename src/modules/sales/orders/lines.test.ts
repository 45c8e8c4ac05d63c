import { createTestGateway, type TestGateway, textAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { amounts, kinds, openShop, type Shop, upperFirst, type Values } from './fixtures/shop.ts'

let gateway: TestGateway
let shop: Shop
beforeAll(async () => {
  gateway = await createTestGateway()
  shop = await openShop(gateway)
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** External ids: no two are alike. */
let imports = 0

describe.each(kinds)('lines of a $document', ({ document, line, key, locked }) => {
  const make = (more: Values = {}) =>
    gateway.create(document, { name: 'Boxes', customerId: shop.customerId, ...more })
  const add = (id: string, more: Values = {}) =>
    gateway.create(line, { [key]: id, productId: shop.productId, ...more })
  const refused = (id: string, more: Values = {}) =>
    gateway.refusals(`${line}Create`, { [key]: id, productId: shop.productId, ...more })
  /** By an import: no other road leads there without approvals and their like. */
  const makeIn = async (status: string) => {
    const item = { externalId: `${(imports += 1)}`, name: 'Boxes', customerId: shop.customerId, status }
    return (await shop.upsert(document, [item])).ids[0] ?? ''
  }

  test('come with it, and are what lines of their own are', async () => {
    const lines = [
      { productId: shop.productId, quantity: '3', discountPercent: '12.5', taxPercent: '19' },
      {
        productId: shop.productId,
        unitPrice: '0.0001',
        quantity: '0.5',
        position: 7,
        description: 'Next to nothing',
      },
      { productId: shop.productId },
    ]
    const id = await make({ lines, extraDiscount: '1' })
    expect(
      await shop.read(
        document,
        id,
        `${amounts} version lines { position quantity unitPrice description ${amounts} version createdBy { id } }`,
      ),
    ).toMatchObject({
      subtotal: '39.9601',
      discount: '4.7463',
      tax: '4.9825',
      total: '40.1963',
      version: 1,
      lines: [
        {
          position: 1,
          quantity: '3',
          unitPrice: '9.99',
          total: '31.2062',
          version: 1,
          createdBy: { id: gateway.userIds.administrator },
        },
        { position: 3, quantity: '1', unitPrice: '9.99', total: '9.99' },
        {
          position: 7,
          quantity: '0.5',
          unitPrice: '0.0001',
          total: '0.0001',
          description: 'Next to nothing',
        },
      ],
    })
  })

  describe('are refused with', () => {
    test.each<[string, () => Values, string]>([
      ['a product that is not for sale', () => ({ productId: shop.retiredProductId }), 'INACTIVE productId'],
      [
        'no price where the product has none in its currency',
        () => ({ productId: shop.euroProductId }),
        'REQUIRED unitPrice',
      ],
      [
        'a product that there is not',
        () => ({ productId: 'prd_01k0000000e00800000000zzzz' }),
        'NOT_FOUND productId',
      ],
      ['a product that is none', () => ({ productId: shop.customerId }), 'NOT_FOUND productId'],
      ['less than nothing', () => ({ quantity: '-1' }), 'OUT_OF_RANGE quantity'],
      ['a price below zero', () => ({ unitPrice: '-0.0001' }), 'OUT_OF_RANGE unitPrice'],
      ['more than all off', () => ({ discountPercent: '100.0001' }), 'OUT_OF_RANGE discountPercent'],
      ['a tax above the price', () => ({ taxPercent: '101' }), 'OUT_OF_RANGE taxPercent'],
      ['no place', () => ({ position: 0 }), 'OUT_OF_RANGE position'],
      ['a place too far', () => ({ position: 10_001 }), 'OUT_OF_RANGE position'],
      ['a novel', () => ({ description: 'x'.repeat(10_001) }), 'TOO_LONG description'],
      [
        'an amount that no column holds',
        () => ({ quantity: '99999999999999', unitPrice: '99' }),
        'OUT_OF_RANGE quantity',
      ],
      [
        'one that only its tax makes too large',
        () => ({ quantity: '60000000', unitPrice: '1000000', taxPercent: '100' }),
        'OUT_OF_RANGE quantity',
      ],
    ])('%s, alike in a line of its own and in one that comes with it', async (_, wrong, refusal) => {
      const [code, field] = refusal.split(' ')
      const id = await make()
      expect(await refused(id, wrong())).toEqual([`${code} input.${field}`])
      const lines = [{ productId: shop.productId }, { productId: shop.productId, ...wrong() }]
      const before = await gateway.rowsIn(upperFirst(document))
      expect(
        await gateway.refusals(`${document}Create`, { name: 'Boxes', customerId: shop.customerId, lines }),
      ).toEqual([`${code} input.lines.1.${field}`])
      expect(await gateway.rowsIn(upperFirst(document))).toBe(before)
    })

    test('1,001 lines at once, and all that is wrong with them at once', async () => {
      const refusedWith = (lines: readonly Values[]) =>
        gateway.refusals(`${document}Create`, { name: 'Boxes', customerId: shop.customerId, lines })
      expect(await refusedWith(Array.from({ length: 1001 }, () => ({ productId: shop.productId })))).toEqual([
        'TOO_LONG input.lines',
      ])
      expect(
        await refusedWith([
          { productId: shop.productId, quantity: '-1', taxPercent: '200' },
          { productId: shop.euroProductId },
        ]),
      ).toEqual([
        'OUT_OF_RANGE input.lines.0.quantity',
        'OUT_OF_RANGE input.lines.0.taxPercent',
        'REQUIRED input.lines.1.unitPrice',
      ])
    })

    test('less than is taken off, whichever way it would come about', async () => {
      const id = await make({ extraDiscount: '5' })
      expect(await refused(id, { unitPrice: '4.9999' })).toEqual([`OUT_OF_RANGE input.${key}`])
      const lineId = await add(id, { unitPrice: '5' })
      const other = await add(id, { unitPrice: '5' })
      expect(await gateway.refusals(`${line}Update`, { id: lineId, discountPercent: '51' })).toEqual([])
      expect(await gateway.refusals(`${line}Delete`, { id: other })).toEqual(['OUT_OF_RANGE input.id'])
      expect(await gateway.refusals(`${line}Update`, { id: other, quantity: '0.1' })).toEqual([
        'OUT_OF_RANGE input.id',
      ])
      expect(await gateway.refusals(`${document}Update`, { id, extraDiscount: '7.4501' })).toEqual([
        'OUT_OF_RANGE input.extraDiscount',
      ])
      expect(await gateway.refusals(`${document}Update`, { id, extraDiscount: '7.45' })).toEqual([])
      expect(
        await gateway.refusals(`${document}Create`, {
          name: 'Boxes',
          customerId: shop.customerId,
          extraDiscount: '10',
          lines: [{ productId: shop.productId }],
        }),
      ).toEqual(['OUT_OF_RANGE input.extraDiscount'])
      expect(await shop.messageOf(`${line}Delete`, { id: other })).toBe(
        '10.0000 would be taken off lines that come to 5.0000; lower extraDiscount first.',
      )
    })

    test('more together than a column holds', async () => {
      const id = await make()
      await add(id, { quantity: '60000000', unitPrice: '1000000' })
      expect(await refused(id, { quantity: '60000000', unitPrice: '1000000' })).toEqual([
        `OUT_OF_RANGE input.${key}`,
      ])
      expect(await shop.read(document, id, 'total version')).toEqual({ total: '60000000000000', version: 2 })
    })

    test('changes, once others rely on them', async () => {
      const id = await makeIn(locked)
      const {
        ids: [lineId = ''],
      } = await shop.upsert(line, [{ externalId: id, [key]: id, productId: shop.productId }])
      expect(await refused(id)).toEqual([`LOCKED input.${key}`])
      for (const change of [
        { quantity: '2' },
        { position: 2 },
        { description: 'More' },
        { productId: shop.productId },
      ])
        expect(await gateway.refusals(`${line}Update`, { id: lineId, ...change })).toEqual([
          'LOCKED input.id',
        ])
      expect(await gateway.refusals(`${line}Delete`, { id: lineId })).toEqual(['LOCKED input.id'])
      expect(await gateway.refusals(`${document}Update`, { id, extraDiscount: '1' })).toEqual([
        'LOCKED input.extraDiscount',
      ])
      expect(await gateway.refusals(`${document}Update`, { id, extraDiscount: '0' })).toEqual([])
      expect(await gateway.refusals(`${line}Update`, { id: lineId, customFields: { shelf: 1 } })).toEqual([])
      expect(await shop.read(document, id, 'total')).toEqual({ total: '9.99' })
    })

    test('a document that is deleted', async () => {
      const id = await make({ lines: [{ productId: shop.productId }] })
      const lineId = textAt(await shop.read(document, id, 'lines { id }'), 'lines.0.id')
      await gateway.refusals(`${document}Delete`, { id })
      expect(await refused(id)).toEqual([`NOT_FOUND input.${key}`])
      expect(await gateway.refusals(`${line}Update`, { id: lineId, quantity: '2' })).toEqual([
        'DELETED input.id',
      ])
    })
  })

  test('take the price of another product that they come to be of, unless one is given', async () => {
    const other = await gateway.create('product', { sku: `CRATE ${document}`, name: 'Crate', price: '20' })
    const id = await make()
    const lineId = await add(id, { unitPrice: '1' })
    expect(await gateway.refusals(`${line}Update`, { id: lineId, productId: other })).toEqual([])
    expect(await shop.read(line, lineId, 'unitPrice total')).toEqual({ unitPrice: '20', total: '20' })
    await gateway.refusals(`${line}Update`, { id: lineId, productId: shop.productId, unitPrice: '2' })
    expect(await shop.read(line, lineId, 'unitPrice total')).toEqual({ unitPrice: '2', total: '2' })
    expect(await gateway.refusals(`${line}Update`, { id: lineId, productId: shop.euroProductId })).toEqual([
      'REQUIRED input.unitPrice',
    ])
  })

  test('are in its currency', async () => {
    const id = await make({ currency: 'EUR', lines: [{ productId: shop.euroProductId }] })
    const lineId = await add(id, { productId: shop.productId, unitPrice: '1' })
    expect(await shop.read(document, id, 'total lines { currency }')).toEqual({
      total: '10.99',
      lines: [{ currency: 'EUR' }, { currency: 'EUR' }],
    })
    expect(await shop.messageOf(`${line}Create`, { [key]: id, productId: shop.productId })).toBe(
      "unitPrice is required: the product's price is in USD, and this is in EUR.",
    )
    expect(await shop.read(line, lineId, 'currency')).toEqual({ currency: 'EUR' })
  })
})

import { createTestGateway, fieldsAt, listAt, type TestGateway, textAt } from '@trellis/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { amountsOf, decimalOf, type ExactLine, totalsOf, written } from './fixtures/exact-amounts.ts'
import { amounts, kinds, openShop, type Shop, upperFirst, type Values } from './fixtures/shop.ts'

let gateway: TestGateway
let shop: Shop
beforeAll(async () => {
  gateway = await createTestGateway()
  shop = await openShop(gateway)
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe.each(kinds)('what a $document comes to', ({ document, line, key }) => {
  const make = (more: Values = {}) =>
    gateway.create(document, { name: 'Boxes', customerId: shop.customerId, ...more })
  const add = (id: string, more: Values = {}) =>
    gateway.create(line, { [key]: id, productId: shop.productId, ...more })

  test('adds up what its lines were rounded to, less what else is taken off', async () => {
    const id = await make()
    const lineId = await add(id, { quantity: '3', discountPercent: '12.5', taxPercent: '19' })
    expect(await shop.read(line, lineId, `unitPrice currency ${amounts}`)).toEqual({
      unitPrice: '9.99',
      currency: 'USD',
      subtotal: '29.97',
      // 3.74625 and 4.98257…: halves go away from zero.
      discount: '3.7463',
      tax: '4.9825',
      total: '31.2062',
    })
    await add(id, { unitPrice: '0.0001', quantity: '0.5' })
    expect(await gateway.refusals(`${document}Update`, { id, extraDiscount: '1.2063' })).toEqual([])
    expect(await shop.read(document, id, `${amounts} version`)).toEqual({
      subtotal: '29.9701',
      discount: '4.9526',
      tax: '4.9825',
      total: '30',
      version: 4,
    })
  })

  test('counts every line that comes, changes, goes and comes back as a write of its own', async () => {
    const id = await make()
    const lineId = await add(id)
    await gateway.refusals(`${line}Update`, { id: lineId, quantity: '2' })
    await gateway.refusals(`${line}Delete`, { id: lineId })
    expect(await shop.read(document, id, `total version`)).toEqual({ total: '0', version: 4 })
    await gateway.refusals(`${line}Restore`, { id: lineId })
    expect(await shop.read(document, id, `total version`)).toEqual({ total: '19.98', version: 5 })
    await gateway.refusals(`${line}Update`, { id: lineId, customFields: { shelf: 3 } })
    expect(await shop.read(document, id, `total version`)).toEqual({ total: '19.98', version: 5 })
  })

  test('a thousand lines of many take as many statements as two, and are left out one by one', async () => {
    const ids = (
      await shop.upsert(
        document,
        Array.from({ length: 20 }, (_, index) => ({
          externalId: `many ${index}`,
          name: 'Many',
          customerId: shop.customerId,
        })),
      )
    ).ids
    const items = (count: number, quantity: string) =>
      Array.from({ length: count }, (_, index) => ({
        externalId: `many ${index}`,
        [key]: ids[index % 20],
        productId: shop.productId,
        quantity,
      }))
    const countOf = async (work: () => Promise<unknown>) => (await gateway.statementsOf(work)).length
    const few = await countOf(() => shop.upsert(line, items(2, '1')))
    expect(await countOf(() => shop.upsert(line, items(1000, '2').slice(2)))).toBe(few)
    expect(await countOf(() => shop.upsert(line, items(1000, '3')))).toBeLessThanOrEqual(few + 1)
    expect(await shop.read(document, ids[19] ?? '', 'subtotal version')).toEqual({
      subtotal: '1498.5',
      version: 3,
    })

    const some = items(3, '4').map((item, index) => (index === 1 ? { ...item, quantity: '-1' } : item))
    const { statuses, errors } = await shop.upsert(line, some, { errorPolicy: 'SKIP' })
    expect(statuses).toEqual(['UPDATED', 'REFUSED', 'UPDATED'])
    expect(errors).toEqual(['OUT_OF_RANGE input.items.1.quantity'])
    expect(await shop.read(document, ids[0] ?? '', 'subtotal')).toEqual({ subtotal: '1508.49' })
  })

  test('takes as many statements with a thousand lines that come with it as with two', async () => {
    const count = async (lines: number) =>
      (
        await gateway.statementsOf(() =>
          make({ lines: Array.from({ length: lines }, () => ({ productId: shop.productId })) }),
        )
      ).length
    expect(await count(1000)).toBe(await count(2))
  })

  test('of two who add lines at once, neither is lost', async () => {
    const id = await make()
    await Promise.all(Array.from({ length: 8 }, (_, index) => add(id, { unitPrice: String(2 ** index) })))
    expect(await shop.read(document, id, 'total version')).toEqual({ total: '255', version: 9 })
  })

  test('adds up exactly, whatever is done to it', async () => {
    const decimal = (max: number) => fc.nat(max).map(BigInt)
    const priced = fc.record({
      quantity: decimal(9_999_999),
      unitPrice: decimal(9_999_999),
      discountPercent: decimal(1_000_000),
      taxPercent: decimal(1_000_000),
    })
    const step = fc.oneof(
      { arbitrary: fc.record({ kind: fc.constant('add' as const), line: priced }), weight: 3 },
      fc.record({ kind: fc.constant('change' as const), at: fc.nat(5), line: priced }),
      fc.record({ kind: fc.constant('toggle' as const), at: fc.nat(5) }),
      fc.record({ kind: fc.constant('discount' as const), amount: decimal(99_999_999) }),
    )
    const inputOf = (exact: ExactLine) =>
      Object.fromEntries(
        Object.entries(exact).map(([field, amount]: [string, bigint]) => [field, decimalOf(amount)]),
      )
    const isSound = (
      lines: readonly (ExactLine & { readonly isThere: boolean })[],
      extraDiscount: bigint,
    ) => {
      const { subtotal, discount } = totalsOf(
        lines.filter(({ isThere }) => isThere),
        extraDiscount,
      )
      return discount <= subtotal
    }
    await fc.assert(
      fc.asyncProperty(
        fc.array(priced, { maxLength: 2 }),
        fc.array(step, { maxLength: 8 }),
        async (first, steps) => {
          const id = await make({
            lines: first.map(each => ({ productId: shop.productId, ...inputOf(each) })),
          })
          let lines = first.map(each => ({ ...each, isThere: true }))
          let extraDiscount = 0n
          const ids = fieldsAt(await shop.read(document, id, 'lines { id }'), 'lines', 'id').map(String)
          for (const taken of steps) {
            const index = 'at' in taken ? taken.at % Math.max(1, lines.length) : lines.length
            const present = lines[index]
            let next = lines
            let off = extraDiscount
            let answer: readonly string[] = []
            if (taken.kind === 'add') {
              next = [...lines, { ...taken.line, isThere: true }]
              const done = await gateway.data(
                `mutation ($input: ${upperFirst(line)}CreateInput!) { done: ${line}Create(input: $input) { made: ${line} { id } userErrors { code } } }`,
                {
                  input: {
                    [key]: id,
                    productId: shop.productId,
                    position: next.length,
                    ...inputOf(taken.line),
                  },
                },
              )
              answer = fieldsAt(done, 'done.userErrors', 'code').map(String)
              if (answer.length === 0) ids.push(textAt(done, 'done.made.id'))
            } else if (taken.kind === 'discount') {
              off = taken.amount
              answer = await gateway.refusals(`${document}Update`, { id, extraDiscount: decimalOf(off) })
            } else if (!present) continue
            else if (taken.kind === 'change') {
              if (!present.isThere) continue
              next = lines.with(index, { ...taken.line, isThere: true })
              answer = await gateway.refusals(`${line}Update`, { id: ids[index], ...inputOf(taken.line) })
            } else {
              next = lines.with(index, { ...present, isThere: !present.isThere })
              answer = await gateway.refusals(`${line}${present.isThere ? 'Delete' : 'Restore'}`, {
                id: ids[index],
              })
            }
            expect(answer.length === 0).toBe(isSound(next, off))
            if (answer.length === 0) [lines, extraDiscount] = [next, off]
          }
          const there = lines.filter(({ isThere }) => isThere)
          const answer = await shop.read(document, id, `${amounts} lines { ${amounts} }`)
          expect(answer).toEqual({
            ...written(totalsOf(there, extraDiscount)),
            lines: expect.arrayContaining(there.map(each => written(amountsOf(each)))),
          })
          expect(listAt(answer, 'lines')).toHaveLength(there.length)
        },
      ),
      { numRuns: 12 },
    )
  })
})

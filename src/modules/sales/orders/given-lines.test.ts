import { type Check, defineExtension } from '@trellis/sdk'
import { createTestGateway, fieldsAt, type TestGateway, valueAt } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kinds, openShop, type Shop, upperFirst, type Values } from './fixtures/shop.ts'

/** Nothing by the gross. */
const checkQuantity: Check = changes =>
  changes.flatMap(({ values, path }) =>
    Number(values['quantity']) > 100
      ? [{ code: 'GROSS', message: 'A hundred at most.', path: [...path, 'quantity'] }]
      : [],
  )

const retailer = defineExtension({
  name: 'retailer',
  version: '1.0.0',
  scopes: ['orderLine:read', 'quoteLine:read'],
  typeDefs: 'extend type Query { "Nothing." retailerNothing: Int }',
  resolvers: { Query: { retailerNothing: () => 0 } },
  checks: { OrderLine: checkQuantity, QuoteLine: checkQuantity },
})

let gateway: TestGateway
let shop: Shop
beforeAll(async () => {
  gateway = await createTestGateway({ extensions: [retailer] })
  shop = await openShop(gateway)
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe.each(kinds)('lines that come with a $document', ({ document, line }) => {
  const make = (lines: readonly Values[]) => ({ name: 'Boxes', customerId: shop.customerId, lines })
  const written = async () =>
    Promise.all([document, line].map(async entity => gateway.rowsIn(upperFirst(entity))))
  const good = () => ({ productId: shop.productId })
  const gross = () => ({ productId: shop.productId, quantity: '144' })

  test("go by an extension's checks, too", async () => {
    const before = await written()
    expect(await gateway.refusals(`${document}Create`, make([good(), gross(), gross()]))).toEqual([
      'GROSS input.lines.1.quantity',
      'GROSS input.lines.2.quantity',
    ])
    expect(await written()).toEqual(before)
  })

  test('leave out the documents of a bulk that they are wrong in, and no other', async () => {
    const [documents = 0, lines = 0] = await written()
    const answer = await gateway.data(
      `mutation ($input: ${upperFirst(document)}BulkCreateInput!) {
        done: ${document}BulkCreate(input: $input) { results { status } userErrors { code path } }
      }`,
      {
        input: {
          errorPolicy: 'SKIP',
          items: [
            make([good(), gross()]),
            make([good(), good()]),
            make([{ ...good(), quantity: '-1' }]),
            make([]),
          ],
        },
      },
    )
    expect(fieldsAt(answer, 'done.results', 'status')).toEqual(['REFUSED', 'CREATED', 'REFUSED', 'CREATED'])
    expect(valueAt(answer, 'done.userErrors')).toEqual([
      { code: 'OUT_OF_RANGE', path: ['input', 'items', '2', 'lines', '0', 'quantity'] },
      { code: 'GROSS', path: ['input', 'items', '0', 'lines', '1', 'quantity'] },
    ])
    expect(await written()).toEqual([documents + 2, lines + 2])
  })

  test('are told of in the outbox, each once, and their document as created', async () => {
    const id = await gateway.create(document, make([good(), good()]))
    const { rows } = await sql<{ type: string }>`
      select type from "OutboxEvent" where "entityId" = ${id}
        or "entityId" in (select id from ${sql.table(upperFirst(line))} where ${sql.ref(`${document}Id`)} = ${id})
      order by type`.execute(gateway.trellis.database.session.sql)
    expect(rows.map(({ type }) => type)).toEqual([
      `${document}.created`,
      `${line}.created`,
      `${line}.created`,
    ])
  })
})

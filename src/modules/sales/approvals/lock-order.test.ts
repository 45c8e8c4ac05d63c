import { createTestGateway, type TestGateway, untilWaiting } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Desk, openDesk } from './fixtures/desk.ts'

let gateway: TestGateway
let desk: Desk
beforeAll(async () => {
  gateway = await createTestGateway()
  desk = await openDesk(gateway)
})
afterAll(() => gateway[Symbol.asyncDispose]())

test.each([
  ['approvalDelete', 'order', (id: string) => ({ id })],
  ['approvalDelete', 'quote', (id: string) => ({ id })],
  ['approvalBulkDelete', 'order', (id: string) => ({ items: [{ id }] })],
  ['approvalRestore', 'order', (id: string) => ({ id })],
  ['approvalBulkRestore', 'quote', (id: string) => ({ items: [{ id }] })],
  ['approvalApprove', 'order', (id: string) => ({ id })],
] as const)('%s waits for the %s before it holds the approval', async (mutation, document, inputOf) => {
  const targetId = await desk[document]('100')
  const id = await desk.ask(targetId)
  if (mutation.endsWith('Restore')) await gateway.refusals('approvalDelete', { id })
  const other = await gateway.trellis.database.begin()
  const table = sql.table(document === 'order' ? 'Order' : 'Quote')
  await sql`select from ${table} where id = ${targetId} for update`.execute(other.session.sql)
  const refusals = gateway.refusals(mutation, inputOf(id))
  await untilWaiting(1, gateway)
  await sql`select from "Approval" where id = ${id} for update nowait`.execute(other.session.sql)
  await other.commit()
  expect(await refusals).toEqual([])
})

test('whoever withdraws an approval and whoever cancels the order do not stand in the way of each other', async () => {
  const orderId = await desk.order('100')
  const id = await desk.ask(orderId)
  const [withdrawn, canceled] = await Promise.all([
    gateway.refusals('approvalDelete', { id }),
    desk.states.move('order', orderId, 'CANCELED'),
  ])
  expect(canceled).toEqual([])
  expect([[], ['CLOSED input.id']]).toContainEqual(withdrawn)
})

import { createTestGateway, type TestGateway } from '@trellis/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { registerConsumers } from './consumers.ts'
import { pruneEvents } from './prune-events.ts'
import { relayEvents } from './relay.ts'

const databaseOf = ({ trellis }: TestGateway) => trellis.database.session.sql

/** Makes a customer whose event is so many days old. */
async function eventOf(days: number, gateway: TestGateway): Promise<string> {
  const id = await gateway.create('customer', { name: `${days} days` })
  await sql`
    update "OutboxEvent" set "createdAt" = now() - ${days}::int * interval '1 day' where "entityId" = ${id}`.execute(
    databaseOf(gateway),
  )
  return id
}

async function kept(gateway: TestGateway): Promise<readonly string[]> {
  const { rows } = await sql<{
    entityId: string
  }>`select "entityId" from "OutboxEvent" order by position`.execute(databaseOf(gateway))
  return rows.map(({ entityId }) => entityId)
}

test('where nobody listens, events go when they are old enough', async () => {
  await using gateway = await createTestGateway({ extensions: [] })
  await eventOf(8, gateway)
  const young = await eventOf(6, gateway)
  await pruneEvents(databaseOf(gateway), 7)
  expect(await kept(gateway)).toEqual([young])
})

test('what somebody is still to hear stays, however old', async () => {
  await using gateway = await createTestGateway({ extensions: [] })
  const database = databaseOf(gateway)
  await registerConsumers(database, [{ extension: 'slow', types: ['customer.created'] }])
  const waiting = await eventOf(20, gateway)
  const toRelay = await eventOf(21, gateway)
  await sql`update "OutboxEvent" set type = 'customer.updated' where "entityId" = ${toRelay}`.execute(
    database,
  )
  await pruneEvents(database, 7)
  expect(await kept(gateway)).toEqual([waiting, toRelay])
  await relayEvents(database)
  await pruneEvents(database, 7)
  expect(await kept(gateway)).toEqual([waiting])
  await sql`delete from "EventDelivery"`.execute(database)
  await pruneEvents(database, 7)
  expect(await kept(gateway)).toEqual([])
})

test('an extension that was not seen for as long is forgotten, with what waited for it', async () => {
  await using gateway = await createTestGateway({ extensions: [] })
  const database = databaseOf(gateway)
  await registerConsumers(database, [{ extension: 'gone', types: ['customer.created'] }])
  await eventOf(8, gateway)
  await relayEvents(database)
  await sql`update "EventConsumer" set "seenAt" = now() - interval '8 days'`.execute(database)
  await pruneEvents(database, 7)
  await pruneEvents(database, 7)
  expect([
    await gateway.rowsIn('EventConsumer'),
    await gateway.rowsIn('EventDelivery'),
    await kept(gateway),
  ]).toEqual([0, 0, []])
})

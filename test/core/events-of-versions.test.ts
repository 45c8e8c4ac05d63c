import { createGatewayOn, createTestDatabase, type TestGateway } from '@trellis/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { listeningExtension } from './fixtures/listening-extension.ts'

const older = () => listeningExtension({ types: ['customer.created'] })
const newer = () => listeningExtension({ types: ['customer.created', 'customer.updated'] })

const rename =
  'mutation ($id: ID!) { customerUpdate(input: { id: $id, name: "Harbour Foods" }) { userErrors { message } } }'

const eventsOf = (gateway: TestGateway) => gateway.data('{ extensions { events { types waiting } } }')

test('while versions overlap, the older one takes no events from the newer one, whichever starts last', async () => {
  await using database = await createTestDatabase()
  const [one, other] = [newer(), older()]
  await using upgraded = await createGatewayOn({ ...database, extensions: [one.extension], background: true })
  await upgraded.trellis.background.settle()
  const id = await upgraded.create('customer', { name: 'Harbor Foods' })
  await upgraded.trellis.background.settle()
  await upgraded.data(rename, { id })
  await using still = await createGatewayOn({ ...database, extensions: [other.extension], background: true })
  await still.data(rename, { id })
  await still.trellis.background.settle()
  await upgraded.trellis.background.settle()
  expect([...one.heard, ...other.heard].map(({ type }) => type)).toEqual([
    'customer.created',
    'customer.updated',
    'customer.updated',
  ])
})

test('what a version listened to waits while another one serves: after a rollback it hears of it', async () => {
  await using database = await createTestDatabase()
  const { extension, heard } = newer()
  for (const version of [extension, older().extension]) {
    await using gateway = await createGatewayOn({ ...database, extensions: [version], background: true })
    await gateway.trellis.background.settle()
    await gateway.trellis.background.stop()
    const id = await gateway.create('customer', { name: 'Harbor Foods' })
    if (version !== extension) await gateway.data(rename, { id })
  }
  {
    await using gateway = await createGatewayOn({
      ...database,
      extensions: [older().extension],
      background: true,
    })
    await gateway.trellis.background.settle()
    expect(await eventsOf(gateway)).toEqual({
      extensions: [{ events: { types: ['customer.created'], waiting: 0 } }],
    })
  }
  await using gateway = await createGatewayOn({ ...database, extensions: [extension], background: true })
  await gateway.trellis.background.settle()
  expect(heard.map(({ type }) => type)).toEqual(['customer.updated'])
})

test('a type that no version which runs has listened to for a day is forgotten, with what waited under it', async () => {
  await using database = await createTestDatabase()
  {
    await using gateway = await createGatewayOn({
      ...database,
      extensions: [newer().extension],
      background: true,
    })
    await gateway.trellis.background.stop()
    const id = await gateway.create('customer', { name: 'Harbor Foods' })
    await gateway.data(rename, { id })
    await sql`
      update "EventConsumer" set "typesSeenAt" = (
        select jsonb_object_agg(key, value::timestamptz - interval '25 hours') from jsonb_each_text("typesSeenAt"))`.execute(
      gateway.trellis.database.session.sql,
    )
  }
  const { extension, heard } = older()
  await using gateway = await createGatewayOn({ ...database, extensions: [extension], background: true })
  await gateway.trellis.background.settle()
  expect(heard.map(({ type }) => type)).toEqual(['customer.created'])
  expect(await gateway.rowsIn('EventDelivery')).toBe(0)
  await gateway.data(rename, { id: heard[0]?.entityId })
  await gateway.trellis.background.settle()
  expect(await gateway.rowsIn('EventDelivery')).toBe(0)
})

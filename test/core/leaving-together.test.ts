import { defineExtension } from '@trellis/sdk'
import { createTestGateway } from '@trellis/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { z } from 'zod'

const tiers = ['BRONZE', 'SILVER', 'GOLD']

test('what is emitted, or asked for, in one turn is left in one statement, in its order', async () => {
  const extension = defineExtension({
    name: 'tiers',
    version: '1.0.0',
    scopes: ['customer:read'],
    typeDefs: '',
    emits: { 'tiers.reached': z.object({ tier: z.string() }) },
    jobs: { congratulate: { run: () => undefined } },
    effects: {
      Customer: async ([change], context) => {
        const entityId = String(change?.values.id)
        await Promise.all(tiers.map(tier => context.events.emit('tiers.reached', { tier }, { entityId })))
        await Promise.all(tiers.map(tier => context.jobs.enqueue('congratulate', { tier })))
      },
    },
  })
  await using gateway = await createTestGateway({ extensions: [extension] })
  const statements = await gateway.statementsOf(() => gateway.create('customer', { name: 'Harbor Foods' }))
  // One of events, and one of jobs; the core leaves its own word otherwise.
  expect(statements.filter(text => text.includes('insert into "OutboxEvent"'))).toHaveLength(2)
  const { rows } = await sql`
    select type, array_agg(coalesce(payload->>'tier', payload->'data'->>'tier') order by position) as tiers
    from "OutboxEvent" where type like '%tiers%' group by type order by type`.execute(
    gateway.trellis.database.session.sql,
  )
  expect(rows).toEqual([
    { type: 'job:tiers', tiers },
    { type: 'tiers.reached', tiers },
  ])
})

test('one payload that does not fit fails alone', async () => {
  const outcomes: string[] = []
  const extension = defineExtension({
    name: 'tiers',
    version: '1.0.0',
    scopes: ['customer:read'],
    typeDefs: '',
    emits: { 'tiers.reached': z.object({ tier: z.string() }) },
    effects: {
      Customer: async (_, { events }) => {
        const emitted = [{ tier: 'GOLD' }, { tier: 7 }, { tier: 'SILVER' }].map(payload =>
          events.emit('tiers.reached', payload),
        )
        outcomes.push(...(await Promise.allSettled(emitted)).map(({ status }) => status))
      },
    },
  })
  await using gateway = await createTestGateway({ extensions: [extension] })
  await gateway.create('customer', { name: 'Harbor Foods' })
  expect(outcomes).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  const { rows } =
    await sql`select payload from "OutboxEvent" where type = 'tiers.reached' order by position`.execute(
      gateway.trellis.database.session.sql,
    )
  expect(rows).toEqual([{ payload: { tier: 'GOLD' } }, { payload: { tier: 'SILVER' } }])
})

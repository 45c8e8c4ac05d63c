import { createTestGateway } from '@trellis/testing'
import { CompiledQuery, sql } from 'kysely'
import { expect, test } from 'vitest'

test('all events, the latest first, are read in the order of an index rather than sorted', async () => {
  await using gateway = await createTestGateway()
  const [statement = ''] = await gateway.statementsOf(() =>
    gateway.data('{ timelineEvents { nodes { id type } } }'),
  )
  expect(statement).toContain('order by "t0"."occurredAt" desc')
  const plan = await gateway.trellis.database.session.sql.transaction().execute(async transaction => {
    // Of an empty table, anything is read in whole.
    await sql`set local enable_seqscan = off`.execute(transaction)
    const { rows } = await transaction.executeQuery(CompiledQuery.raw(`explain ${statement}`))
    return JSON.stringify(rows)
  })
  expect(plan).toContain('Index Scan Backward using \\"TimelineEvent_occurredAt_id_idx\\"')
  expect(plan).not.toContain('Sort')
})

import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Merging, startMerging } from './fixtures/merging.ts'

let merging: Merging
beforeAll(async () => {
  merging = await startMerging()
})
afterAll(() => merging[Symbol.asyncDispose]())

test('a merge leaves word of every record that it moves or deletes', async () => {
  const { gateway, customer, merge } = merging
  const [winner, other] = [await customer(), await customer()]
  const contactId = await gateway.create('contact', { lastName: 'Ada', customerId: other })
  const untouched = await gateway.create('contact', { lastName: 'Bob', customerId: winner })
  const noteId = await gateway.create('note', { body: 'Rang twice.', targetId: other })
  const tagId = await gateway.create('tag', { name: 'both' })
  const kept = await gateway.create('tagging', { targetId: winner, tagId })
  const surplus = await gateway.create('tagging', { targetId: other, tagId })
  const database = gateway.trellis.database.session.sql
  await sql`delete from "OutboxEvent"`.execute(database)

  expect(await merge(winner, [other])).toEqual([])

  const { rows } = await sql<{ entityId: string }>`
    select type, "entityId", "viewerId", payload from "OutboxEvent" order by "entityId", type`.execute(
    database,
  )
  const wordsAbout = (id: string) => rows.filter(({ entityId }) => entityId === id)
  const word = (type: string, entityId: string, field: string) => ({
    type,
    entityId,
    viewerId: gateway.userIds.administrator,
    payload: { fields: [field] },
  })
  expect(wordsAbout(contactId)).toEqual([word('contact.updated', contactId, 'customerId')])
  expect(wordsAbout(noteId)).toEqual([word('note.updated', noteId, 'targetId')])
  // What one is enough of is deleted, and then moved as all that pointed to the other is.
  expect(wordsAbout(surplus)).toEqual([
    word('tagging.deleted', surplus, 'deletedAt'),
    word('tagging.updated', surplus, 'targetId'),
  ])
  expect([...wordsAbout(untouched), ...wordsAbout(kept)]).toEqual([])
})

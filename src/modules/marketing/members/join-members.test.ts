import { createTestGateway, listAt, type TestGateway } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

type Values = Readonly<Record<string, unknown>>

/** A campaign that addresses several contacts, who are merged into the first of them; who is left in it then. */
async function mergeMembers(key: 'contact' | 'lead', members: readonly Values[]) {
  const campaignId = await gateway.create('campaign', { name: 'Letter', type: 'NEWSLETTER' })
  const ids: string[] = []
  for (const member of members) {
    const id = await gateway.create(key, { lastName: 'One', allowDuplicate: true })
    ids.push(id)
    await gateway.create('campaignMember', { campaignId, [`${key}Id`]: id, ...member })
  }
  const [id, ...mergedIds] = ids
  expect(await gateway.refusals(`${key}Merge`, { id, mergedIds })).toEqual([])
  const answer = await gateway.data(
    `query ($id: ID!) { campaign(id: $id) { members { nodes { ${key} { id } status respondedAt version } } } }`,
    { id: campaignId },
  )
  return { id, left: listAt(answer, 'campaign.members.nodes') }
}

test.each(['contact', 'lead'] as const)('who opted out as one %s has opted out as the other', async key => {
  const { id, left } = await mergeMembers(key, [{}, { status: 'OPTED_OUT' }])
  expect(left).toEqual([{ [key]: { id }, status: 'OPTED_OUT', respondedAt: null, version: 2 }])
})

test('who opted out stays so, and the first response counts', async () => {
  const [first, second] = ['2026-01-05T10:00:00.000Z', '2026-02-05T10:00:00.000Z']
  const { left } = await mergeMembers('contact', [
    { status: 'OPTED_OUT' },
    { status: 'RESPONDED', respondedAt: second },
    { status: 'RESPONDED', respondedAt: first },
  ])
  expect(left).toMatchObject([{ status: 'OPTED_OUT', respondedAt: first }])
})

test('a membership that says more is not overwritten, nor written', async () => {
  const { left } = await mergeMembers('contact', [{ status: 'CLICKED' }, { status: 'BOUNCED' }])
  expect(left).toMatchObject([{ status: 'CLICKED', version: 1 }])
})

test('of two merged ones the first stays, and the outbox hears what it took over', async () => {
  const campaignId = await gateway.create('campaign', { name: 'Fair' })
  const contact = () => gateway.create('contact', { lastName: 'Two', allowDuplicate: true })
  const [id, first, second] = [await contact(), await contact(), await contact()]
  const kept = await gateway.create('campaignMember', { campaignId, contactId: first })
  await gateway.create('campaignMember', { campaignId, contactId: second, status: 'OPTED_OUT' })
  expect(await gateway.refusals('contactMerge', { id, mergedIds: [first, second] })).toEqual([])
  const answer = await gateway.data(
    'query ($id: ID!) { campaign(id: $id) { members { nodes { id contact { id } status } } } }',
    { id: campaignId },
  )
  expect(listAt(answer, 'campaign.members.nodes')).toEqual([
    { id: kept, contact: { id }, status: 'OPTED_OUT' },
  ])
  const { rows } = await sql`
    select payload from "OutboxEvent" where "entityId" = ${kept} and payload->'fields' ? 'status' and type like '%.updated'`.execute(
    gateway.trellis.database.session.sql,
  )
  expect(rows).toEqual([{ payload: { fields: ['status'] } }])
})

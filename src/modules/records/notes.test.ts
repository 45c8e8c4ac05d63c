import {
  type AskOptions,
  codesOf,
  createTestGateway,
  fieldsAt,
  type TestGateway,
  textAt,
} from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
const agent: AskOptions = { as: 'agent' }

beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

const customer = (options?: AskOptions) => gateway.create('customer', { name: 'Harbor Foods' }, options)

describe('notes', () => {
  test('hang on whatever takes them, and are its own', async () => {
    const targets = [
      await customer(agent),
      await gateway.create('opportunity', { name: 'Cold store', customerId: await customer(agent) }, agent),
      await gateway.create('lead', { company: 'Kiefer Works' }, agent),
    ]
    for (const [index, targetId] of targets.entries()) {
      await gateway.create('note', { targetId, body: `Note ${index}` }, agent)
      const answer = await gateway.data(
        'query ($id: ID!) { node(id: $id) { ... on Target { notes { nodes { body target { id __typename } } } } } }',
        { id: targetId },
        agent,
      )
      expect(fieldsAt(answer, 'node.notes.nodes', 'body')).toEqual([`Note ${index}`])
      expect(textAt(answer, 'node.notes.nodes.0.target.id')).toBe(targetId)
    }
    const found = await gateway.data(
      '{ notes(search: "note", orderBy: { field: CREATED_AT }) { totalCount } }',
      {},
      agent,
    )
    expect(found).toEqual({ notes: { totalCount: 3 } })
  })

  test('are seen and written by the right to what they hang on', async () => {
    const hidden = await gateway.create('note', { targetId: await customer(), body: 'Hidden' })
    const campaign = await gateway.create('campaign', { name: 'Spring' })
    const shown = await gateway.create('note', { targetId: campaign, body: 'Shown' })
    const query = 'query ($ids: [ID!]!) { notesByIds(ids: $ids) { body } }'
    expect(await gateway.data(query, { ids: [hidden, shown] }, agent)).toEqual({
      notesByIds: [null, { body: 'Shown' }],
    })
    expect(await gateway.refusals('noteUpdate', { id: hidden, body: 'x' }, agent)).toEqual([
      'NOT_FOUND input.id',
    ])
    const update = 'mutation ($input: NoteUpdateInput!) { noteUpdate(input: $input) { note { id } } }'
    expect(codesOf(await gateway.ask(update, { input: { id: shown, body: 'x' } }, agent))).toEqual([
      'FORBIDDEN',
    ])
    const create = 'mutation ($input: NoteCreateInput!) { noteCreate(input: $input) { note { id } } }'
    const input = { targetId: campaign, body: 'x' }
    expect(codesOf(await gateway.ask(create, { input }, agent))).toEqual(['FORBIDDEN'])
  })

  test('come pinned first where that is asked for, page by page', async () => {
    const targetId = await customer()
    for (const [body, isPinned] of [
      ['a', false],
      ['b', true],
      ['c', false],
      ['d', true],
    ] as const)
      await gateway.create('note', { targetId, body, isPinned })
    const page = (after: string | null) =>
      gateway.data(
        `query ($id: ID!, $after: String) { customer(id: $id) { notes(first: 3, after: $after, orderBy: [{ field: IS_PINNED, direction: DESC }, { field: BODY }]) { nodes { body } pageInfo { endCursor } } } }`,
        { id: targetId, after },
      )
    const first = await page(null)
    expect(fieldsAt(first, 'customer.notes.nodes', 'body')).toEqual(['b', 'd', 'a'])
    const second = await page(textAt(first, 'customer.notes.pageInfo.endCursor'))
    expect(fieldsAt(second, 'customer.notes.nodes', 'body')).toEqual(['c'])
  })
})

import { createTestGateway, listAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
let opportunityId: string
/** Ids of people, by their names. */
let people: Readonly<Record<'ann' | 'bob' | 'cem', string>>
beforeAll(async () => {
  gateway = await createTestGateway()
  opportunityId = await gateway.create('opportunity', { name: 'Boxes' })
  const person = (lastName: string) => gateway.create('contact', { lastName })
  people = { ann: await person('Ann'), bob: await person('Bob'), cem: await person('Cem') }
})
afterAll(() => gateway[Symbol.asyncDispose]())

type Values = Readonly<Record<string, unknown>>

const name = (contactId: string, input: Values = {}) =>
  gateway.create('opportunityContact', { opportunityId, contactId, ...input })
/** The primary contacts of an opportunity, by their last names. */
const primary = async (id = opportunityId) => {
  const answer = await gateway.data(
    `query ($id: ID!) { opportunity(id: $id) {
      contactRoles(filter: { isPrimary: { eq: true } }) { nodes { contact { lastName } } }
    } }`,
    { id },
  )
  return listAt(answer, 'opportunity.contactRoles.nodes').map(node => textAt(node, 'contact.lastName'))
}
const upsert = async (items: readonly Values[]) => {
  const answer = await gateway.data(
    `mutation ($items: [OpportunityContactUpsertItem!]!) { done: opportunityContactBulkUpsert(input: { system: "erp", items: $items }) {
      userErrors { code path }
    } }`,
    { items },
  )
  return listAt(answer, 'done.userErrors').map(
    error => `${textAt(error, 'code')} ${listAt(error, 'path').join('.')}`,
  )
}

describe('the people of an opportunity', () => {
  test('are named once each, one by one, in bulk, and when they come back', async () => {
    const input = { opportunityId, contactId: people.ann }
    const first = await name(people.ann, { role: 'CHAMPION' })
    expect(await gateway.refusals('opportunityContactCreate', input)).toEqual(['TAKEN input.contactId'])
    expect(
      await upsert([
        { externalId: '1', opportunityId, contactId: people.cem },
        { externalId: '2', opportunityId, contactId: people.cem },
      ]),
    ).toEqual(['TAKEN input.items.1.contactId'])
    await gateway.refusals('opportunityContactDelete', { id: first })
    const second = await name(people.ann)
    expect(await gateway.refusals('opportunityContactRestore', { id: first })).toEqual(['TAKEN input.id'])
    await gateway.refusals('opportunityContactDelete', { id: second })
    expect(await gateway.refusals('opportunityContactRestore', { id: first })).toEqual([])
  })

  test('may be at another customer, such as a partner', async () => {
    const customerId = await gateway.create('customer', { name: 'Partner' })
    const contactId = await gateway.create('contact', { lastName: 'At the partner', customerId })
    expect(
      await gateway.refusals('opportunityContactCreate', { opportunityId, contactId, role: 'INFLUENCER' }),
    ).toEqual([])
  })
})

describe('one of them is the primary one', () => {
  test('and whoever becomes it takes it from the one before, who is written as well', async () => {
    const bob = await name(people.bob, { isPrimary: true })
    expect(await primary()).toEqual(['Bob'])
    const cem = await name(people.cem)
    expect(await gateway.refusals('opportunityContactUpdate', { id: cem, isPrimary: true })).toEqual([])
    expect(await primary()).toEqual(['Cem'])
    const stale = { id: bob, expectedVersion: 1, role: 'USER' }
    expect(await gateway.refusals('opportunityContactUpdate', stale)).toEqual([
      'STALE_VERSION input.expectedVersion',
    ])
    const { rows } = await sql<{ payload: unknown }>`
      select payload from "OutboxEvent" where "entityId" = ${bob} and type = 'opportunityContact.updated'`.execute(
      gateway.trellis.database.session.sql,
    )
    expect(rows).toEqual([{ payload: { fields: ['isPrimary'] } }])
  })

  test('of each opportunity, also in bulk, but not two at once', async () => {
    const other = await gateway.create('opportunity', { name: 'More boxes' })
    const item = (externalId: string, contactId: string, to = other) => ({
      ...{ externalId, contactId, opportunityId: to, isPrimary: true },
    })
    expect(await upsert([item('a', people.ann), item('b', people.bob)])).toEqual([
      'CONTRADICTION input.items.1.isPrimary',
    ])
    const third = await gateway.create('opportunity', { name: 'Most boxes' })
    expect(await upsert([item('c', people.ann), item('d', people.bob, third)])).toEqual([])
    expect([await primary(other), await primary(third)]).toEqual([['Ann'], ['Bob']])
    expect(await upsert([{ ...item('c', people.ann), isPrimary: false }, item('e', people.cem)])).toEqual([])
    expect(await primary(other)).toEqual(['Cem'])
  })

  test('or none: it is given up, deleted, and taken again by who comes back', async () => {
    const of = await gateway.create('opportunity', { name: 'Boxes again' })
    const ann = await gateway.create('opportunityContact', {
      opportunityId: of,
      contactId: people.ann,
      isPrimary: true,
    })
    await gateway.refusals('opportunityContactDelete', { id: ann })
    await gateway.create('opportunityContact', { opportunityId: of, contactId: people.bob, isPrimary: true })
    expect(await gateway.refusals('opportunityContactRestore', { id: ann })).toEqual([])
    expect(await primary(of)).toEqual(['Ann'])
    await gateway.refusals('opportunityContactUpdate', { id: ann, isPrimary: false })
    expect(await primary(of)).toEqual([])
  })

  test('also when several become it at once', async () => {
    const of = await gateway.create('opportunity', { name: 'All boxes' })
    const attempts = Object.values(people).map(contactId =>
      gateway.refusals('opportunityContactCreate', { opportunityId: of, contactId, isPrimary: true }),
    )
    expect(await Promise.all(attempts)).toEqual([[], [], []])
    expect(await primary(of)).toHaveLength(1)
  })
})

test('an agent names people of its own opportunities, as far as it sees them', async () => {
  const as = 'agent'
  const mine = await gateway.create('opportunity', { name: 'Mine' }, { as })
  const mySelf = await gateway.create('contact', { lastName: 'Mine' }, { as })
  const ask = (input: Values) => gateway.refusals('opportunityContactCreate', input, { as })
  expect(await ask({ opportunityId: mine, contactId: mySelf, isPrimary: true })).toEqual([])
  expect(await ask({ opportunityId: mine, contactId: people.ann })).toEqual(['NOT_FOUND input.contactId'])
  expect(await ask({ opportunityId, contactId: mySelf })).toEqual(['NOT_FOUND input.opportunityId'])
  expect(
    valueAt(await gateway.data('{ opportunityContacts { totalCount } }', {}, { as }), 'opportunityContacts'),
  ).toEqual({ totalCount: 1 })
})

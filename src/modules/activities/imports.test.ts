import { createTestGateway, fieldsAt, listAt, type TestGateway, textAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
let customer: string
let contact: string
beforeAll(async () => {
  gateway = await createTestGateway()
  customer = await gateway.create('customer', { name: 'Shop' })
  contact = await gateway.create('contact', { lastName: 'Ng' })
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** What becomes of items: `CREATED`, the refusals such as `NOT_CHANGEABLE 0.attendees`, and why in words. */
async function load(...items: readonly object[]) {
  const answer = await gateway.data(
    `mutation ($items: [ActivityUpsertItem!]!) {
      done: activityBulkUpsert(input: { system: "mail", errorPolicy: SKIP, items: $items }) {
        results { status } userErrors { code message path }
      }
    }`,
    { items: items.map(item => ({ type: 'MEETING', subject: 'Kick-off', ...item })) },
  )
  return {
    statuses: fieldsAt(answer, 'done.results', 'status'),
    errors: listAt(answer, 'done.userErrors').map(
      error => `${textAt(error, 'code')} ${listAt(error, 'path').slice(2).join('.')}`,
    ),
    messages: fieldsAt(answer, 'done.userErrors', 'message').map(String),
  }
}

test('an import that goes on sending the same targets and attendees is taken', async () => {
  const item = {
    externalId: 'same',
    targetIds: [customer],
    attendees: [{ contactId: contact }, { userId: gateway.userIds.agent, isOrganizer: true }],
  }
  expect(await load(item)).toMatchObject({ statuses: ['CREATED'], errors: [] })
  expect(await load(item)).toMatchObject({ statuses: ['UNCHANGED'], errors: [] })
  const reordered = { ...item, attendees: item.attendees.toReversed() }
  expect(await load({ ...reordered, subject: 'Kick-off, moved' })).toMatchObject({
    statuses: ['UPDATED'],
    errors: [],
  })
  expect(await load({ externalId: 'same', subject: 'Moved again', targetIds: null })).toMatchObject({
    statuses: ['UPDATED'],
    errors: [],
  })
})

test('an import that says something else of them is refused, and told what to use', async () => {
  const other = await gateway.create('customer', { name: 'Other' })
  const person = { contactId: contact }
  const first = { externalId: 'a', targetIds: [customer], attendees: [person] }
  expect(await load(first, { externalId: 'b' })).toMatchObject({ statuses: ['CREATED', 'CREATED'] })
  for (const targetIds of [[other], [customer, other], []]) {
    const told = await load({ ...first, targetIds })
    expect(told).toMatchObject({ statuses: ['REFUSED'], errors: ['NOT_CHANGEABLE 0.targetIds'] })
    expect(told.messages[0]).toContain('use activityTargetCreate and activityTargetDelete.')
  }
  for (const attendees of [
    [],
    [{ ...person, response: 'DECLINED' }],
    [{ ...person, isOrganizer: true }],
    [person, { userId: gateway.userIds.agent }],
  ]) {
    const told = await load({ ...first, attendees })
    expect(told).toMatchObject({ statuses: ['REFUSED'], errors: ['NOT_CHANGEABLE 0.attendees'] })
    expect(told.messages[0]).toContain('use activityAttendeeCreate and activityAttendeeDelete.')
  }
  expect(
    await load({ ...first, subject: 'Moved' }, { externalId: 'b', targetIds: [customer] }),
  ).toMatchObject({
    statuses: ['UPDATED', 'REFUSED'],
    errors: ['NOT_CHANGEABLE 1.targetIds'],
  })
})

test('a target and an attendee that were merged since are those that stayed', async () => {
  const [stays, goes] = [
    await gateway.create('customer', { name: 'Stays' }),
    await gateway.create('customer', { name: 'Goes' }),
  ]
  const [staying, going] = [
    await gateway.create('contact', { lastName: 'Stays' }),
    await gateway.create('contact', { lastName: 'Goes' }),
  ]
  const item = { externalId: 'merged', targetIds: [goes], attendees: [{ contactId: going }] }
  expect(await load(item)).toMatchObject({ statuses: ['CREATED'] })
  expect(await gateway.refusals('customerMerge', { id: stays, mergedIds: [goes] })).toEqual([])
  expect(await gateway.refusals('contactMerge', { id: staying, mergedIds: [going] })).toEqual([])
  expect(await load({ ...item, subject: 'Moved' })).toMatchObject({ statuses: ['UPDATED'], errors: [] })
})

test('the same attendee twice in one input is refused', async () => {
  const user = { userId: gateway.userIds.agent }
  const input = { type: 'MEETING', subject: 'Twice' }
  expect(
    await gateway.refusals('activityCreate', { ...input, attendees: [user, { contactId: contact }, user] }),
  ).toEqual(['TAKEN input.attendees.2.userId'])
  const twice = { externalId: 'twice', attendees: [{ contactId: contact }, { contactId: contact }] }
  expect(
    await gateway.ask(
      'mutation ($items: [ActivityUpsertItem!]!) { activityBulkUpsert(input: { system: "mail", items: $items }) { userErrors { code path } } }',
      { items: [{ ...input, ...twice }] },
    ),
  ).toMatchObject({
    data: {
      activityBulkUpsert: {
        userErrors: [{ code: 'TAKEN', path: ['input', 'items', '0', 'attendees', '1', 'contactId'] }],
      },
    },
  })
  // Of two activities, everybody may take part in each.
  expect(
    await load({ externalId: 'one', attendees: [user] }, { externalId: 'two', attendees: [user] }),
  ).toMatchObject({ statuses: ['CREATED', 'CREATED'] })
})

test('a hundred known activities take as many statements as two', async () => {
  const items = (count: number, subject: string) =>
    Array.from({ length: count }, (_, index) => ({
      externalId: `many ${index}`,
      subject,
      targetIds: [customer],
      attendees: [{ contactId: contact }],
    }))
  await load(...items(100, 'Many'))
  const count = async (many: number, subject: string) =>
    (await gateway.statementsOf(() => load(...items(many, subject)))).length
  expect(await count(100, 'Moved')).toBe(await count(2, 'Moved again'))
})

import {
  codesOf,
  createTestGateway,
  fieldsAt,
  listAt,
  type TestGateway,
  textAt,
  valueAt,
} from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

const read = async (id: string, fields: string) =>
  valueAt(await gateway.data(`query ($id: ID!) { activity(id: $id) { ${fields} } }`, { id }), 'activity')
const timelineOf = async (id: string): Promise<readonly unknown[]> =>
  fieldsAt(
    await gateway.data('query ($id: ID!) { customer(id: $id) { timeline(first: 100) { nodes { type } } } }', {
      id,
    }),
    'customer.timeline.nodes',
    'type',
  )

test('an activity is created with what it is about and who takes part', async () => {
  const customer = await gateway.create('customer', { name: 'Shop' })
  const opportunity = await gateway.create('opportunity', { name: 'Sale', customerId: customer })
  const contact = await gateway.create('contact', { lastName: 'Ng' })
  const id = await gateway.create('activity', {
    type: 'MEETING',
    subject: 'Kick-off',
    startAt: '2026-04-01T09:00:00Z',
    targetIds: [customer, opportunity],
    attendees: [{ contactId: contact }, { userId: gateway.userIds.agent, isOrganizer: true }],
  })
  expect(
    await read(
      id,
      'callStatus targets { nodes { target { __typename } } } attendees { nodes { contact { lastName } user { name } isOrganizer } }',
    ),
  ).toEqual({
    callStatus: 'PLANNED',
    targets: {
      nodes: expect.arrayContaining([
        { target: { __typename: 'Customer' } },
        { target: { __typename: 'Opportunity' } },
      ]),
    },
    attendees: {
      nodes: expect.arrayContaining([
        { contact: { lastName: 'Ng' }, user: null, isOrganizer: false },
        { contact: null, user: { name: 'Ben Okafor' }, isOrganizer: true },
      ]),
    },
  })
  const ofCustomer = await gateway.data(
    'query ($id: ID!) { customer(id: $id) { activities { totalCount nodes { subject } } } }',
    { id: customer },
  )
  expect(valueAt(ofCustomer, 'customer.activities')).toEqual({
    totalCount: 1,
    nodes: [{ subject: 'Kick-off' }],
  })
})

test('completedAt follows the status', async () => {
  const id = await gateway.create('activity', { type: 'TASK', subject: 'Call back' })
  expect(await read(id, 'taskStatus completedAt')).toEqual({ taskStatus: 'NOT_STARTED', completedAt: null })
  expect(await gateway.refusals('activityComplete', { id })).toEqual([])
  expect(await read(id, 'taskStatus completedAt')).toEqual({
    taskStatus: 'COMPLETED',
    completedAt: '2026-03-01T12:00:00.000Z',
  })
  expect(await gateway.refusals('activityComplete', { id })).toEqual(['ALREADY_DONE input.id'])
  await gateway.refusals('activityUpdate', { id, taskStatus: 'STARTED' })
  expect(await read(id, 'completedAt')).toEqual({ completedAt: null })
})

test('of several who complete an activity at once, one does', async () => {
  const id = await gateway.create('activity', { type: 'TASK', subject: 'Call back' })
  const days = ['2026-02-01', '2026-02-02', '2026-02-03']
  const refused = await Promise.all(
    days.map(day => gateway.refusals('activityComplete', { id, completedAt: `${day}T00:00:00Z` })),
  )
  expect(refused.flat()).toEqual(['ALREADY_DONE input.id', 'ALREADY_DONE input.id'])
  const first = days[refused.findIndex(codes => codes.length === 0)]
  expect(await read(id, 'completedAt version')).toEqual({
    completedAt: `${first}T00:00:00.000Z`,
    version: 2,
  })
})

test('who may see an activity and not write it is not told whether it is done', async () => {
  const customerId = await gateway.create('customer', { name: 'Seen' }, { as: 'agent' })
  const id = await gateway.create('activity', { type: 'TASK', subject: 'Theirs', targetIds: [customerId] })
  const complete = async () =>
    codesOf(
      await gateway.ask(
        'mutation ($id: ID!) { activityComplete(input: { id: $id }) { userErrors { code } } }',
        { id },
        { as: 'agent' },
      ),
    )
  expect(await complete()).toEqual(['FORBIDDEN'])
  await gateway.refusals('activityComplete', { id })
  expect(await complete()).toEqual(['FORBIDDEN'])
})

// It is 2026-03-01T12:00:00Z.
test.each([
  [{ type: 'TASK', startAt: '2026-02-01T09:00:00Z' }, '2026-03-01T12:00:00.000Z'],
  [
    { type: 'TASK', startAt: '2026-02-01T09:00:00Z', endAt: '2026-02-01T10:00:00Z' },
    '2026-03-01T12:00:00.000Z',
  ],
  [
    { type: 'TASK', startAt: '2026-03-01T09:00:00Z', endAt: '2026-03-02T09:00:00Z' },
    '2026-03-01T12:00:00.000Z',
  ],
  [{ type: 'CALL', startAt: '2026-02-01T09:00:00Z' }, '2026-02-01T09:00:00.000Z'],
  [
    { type: 'CALL', startAt: '2026-02-01T09:00:00Z', endAt: '2026-02-01T09:30:00Z' },
    '2026-02-01T09:30:00.000Z',
  ],
  [
    { type: 'MEETING', startAt: '2026-03-01T11:00:00Z', endAt: '2026-03-01T13:00:00Z' },
    '2026-03-01T12:00:00.000Z',
  ],
  [{ type: 'MEETING', startAt: '2026-03-05T11:00:00Z' }, '2026-03-01T12:00:00.000Z'],
])('what is done was done by now: %j', async (input, completedAt) => {
  const done = input.type === 'TASK' ? { taskStatus: 'COMPLETED' } : { callStatus: 'HELD' }
  const created = await gateway.create('activity', { subject: 'Done', ...input, ...done })
  expect(await read(created, 'completedAt')).toEqual({ completedAt })
  const open = input.type === 'TASK' ? { taskStatus: 'STARTED' } : { callStatus: 'PLANNED' }
  const updated = await gateway.create('activity', { subject: 'Done later', ...input, ...open })
  await gateway.refusals('activityUpdate', { id: updated, ...done })
  expect(await read(updated, 'completedAt')).toEqual({ completedAt })
})

test.each([
  [{ type: 'TASK', callStatus: 'HELD' }, ['CONTRADICTION input.callStatus']],
  [{ type: 'CALL', taskStatus: 'STARTED' }, ['CONTRADICTION input.taskStatus']],
  [{ type: 'MEETING', direction: 'INBOUND' }, ['CONTRADICTION input.direction']],
  [
    { type: 'CALL', startAt: '2026-01-02T00:00:00Z', endAt: '2026-01-01T00:00:00Z' },
    ['CONTRADICTION input.endAt'],
  ],
  [{ type: 'CALL', attendees: [{}] }, ['REQUIRED input.attendees.0']],
  [{ type: 'CALL', targetIds: ['tag_01k0000000e00800000000zzzz'] }, ['NOT_FOUND input.targetIds.0.targetId']],
])('what contradicts itself is refused: %j', async (input, refusals) => {
  expect(await gateway.refusals('activityCreate', { subject: 'Wrong', ...input })).toEqual(refusals)
})

test('a timeline tells what happened to a record and about it, the latest first', async () => {
  const customer = await gateway.create('customer', { name: 'Told' })
  await gateway.refusals('customerUpdate', { id: customer, industry: 'retail' })
  const call = await gateway.create('activity', {
    type: 'CALL',
    subject: 'First call',
    startAt: '2026-02-01T09:00:00Z',
    targetIds: [customer],
  })
  const opportunity = await gateway.create('opportunity', { name: 'Sale', customerId: customer })
  await gateway.refusals('opportunityClose', { id: opportunity, outcome: 'WON' })
  expect(new Set(await timelineOf(customer))).toEqual(
    new Set(['activity.call', 'customer.created', 'customer.updated', 'opportunity.won']),
  )
  expect((await timelineOf(customer)).at(-1)).toBe('activity.call')

  await gateway.refusals('activityUpdate', { id: call, startAt: '2026-05-01T09:00:00Z' })
  expect((await timelineOf(customer))[0]).toBe('activity.call')
  await gateway.refusals('activityDelete', { id: call })
  expect(await timelineOf(customer)).not.toContain('activity.call')
  await gateway.refusals('activityRestore', { id: call })
  expect(await timelineOf(customer)).toContain('activity.call')
})

test('an agent sees a colleague’s activity on an own customer, and no other', async () => {
  const own = await gateway.create('customer', { name: 'Of Ben', ownerId: gateway.userIds.agent })
  const others = await gateway.create('customer', { name: 'Of Ada' })
  const seen = await gateway.create('activity', { type: 'NOTE', subject: 'Seen', targetIds: [own] })
  const hidden = await gateway.create('activity', { type: 'NOTE', subject: 'Hidden', targetIds: [others] })
  const answer = await gateway.data(
    'query ($ids: [ID!]!) { activitiesByIds(ids: $ids) { subject } activities(filter: { subject: { in: ["Seen", "Hidden"] } }) { nodes { subject } } }',
    { ids: [seen, hidden] },
    { as: 'agent' },
  )
  expect(answer).toEqual({
    activitiesByIds: [{ subject: 'Seen' }, null],
    activities: { nodes: [{ subject: 'Seen' }] },
  })
  expect(
    textAt(
      await gateway.ask(
        'mutation ($id: ID!) { activityUpdate(input: { id: $id, subject: "Mine" }) { userErrors { code } } }',
        { id: seen },
        { as: 'agent' },
      ),
      'errors.0.extensions.code',
    ),
  ).toBe('FORBIDDEN')
})

test('events of a page resolve in as many statements for 20 customers as for 2', async () => {
  const ids: string[] = []
  for (let index = 0; index < 20; index += 1) {
    const customer = await gateway.create('customer', { name: `Many ${index}` })
    await gateway.create('activity', { type: 'NOTE', subject: 'Noted', targetIds: [customer] })
    ids.push(customer)
  }
  const count = async (some: readonly string[]) =>
    (
      await gateway.statementsOf(() =>
        gateway.data(
          'query ($ids: [ID!]!) { customers(filter: { id: { in: $ids } }, first: 50) { nodes { timeline { nodes { type activity { subject } target { id } related { id } } } tags { nodes { name } } } } }',
          { ids: some },
        ),
      )
    ).length
  expect(await count(ids)).toBe(await count(ids.slice(0, 2)))
})

test('a bulk of many writes its events in one statement', async () => {
  const items = (count: number) =>
    Array.from({ length: count }, (_, index) => ({ name: `Bulk ${count} ${index}` }))
  const count = async (many: number) =>
    (
      await gateway.statementsOf(async () => {
        const answer = await gateway.data(
          'mutation ($items: [CustomerCreateInput!]!) { customerBulkCreate(input: { items: $items }) { results { id } } }',
          { items: items(many) },
        )
        expect(listAt(answer, 'customerBulkCreate.results')).toHaveLength(many)
      })
    ).length
  expect(await count(100)).toBe(await count(2))
})

test('an activity is about a record once', async () => {
  const customer = await gateway.create('customer', { name: 'Once' })
  const input = { type: 'NOTE', subject: 'Twice', targetIds: [customer, customer] }
  expect(await gateway.refusals('activityCreate', input)).toEqual(['TAKEN input.targetIds.1.targetId'])
  const activityId = await gateway.create('activity', { ...input, targetIds: [customer] })
  expect(await gateway.refusals('activityTargetCreate', { activityId, targetId: customer })).toEqual([
    'TAKEN input.targetId',
  ])
})

test('a link that is made anew, and another that comes back, are told of once', async () => {
  const customer = await gateway.create('customer', { name: 'Relinked' })
  const activityId = await gateway.create('activity', { type: 'NOTE', subject: 'Relinked' })
  const link = { activityId, targetId: customer }
  const first = await gateway.create('activityTarget', link)
  await gateway.refusals('activityTargetDelete', { id: first })
  const second = await gateway.create('activityTarget', link)
  await gateway.refusals('activityTargetDelete', { id: second })
  await gateway.refusals('activityTargetRestore', { id: first })
  const events = (await timelineOf(customer)).filter(type => type === 'activity.note')
  expect(events).toHaveLength(1)
})

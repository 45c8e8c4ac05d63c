import { type AskOptions, createTestGateway, fieldsAt, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
/** Activities by what the agent has to do with them. */
const ids: Record<string, string> = {}
const agent: AskOptions = { as: 'agent' }
const seen = ['both', 'deleted', 'linked', 'linked twice', 'of all', 'owned', 'relinked']

beforeAll(async () => {
  gateway = await createTestGateway()
  const ownerId = gateway.userIds.agent
  const own = await gateway.create('customer', { name: 'Of the agent', ownerId })
  const sale = await gateway.create('opportunity', { name: 'Of the agent', ownerId })
  const other = await gateway.create('customer', { name: 'Of somebody else' })
  const product = await gateway.create('product', { sku: 'P', name: 'For all to see', price: '1' })
  const make = async (subject: string, targetIds: readonly string[], more: object = {}) => {
    ids[subject] = await gateway.create('activity', { type: 'NOTE', subject, targetIds, ...more })
    return ids[subject]
  }
  const linkOf = async (activity: string) =>
    fieldsAt(
      await gateway.data('query ($id: ID!) { activity(id: $id) { targets { nodes { id } } } }', {
        id: activity,
      }),
      'activity.targets.nodes',
      'id',
    )[0]
  await make('owned', [], { ownerId })
  await make('linked', [own])
  await make('linked twice', [own, sale, other])
  await make('both', [own], { ownerId })
  await make('of all', [product])
  await make('neither', [other])
  await make('about nothing', [])
  await gateway.refusals('activityTargetDelete', { id: await linkOf(await make('unlinked', [own])) })
  await gateway.refusals('activityTargetDelete', {
    id: await linkOf(await make('unlinked of all', [product])),
  })
  const relinked = await linkOf(await make('relinked', [own]))
  await gateway.refusals('activityTargetDelete', { id: relinked })
  await gateway.refusals('activityTargetRestore', { id: relinked })
  await gateway.refusals('activityDelete', { id: await make('deleted', [own]) })
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** Subjects in a list at the root, where the ids in scope are gathered. */
const listed = async (options?: AskOptions) => {
  const answer = await gateway.data(
    '{ activities(deleted: INCLUDE, orderBy: [{ field: SUBJECT }]) { totalCount nodes { subject } aggregate { count } } }',
    {},
    options,
  )
  const subjects = fieldsAt(answer, 'activities.nodes', 'subject').map(String)
  expect(valueAt(answer, 'activities')).toMatchObject({
    totalCount: subjects.length,
    aggregate: [{ count: subjects.length }],
  })
  return subjects.toSorted()
}

/** Subjects that are found by their ids, where links of each are looked up. */
const found = async (options?: AskOptions) => {
  const answer = await gateway.data(
    'query ($ids: [ID!]!) { activitiesByIds(ids: $ids) { subject } }',
    { ids: Object.values(ids) },
    options,
  )
  return fieldsAt(answer, 'activitiesByIds', 'subject')
    .filter(subject => subject != null)
    .map(String)
    .toSorted()
}

test('an agent sees own activities and those that living links lead to from what the agent sees, each once', async () => {
  expect(await listed(agent)).toEqual(seen)
})

test('an administrator sees all', async () => {
  expect(await listed()).toEqual(Object.keys(ids).toSorted())
})

test('lists and look-ups by id agree on what is seen, for agents and administrators', async () => {
  expect(await found(agent)).toEqual(await listed(agent))
  expect(await found()).toEqual(await listed())
})

test('parts of activities are seen as their activities are', async () => {
  const answer = await gateway.data('{ activityTargets { nodes { activity { subject } } } }', {}, agent)
  const subjects = fieldsAt(answer, 'activityTargets.nodes', 'activity').map(activity =>
    valueAt(activity, 'subject'),
  )
  expect(new Set(subjects)).toEqual(
    new Set(['linked', 'linked twice', 'both', 'of all', 'relinked', 'deleted']),
  )
  expect(subjects).toHaveLength(8)
})

test('a list that all agents ask for is found by indexes: ids are gathered, not tried row by row', async () => {
  const [statement = ''] = await gateway.statementsOf(() =>
    gateway.data('{ activities { nodes { subject } } }', {}, agent),
  )
  expect(statement).toContain(
    '"t0"."id" in (select "t1"."id" from "Activity" as "t1" where "t1"."ownerId" = ',
  )
  expect(statement).toContain(`"t1"."targetId" >= 'prd_' and "t1"."targetId" < 'prd\`'`)
  expect(statement).not.toContain('exists')
})

test('activities below a record that was read need no look-up of their own', async () => {
  const query = '{ customers { nodes { name activities { totalCount nodes { subject } } } } }'
  const answer = await gateway.data(query, {}, agent)
  expect(answer).toEqual({
    customers: {
      nodes: [
        {
          name: 'Of the agent',
          activities: {
            totalCount: 4,
            nodes: expect.arrayContaining(
              ['linked', 'linked twice', 'both', 'relinked'].map(subject => ({ subject })),
            ),
          },
        },
      ],
    },
  })
  const [statement = '', ...others] = await gateway.statementsOf(() => gateway.data(query, {}, agent))
  expect(others).toEqual([])
  expect(statement.match(/"ownerId" =/g)).toHaveLength(1)
  expect(statement.match(/from "ActivityTarget"/g)).toHaveLength(2)
})

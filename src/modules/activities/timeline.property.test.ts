import { createTestGateway, fieldsAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

type Step = (
  world: { readonly customers: readonly string[]; readonly activities: string[] },
  pick: number,
) => Promise<unknown>

const at = <Item>(items: readonly Item[], pick: number): Item | undefined => items[pick % items.length]
const tell = async (mutation: string, id: string | undefined, more: object = {}): Promise<void> => {
  if (id !== undefined) await gateway.refusals(mutation, { id, ...more })
}

/** What people do, refused or not: whatever they do, what is told of it has to be right. */
const steps: Readonly<Record<string, Step>> = {
  create: async ({ customers, activities }, pick) =>
    activities.push(
      await gateway.create('activity', {
        type: pick % 2 === 0 ? 'TASK' : 'CALL',
        subject: `Activity ${activities.length}`,
        startAt: new Date(Date.UTC(2026, 0, 1 + (pick % 90))).toISOString(),
        targetIds: customers.slice(pick % customers.length),
      }),
    ),
  complete: ({ activities }, pick) => tell('activityComplete', at(activities, pick)),
  reopen: ({ activities }, pick) => tell('activityUpdate', at(activities, pick), { taskStatus: 'STARTED' }),
  move: ({ activities }, pick) =>
    tell('activityUpdate', at(activities, pick), {
      startAt: new Date(Date.UTC(2026, 3, 1 + (pick % 90))).toISOString(),
    }),
  delete: ({ activities }, pick) => tell('activityDelete', at(activities, pick)),
  restore: ({ activities }, pick) => tell('activityRestore', at(activities, pick)),
  link: async ({ activities, customers }, pick) => {
    const activityId = at(activities, pick)
    if (activityId)
      await gateway.refusals('activityTargetCreate', { activityId, targetId: at(customers, pick >> 3) })
  },
  unlink: async (_, pick) => tell('activityTargetDelete', at(await linksOf(false), pick)),
  relink: async (_, pick) => tell('activityTargetRestore', at(await linksOf(true), pick)),
  rename: ({ customers }, pick) => tell('customerUpdate', at(customers, pick), { industry: `Line ${pick}` }),
}

const database = () => gateway.trellis.database.session.sql
const linksOf = async (isDeleted: boolean): Promise<readonly string[]> => {
  const { rows } = await sql<{ id: string }>`
    select id from "ActivityTarget" where ("deletedAt" is not null) = ${isDeleted} order by id`.execute(
    database(),
  )
  return rows.map(({ id }) => id)
}

/** Living links of living activities against living events, whichever of the two is missing or there twice. */
const disagreements = async (): Promise<readonly unknown[]> => {
  const { rows } = await sql`
    with linked as (
      select link."activityId", link."targetId", coalesce(activity."startAt", activity."completedAt", activity."dueAt", activity."createdAt") as at
      from "ActivityTarget" as link join "Activity" as activity on activity.id = link."activityId"
      where link."deletedAt" is null and activity."deletedAt" is null
    ), told as (
      select "activityId", "targetId", max("occurredAt") as at, count(*) as times from "TimelineEvent"
      where "activityId" is not null and "deletedAt" is null group by 1, 2
    )
    select * from linked full join told using ("activityId", "targetId")
    where linked.at is distinct from told.at or told.times <> 1
    union all
    select id, null, null, null, null from "Activity" where ("completedAt" is not null) <> ("taskStatus" is not distinct from 'COMPLETED' or "callStatus" is not distinct from 'HELD')`.execute(
    database(),
  )
  return rows
}

/** The types and moments of a timeline, read in pages of this size, forwards or backwards. */
async function walk(customer: string, size: number, isForward: boolean): Promise<readonly unknown[]> {
  const walked: unknown[] = []
  let place: unknown = null
  for (;;) {
    const [count, from] = isForward ? ['first', 'after'] : ['last', 'before']
    const answer = await gateway.data(
      `query ($id: ID!, $size: Int!, $from: String) { customer(id: $id) { timeline(${count}: $size, ${from}: $from) { nodes { id occurredAt } pageInfo { hasNextPage hasPreviousPage startCursor endCursor } } } }`,
      { id: customer, size, from: place },
    )
    const page = fieldsAt(answer, 'customer.timeline.nodes', 'id')
    if (isForward) walked.push(...page)
    else walked.unshift(...page)
    if (
      valueAt(answer, `customer.timeline.pageInfo.${isForward ? 'hasNextPage' : 'hasPreviousPage'}`) !== true
    )
      return walked
    place = textAt(answer, `customer.timeline.pageInfo.${isForward ? 'endCursor' : 'startCursor'}`)
  }
}

test('whatever people do, each living link of an activity is told of once, when it happened, and pages add up', async () => {
  const doing = fc.record({ step: fc.constantFrom(...Object.keys(steps)), pick: fc.nat(1000) })
  await fc.assert(
    fc.asyncProperty(
      fc.array(doing, { minLength: 5, maxLength: 20 }),
      fc.integer({ min: 1, max: 7 }),
      async (done, size) => {
        const customers = [
          await gateway.create('customer', { name: 'One' }),
          await gateway.create('customer', { name: 'Other' }),
        ]
        const world = { customers, activities: [] }
        for (const { step, pick } of done) await steps[step]?.(world, pick)
        expect(await disagreements()).toEqual([])
        for (const customer of customers) {
          const whole = await walk(customer, 100, true)
          expect(await walk(customer, size, true)).toEqual(whole)
          expect(await walk(customer, size, false)).toEqual(whole)
          expect(new Set(whole).size).toBe(whole.length)
        }
      },
    ),
    { numRuns: 12 },
  )
})

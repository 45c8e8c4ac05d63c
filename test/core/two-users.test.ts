import {
  type AskOptions,
  createTestGateway,
  fieldsAt,
  type TestGateway,
  type TestRole,
  textAt,
} from '@trellis/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
const roles: readonly TestRole[] = ['administrator', 'agent']
beforeAll(async () => {
  gateway = await createTestGateway()
  for (const as of roles)
    for (let count = 0; count < 3; count += 1) {
      const customerId = await gateway.create('customer', { name: `Of ${as}` }, { as })
      await gateway.create('contact', { lastName: `Of ${as}`, customerId }, { as })
      await gateway.create('opportunity', { name: `Of ${as}`, customerId }, { as })
    }
})
afterAll(() => gateway[Symbol.asyncDispose]())

const tree = `query ($owner: ID!) {
  viewer { name }
  customers(filter: { ownerId: { eq: $owner } }) { totalCount nodes { name contacts { nodes { lastName } } opportunities { totalCount nodes { name stageHistory { id } } } loyalty { points } } }
  all: customers { totalCount }
}`
/** Everything of the administrator's records, as somebody sees it. */
const look = async (options: AskOptions) =>
  gateway.data(tree, { owner: gateway.userIds.administrator }, options)

test('the same document asked by two at once answers each with their own', async () => {
  const alone = { administrator: await look({ as: 'administrator' }), agent: await look({ as: 'agent' }) }
  expect(alone).toMatchObject({
    administrator: { all: { totalCount: 6 } },
    agent: { all: { totalCount: 3 }, customers: { totalCount: 0, nodes: [] } },
  })
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.constantFrom(...roles), { minLength: 2, maxLength: 10 }),
      fc.scheduler(),
      async (askers, scheduler) => {
        const asking = askers.map(as => scheduler.schedule(Promise.resolve(), as).then(() => look({ as })))
        await scheduler.waitAll()
        for (const [index, answer] of (await Promise.all(asking)).entries())
          expect(answer).toEqual(alone[askers[index] ?? 'agent'])
      },
    ),
    { numRuns: 20 },
  )
})

test('two who write at once each write as themselves', async () => {
  const write =
    'mutation { customerCreate(input: { name: "Written" }) { customer { id owner { id } createdBy { id } } } }'
  const askers = Array.from(
    { length: 20 },
    (_, index): TestRole => (index % 3 === 0 ? 'agent' : 'administrator'),
  )
  const answers = await Promise.all(askers.map(as => gateway.data(write, {}, { as })))
  for (const [index, answer] of answers.entries()) {
    const id = gateway.userIds[askers[index] ?? 'agent']
    expect(textAt(answer, 'customerCreate.customer.owner.id')).toBe(id)
    expect(textAt(answer, 'customerCreate.customer.createdBy.id')).toBe(id)
  }
})

test('reads at the same time as writes see a record whole or not at all', async () => {
  const query = '{ opportunities(search: "whole") { nodes { name stageHistory { leftAt } } } }'
  const create = () => gateway.create('opportunity', { name: 'whole' })
  const reads = Array.from({ length: 10 }, async () => {
    const answer = await gateway.data(query)
    return fieldsAt(answer, 'opportunities.nodes', 'stageHistory')
  })
  await Promise.all(Array.from({ length: 10 }, create))
  for (const histories of await Promise.all(reads))
    for (const history of histories) expect(history).toEqual([{ leftAt: null }])
})

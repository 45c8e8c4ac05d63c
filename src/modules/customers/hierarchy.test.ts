import { type AskOptions, codesOf, createTestGateway, fieldsAt, type TestGateway } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

const agent: AskOptions = { as: 'agent' }
let gateway: TestGateway
const ids: Record<string, string> = {}

/** Each company by what is above it, the highest first; those of Ben are the agent's. */
const companies = {
  Top: null,
  East: 'Top',
  'Ben west': 'Top',
  Harbor: 'East',
  'Ben mill': 'East',
  'Ben shop': 'Ben mill',
  'Ben corner': 'Ben shop',
} as const

beforeAll(async () => {
  gateway = await createTestGateway()
  for (const [name, parent] of Object.entries(companies)) {
    const id = await gateway.create('customer', { name }, name.startsWith('Ben') ? agent : {})
    if (parent) await gateway.refusals('customerUpdate', { id, parentId: ids[parent] })
    ids[name] = id
  }
})
afterAll(() => gateway[Symbol.asyncDispose]())

async function relatives(name: string, options?: AskOptions) {
  const answer = await gateway.data(
    'query ($id: ID!) { customer(id: $id) { ancestors { name } descendants { name } } }',
    { id: ids[name] },
    options,
  )
  return {
    above: fieldsAt(answer, 'customer.ancestors', 'name'),
    below: fieldsAt(answer, 'customer.descendants', 'name'),
  }
}

test('what is above comes from the nearest up, what is below level by level and by name', async () => {
  expect(await relatives('Top')).toEqual({
    above: [],
    below: ['Ben west', 'East', 'Ben mill', 'Harbor', 'Ben shop', 'Ben corner'],
  })
  expect(await relatives('Ben shop')).toEqual({ above: ['Ben mill', 'East', 'Top'], below: ['Ben corner'] })
})

test('for an agent, it ends where somebody else’s company lies between', async () => {
  expect(await relatives('Ben mill', agent)).toEqual({ above: [], below: ['Ben shop', 'Ben corner'] })
  expect(await relatives('Ben corner', agent)).toEqual({ above: ['Ben shop', 'Ben mill'], below: [] })
  await gateway.refusals('customerUpdate', { id: ids['Ben shop'], ownerId: gateway.userIds.administrator })
  expect(await relatives('Ben mill', agent)).toEqual({ above: [], below: [] })
  expect(await relatives('Ben corner', agent)).toEqual({ above: [], below: [] })
  await gateway.refusals('customerUpdate', { id: ids['Ben shop'], ownerId: gateway.userIds.agent })
})

test('what is below a deleted company is not below those above it', async () => {
  await gateway.refusals('customerDelete', { id: ids['Ben mill'] })
  expect((await relatives('Top')).below).toEqual(['Ben west', 'East', 'Harbor'])
  expect((await relatives('Ben shop')).above).toEqual(['Ben mill', 'East', 'Top'])
  await gateway.refusals('customerRestore', { id: ids['Ben mill'] })
})

test('a statement each, for all customers of a level', async () => {
  const query = (first: number) =>
    `{ customers(first: ${first}) { nodes { ancestors { name owner { name } } descendants(first: 3) { name } } } }`
  const count = async (first: number) => (await gateway.statementsOf(() => gateway.data(query(first)))).length
  expect(await count(7)).toBe(await count(1))
  expect(
    await gateway.statementsOf(() => gateway.data('{ customers { nodes { ancestors { id } } } }')),
  ).toHaveLength(2)
})

test('1 to 100 are asked for', async () => {
  const codes = async (first: number) =>
    codesOf(await gateway.ask(`{ customers(first: 1) { nodes { descendants(first: ${first}) { id } } } }`))
  expect([await codes(0), await codes(1), await codes(100), await codes(101)]).toEqual([
    ['BAD_INPUT'],
    [],
    [],
    ['BAD_INPUT'],
  ])
})

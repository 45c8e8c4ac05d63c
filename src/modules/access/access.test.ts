import {
  type AskOptions,
  codesOf,
  createTestGateway,
  fieldsAt,
  type TestGateway,
  textAt,
  valueAt,
} from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
/** The same tree twice: Ada's, the administrator's, and Ben's, the agent's. */
const records = {
  ada: { customer: '', contact: '', opportunity: '', line: '' },
  ben: { customer: '', contact: '', opportunity: '', line: '' },
}
let product: string
const agent: AskOptions = { as: 'agent' }

beforeAll(async () => {
  gateway = await createTestGateway()
  product = await gateway.create('product', { sku: 'P', name: 'Product', price: '10' })
  for (const whose of ['ada', 'ben'] as const) {
    const options: AskOptions = { as: whose === 'ada' ? 'administrator' : 'agent' }
    const customer = await gateway.create(
      'customer',
      { name: `Customer of ${whose}`, email: `${whose}@customers.example` },
      options,
    )
    const contact = await gateway.create(
      'contact',
      { lastName: `Contact of ${whose}`, customerId: customer },
      options,
    )
    const opportunity = await gateway.create(
      'opportunity',
      { name: `Sale of ${whose}`, customerId: customer, amount: '100' },
      options,
    )
    const line = await gateway.create(
      'opportunityLine',
      { opportunityId: opportunity, productId: product, unitPrice: '100' },
      options,
    )
    records[whose] = { customer, contact, opportunity, line }
  }
  // Somebody else's records where the agent's own point to and are pointed to from.
  await gateway.refusals('customerUpdate', { id: records.ben.customer, parentId: records.ada.customer })
  await gateway.create('contact', { lastName: 'Contact of ada at ben', customerId: records.ben.customer })
  await gateway.create('opportunity', {
    name: 'Sale of ada at ben',
    customerId: records.ben.customer,
    amount: '1000',
  })
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe('an agent sees own records only', () => {
  const tree = `{ customers(orderBy: { field: NAME }) { totalCount nodes {
    name parent { name } children { nodes { name } }
    contacts { totalCount nodes { lastName } }
    opportunities { totalCount aggregate { count sum { amount } } nodes { name lines { unitPrice product { name } } stageHistory { stage { code } } } }
    loyalty { points } owner { name }
  } } }`

  test('nested ones, counts and figures included', async () => {
    expect(await gateway.data(tree, {}, agent)).toEqual({
      customers: {
        totalCount: 1,
        nodes: [
          {
            name: 'Customer of ben',
            parent: null,
            children: { nodes: [] },
            contacts: { totalCount: 1, nodes: [{ lastName: 'Contact of ben' }] },
            opportunities: {
              totalCount: 1,
              aggregate: [{ count: 1, sum: { amount: '100' } }],
              nodes: [
                {
                  name: 'Sale of ben',
                  lines: [{ unitPrice: '100', product: { name: 'Product' } }],
                  stageHistory: [{ stage: { code: 'PROSPECTING' } }],
                },
              ],
            },
            loyalty: { points: 0 },
            owner: { name: 'Ben Okafor' },
          },
        ],
      },
    })
  })

  test('in as many statements as an administrator', async () => {
    const count = async (options?: AskOptions) =>
      (await gateway.statementsOf(() => gateway.data(tree, {}, options))).length
    expect(await count(agent)).toBe(await count())
  })

  test.each([
    ['customer', 'customers', 'name'],
    ['contact', 'contacts', 'lastName'],
    ['opportunity', 'opportunities', 'name'],
    ['line', 'opportunityLines', 'unitPrice'],
  ] as const)('by id, by ids and as a node: %s', async (kind, plural, field) => {
    const [own, other] = [records.ben[kind], records.ada[kind]]
    const singular = kind === 'line' ? 'opportunityLine' : kind
    const query = `query ($own: ID!, $other: ID!) {
      own: ${singular}(id: $own) { ${field} } other: ${singular}(id: $other) { ${field} }
      many: ${plural}ByIds(ids: [$other, $own]) { id } node: node(id: $other) { id }
      list: ${plural}(filter: { id: { eq: $other } }, deleted: INCLUDE) { totalCount nodes { id } }
    }`
    expect(await gateway.data(query, { own, other }, agent)).toEqual({
      own: { [field]: expect.any(String) },
      other: null,
      many: [null, { id: own }],
      node: null,
      list: { totalCount: 0, nodes: [] },
    })
  })

  const totals = async (args: string, list = 'customers') =>
    valueAt(await gateway.data(`{ ${list}(${args}) { totalCount } }`, {}, agent), `${list}.totalCount`)

  test('whatever is searched for', async () => {
    expect(await totals('search: "customer"')).toBe(1)
    expect(await totals('search: "ada@"')).toBe(0)
  })

  test('whatever is filtered by: what a relation leads to counts as far as it is seen', async () => {
    expect(await totals('filter: { name: { contains: "ada" } }')).toBe(0)
    expect(await totals('filter: { parent: { name: { contains: "ada" } } }')).toBe(0)
    expect(await totals('filter: { parent: {} }')).toBe(0)
    expect(await totals('filter: { contacts: { some: { lastName: { contains: "ada" } } } }')).toBe(0)
    expect(await totals('filter: { contacts: { none: { lastName: { contains: "ada" } } } }')).toBe(1)
    expect(
      await totals(
        'filter: { contacts: { every: { lastName: { contains: "ben" }, ownerId: { isNull: false } } } }',
      ),
    ).toBe(1)
    expect(await totals('filter: { opportunities: { some: { amount: { gt: "500" } } } }')).toBe(0)
    expect(
      await totals(
        'filter: { opportunities: { some: { lines: { some: { product: { sku: { eq: "P" } } } } } } }',
      ),
    ).toBe(1)
    expect(await totals('filter: { customer: { name: { contains: "ada" } } }', 'opportunities')).toBe(0)
    expect(await totals('filter: { opportunity: { name: { contains: "ada" } } }', 'opportunityLines')).toBe(0)
  })

  test('whatever is filtered by through records that everybody sees', async () => {
    const query =
      '{ products(filter: { sku: { eq: "P" } }) { totalCount } pipelineStages(filter: { opportunities: { some: { name: { contains: "ada" } } } }) { totalCount } users(filter: { team: { members: { some: {} } } }) { totalCount } }'
    expect(await gateway.data(query, {}, agent)).toEqual({
      products: { totalCount: 1 },
      pipelineStages: { totalCount: 0 },
      users: { totalCount: 0 },
    })
  })

  test('through pipelines and stages, whose opportunities are counted as far as they are seen', async () => {
    const query =
      '{ pipelines { nodes { opportunities { totalCount aggregate { count sum { amount } } } } } }'
    expect(await gateway.data(query, {}, agent)).toEqual({
      pipelines: {
        nodes: [{ opportunities: { totalCount: 1, aggregate: [{ count: 1, sum: { amount: '100' } }] } }],
      },
    })
  })

  test('in every figure', async () => {
    const query =
      '{ opportunities { aggregate(groupBy: { field: OWNER }) { group { owner { name } } count sum { amount } countDistinct { customer } } } opportunityLines { aggregate { count sum { unitPrice } } } stageHistories { totalCount } }'
    expect(await gateway.data(query, {}, agent)).toEqual({
      opportunities: {
        aggregate: [
          {
            group: { owner: { name: 'Ben Okafor' } },
            count: 1,
            sum: { amount: '100' },
            countDistinct: { customer: 1 },
          },
        ],
      },
      opportunityLines: { aggregate: [{ count: 1, sum: { unitPrice: '100' } }] },
      stageHistories: { totalCount: 1 },
    })
  })
})

describe('an agent writes own records only', () => {
  test.each(['customer', 'contact', 'opportunity'] as const)(
    "somebody else's %s is refused as if it were not there",
    async kind => {
      const unknown = `${records.ada[kind].slice(0, 4)}01k0000000e00800000000zzzz`
      for (const verb of ['Update', 'Delete', 'Restore']) {
        const ask = async (id: string) => {
          const answer = await gateway.data(
            `mutation ($id: ID!) { done: ${kind}${verb}(input: { id: $id }) { userErrors { code path message } } }`,
            { id },
            agent,
          )
          return JSON.stringify(answer).replaceAll(id, '…')
        }
        expect(await ask(records.ada[kind])).toBe(await ask(unknown))
        expect(await ask(records.ada[kind])).toContain('NOT_FOUND')
      }
    },
  )

  test("somebody else's opportunity is neither moved nor closed", async () => {
    const id = records.ada.opportunity
    expect(await gateway.refusals('opportunityClose', { id, outcome: 'WON' }, agent)).toEqual([
      'NOT_FOUND input.id',
    ])
    expect(
      await gateway.refusals(
        'opportunityMoveStage',
        { id, stageId: 'stg_01k0000000e008000000000003' },
        agent,
      ),
    ).toEqual(['NOT_FOUND input.id'])
  })

  test('nor are its lines written, and none are put into it', async () => {
    expect(
      await gateway.refusals('opportunityLineUpdate', { id: records.ada.line, quantity: '2' }, agent),
    ).toEqual(['NOT_FOUND input.id'])
    expect(await gateway.refusals('opportunityLineDelete', { id: records.ada.line }, agent)).toEqual([
      'NOT_FOUND input.id',
    ])
    const line = { opportunityId: records.ada.opportunity, productId: product, unitPrice: '1' }
    expect(await gateway.refusals('opportunityLineCreate', line, agent)).toEqual([
      'NOT_FOUND input.opportunityId',
    ])
    expect(
      await gateway.refusals('opportunityLineUpdate', { id: records.ben.line, quantity: '2' }, agent),
    ).toEqual([])
  })

  test('nor does an own record point to what the agent may not see', async () => {
    expect(
      await gateway.refusals(
        'contactUpdate',
        { id: records.ben.contact, customerId: records.ada.customer },
        agent,
      ),
    ).toEqual(['NOT_FOUND input.customerId'])
    expect(
      await gateway.refusals('contactCreate', { lastName: 'x', customerId: records.ada.customer }, agent),
    ).toEqual(['NOT_FOUND input.customerId'])
  })

  test.each(['customer', 'contact', 'opportunity'] as const)(
    'a %s for somebody else, or for nobody, is forbidden',
    async kind => {
      const upper = kind.charAt(0).toUpperCase() + kind.slice(1)
      const before = await gateway.rowsIn(upper)
      for (const ownerId of [gateway.userIds.administrator, null]) {
        const named = kind === 'contact' ? { lastName: 'x' } : { name: 'x' }
        const create = await gateway.ask(
          `mutation ($input: ${upper}CreateInput!) { ${kind}Create(input: $input) { ${kind} { id } } }`,
          { input: { ...named, ownerId } },
          agent,
        )
        expect(codesOf(create)).toEqual(['FORBIDDEN'])
        const bulk = await gateway.ask(
          `mutation ($items: [${upper}UpsertItem!]!) { ${kind}BulkUpsert(input: { system: "x", items: $items }) { results { id } } }`,
          { items: [{ externalId: '1', ...named, ownerId }] },
          agent,
        )
        expect(codesOf(bulk)).toEqual(['FORBIDDEN'])
      }
      expect(await gateway.rowsIn(upper)).toBe(before)
    },
  )

  test.each([
    ['productCreate', 'product', '{ sku: "F", name: "F", price: "1" }'],
    ['pipelineCreate', 'pipeline', '{ name: "F" }'],
    ['lostReasonCreate', 'lostReason', '{ name: "F" }'],
    ['teamCreate', 'team', '{ name: "F" }'],
    ['userCreate', 'user', '{ name: "F", email: "f@example.com", role: ADMINISTRATOR }'],
    ['userUpdate', 'user', '{ id: "AGENT", role: ADMINISTRATOR }'],
    ['productUpdate', 'product', '{ id: "PRODUCT", price: "0" }'],
    ['productDelete', 'product', '{ id: "PRODUCT" }'],
    [
      'productBulkUpsert',
      'results',
      '{ system: "x", items: [{ externalId: "1", sku: "F", name: "F", price: "1" }] }',
    ],
  ])('%s is forbidden', async (mutation, field, input) => {
    const filled = input.replace('AGENT', gateway.userIds.agent).replace('PRODUCT', product)
    expect(
      codesOf(await gateway.ask(`mutation { ${mutation}(input: ${filled}) { ${field} { id } } }`, {}, agent)),
    ).toEqual(['FORBIDDEN'])
  })

  test('what is given away is gone, and who gave it is told what became of it', async () => {
    const id = await gateway.create('customer', { name: 'Given away' }, agent)
    const give =
      'mutation ($id: ID!, $to: ID!) { customerUpdate(input: { id: $id, ownerId: $to }) { customer { name version } userErrors { code } } }'
    expect(await gateway.data(give, { id, to: gateway.userIds.administrator }, agent)).toEqual({
      customerUpdate: { customer: { name: 'Given away', version: 2 }, userErrors: [] },
    })
    expect(await gateway.refusals('customerUpdate', { id, name: 'Mine again' }, agent)).toEqual([
      'NOT_FOUND input.id',
    ])
  })

  test("a bulk neither changes somebody else's records nor tells which they are", async () => {
    const items = [{ externalId: 'a', name: 'Imported by ada' }]
    const bulk =
      'mutation ($items: [CustomerUpsertItem!]!) { customerBulkUpsert(input: { system: "crm", items: $items, errorPolicy: SKIP }) { results { id status } userErrors { code } } }'
    await gateway.data(bulk, { items })
    const refused = {
      customerBulkUpsert: { results: [{ id: null, status: 'REFUSED' }], userErrors: [{ code: 'NOT_FOUND' }] },
    }
    expect(await gateway.data(bulk, { items: [{ externalId: 'a', name: 'Changed by ben' }] }, agent)).toEqual(
      refused,
    )
    expect(await gateway.data(bulk, { items }, agent)).toEqual(refused)
  })

  test('loyalty points of own customers only', async () => {
    expect(
      await gateway.refusals(
        'loyaltyAdjust',
        { customerId: records.ada.customer, points: 1, reason: 'x' },
        agent,
      ),
    ).toEqual(['NOT_FOUND input.customerId'])
    expect(
      await gateway.refusals(
        'loyaltyAdjust',
        { customerId: records.ben.customer, points: 1, reason: 'x' },
        agent,
      ),
    ).toEqual([])
  })
})

test('an administrator sees everything', async () => {
  const answer = await gateway.data(
    '{ customers(search: "customer of", orderBy: { field: NAME }) { nodes { name } } viewer { name role } }',
  )
  expect(fieldsAt(answer, 'customers.nodes', 'name')).toEqual(['Customer of ada', 'Customer of ben'])
  expect(textAt(answer, 'viewer.role')).toBe('ADMINISTRATOR')
})

test('users report to users, teams have members', async () => {
  const team = await gateway.create('team', { name: 'East' })
  const manager = await gateway.create('user', { name: 'Mia', email: 'mia@trellis.example', teamId: team })
  const user = await gateway.create('user', {
    name: 'Udo',
    email: 'udo@trellis.example',
    teamId: team,
    managerId: manager,
  })
  expect(
    await gateway.data(
      'query ($id: ID!) { team(id: $id) { members(orderBy: { field: NAME }) { nodes { name manager { name } reports { nodes { name } } } } } }',
      { id: team },
    ),
  ).toEqual({
    team: {
      members: {
        nodes: [
          { name: 'Mia', manager: null, reports: { nodes: [{ name: 'Udo' }] } },
          { name: 'Udo', manager: { name: 'Mia' }, reports: { nodes: [] } },
        ],
      },
    },
  })
  expect(await gateway.refusals('userUpdate', { id: manager, managerId: user })).toEqual([
    'CYCLE input.managerId',
  ])
  expect(await gateway.refusals('userCreate', { name: 'Twin', email: 'mia@trellis.example' })).toEqual([
    'TAKEN input.email',
  ])
})

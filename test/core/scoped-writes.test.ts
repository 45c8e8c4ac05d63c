import { type Context, type DataContext, defineExtension, field, type Scope } from '@trellis/sdk'
import {
  codesOf,
  createTestGateway,
  fieldsAt,
  listAt,
  type TestGateway,
  type TestRole,
  textAt,
  valueAt,
} from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

type Work = (context: Context) => Promise<unknown>

/** An extension whose mutation does what a test says, and answers what came of it. */
const clerk = (scopes: readonly Scope[], work: Work) =>
  defineExtension({
    name: 'clerk',
    version: '1.0.0',
    scopes,
    permissions: { AGENT: '*' },
    typeDefs: `
      extend type Mutation { "Does its work." clerkWork("Nothing." input: ClerkWorkInput!): ClerkPayload }
      "Nothing." input ClerkWorkInput { "Nothing." nothing: Int }
      "What became of it." type ClerkPayload { "What was answered." answer: JSON "Why not." userErrors: [UserError!]! }`,
    resolvers: {
      Mutation: {
        clerkWork: async (_: unknown, __: unknown, context: Context) => ({
          answer: { value: await work(context) },
          userErrors: [],
        }),
      },
    },
  })

const mutation =
  'mutation Work { clerkWork(input: {}) { answer userErrors { code } } } mutation Try @dryRun { clerkWork(input: {}) { answer } }'

interface DoOptions {
  readonly as?: TestRole
  readonly dryRun?: boolean
  readonly key?: string
}

/** What the mutation comes to: the answer, or the message that it is refused with. */
async function done(gateway: TestGateway, { as = 'administrator', dryRun = false, key }: DoOptions = {}) {
  const source = dryRun
    ? mutation.slice(mutation.indexOf('mutation Try'))
    : mutation.split(' mutation Try')[0]
  const headers = key === undefined ? {} : { 'idempotency-key': key }
  const answer = await gateway.ask(source ?? '', {}, { as, headers })
  return answer.errors
    ? `${String(codesOf(answer)[0])} ${textAt(answer, 'errors.0.message')}`
    : valueAt(answer.data, 'clerkWork.answer.value')
}

const roles = ['administrator', 'agent'] as const

test.each(roles)('an extension writes for the %s with the scope to write only', async as => {
  const create: Work = async ({ services }) => (await services.customers.create({ name: 'New' })).name
  await using without = await createTestGateway({ extensions: [clerk(['customer:read'], create)] })
  expect(await done(without, { as })).toContain('MISSING_SCOPE The extension clerk may not write Customer')
  expect([await without.rowsIn('Customer'), await without.rowsIn('OutboxEvent')]).toEqual([0, 0])
  await using gateway = await createTestGateway({ extensions: [clerk(['customer:write'], create)] })
  expect(await done(gateway, { as })).toBe('New')
})

test('a scope gives nothing that the viewer does not have', async () => {
  let id = ''
  const rename: Work = async ({ services }) => (await services.customers.update({ id, name: 'Renamed' })).name
  await using gateway = await createTestGateway({ extensions: [clerk(['customer:write'], rename)] })
  id = await gateway.create('customer', { name: 'Theirs' })
  await gateway.ask(mutation.split(' mutation Try')[0] ?? '', {}, { as: 'agent' })
  const nameOf = async () =>
    textAt(await gateway.data('query ($id: ID!) { customer(id: $id) { name } }', { id }), 'customer.name')
  expect(await nameOf()).toBe('Theirs')
  expect(await done(gateway)).toBe('Renamed')
})

test('what a write entails is the core’s own, and works without scopes for it', async () => {
  let customerId = ''
  const sell: Work = async ({ services }) =>
    (await services.opportunities.create({ name: 'Sale', customerId, currency: 'USD', amount: '5' })).id
  await using gateway = await createTestGateway({ extensions: [clerk(['opportunity:write'], sell)] })
  customerId = await gateway.create('customer', { name: 'Buyer' })
  const id = await done(gateway)
  // The stage was found in the pipeline, its history begun, and the timeline told.
  const { opportunity } = await gateway.data(
    'query ($id: ID!) { opportunity(id: $id) { customer { name } stage { type } timeline { nodes { type } } } }',
    { id },
  )
  expect(opportunity).toMatchObject({ customer: { name: 'Buyer' }, stage: { type: 'OPEN' } })
  expect(fieldsAt(opportunity, 'timeline.nodes', 'type')).toContain('opportunity.created')
  expect(await gateway.rowsIn('StageHistory')).toBe(1)
})

test('a service of a module that reads for who asks takes the scopes for what it reads', async () => {
  let id = ''
  const win: Work = async ({ services }) => (await services.opportunities.close({ id, outcome: 'WON' })).id
  await using gateway = await createTestGateway({ extensions: [clerk(['opportunity:write'], win)] })
  id = await gateway.create('opportunity', {
    name: 'Sale',
    customerId: await gateway.create('customer', { name: 'Buyer' }),
  })
  expect(await done(gateway)).toContain("Add 'pipelineStage:read' to its scopes.")
  const scopes = ['opportunity:write', 'pipelineStage:read'] as const
  await using allowed = await createTestGateway({ extensions: [clerk(scopes, win)] })
  id = await allowed.create('opportunity', {
    name: 'Sale',
    customerId: await allowed.create('customer', { name: 'Buyer' }),
  })
  expect(await done(allowed)).toBe(id)
})

describe('with a scope for contacts', () => {
  let asked: Work = async () => null
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await createTestGateway({ extensions: [clerk(['contact:read'], context => asked(context))] })
  })
  afterAll(() => gateway[Symbol.asyncDispose]())

  test.each<readonly [door: string, work: Work, missing: string]>([
    [
      'a filter on a related record',
      ({ loaders }) =>
        loaders.contacts.list({ filter: { customer: { name: { eq: 'Theirs' } } } }).totalCount(),
      "Add 'customer:read' to its scopes.",
    ],
    [
      'a group by a related record',
      ({ loaders }) => loaders.contacts.aggregate({ groupBy: [{ customer: { field: 'INDUSTRY' } }] }),
      "Add 'customer:read' to its scopes.",
    ],
    [
      'the right to read',
      async ({ rights }) => rights.read('Customer'),
      "Add 'customer:read' to its scopes.",
    ],
    [
      'the right to write',
      async ({ rights }) => rights.assert('update', { entity: 'Contact' }),
      "Add 'contact:write' to its scopes.",
    ],
    [
      'a record of whatever entity',
      ({ loaders }) => loaders.targets.byId.load('cus_01h2xcejqtf2nbrexx3vqjhp41'),
      "Add 'customer:read' to its scopes.",
    ],
    [
      'a history that clients do not write',
      ({ services }) => services.stageHistories.insert([]),
      "Add 'stageHistory:write' to its scopes.",
    ],
    [
      'what is decided about extensions',
      ({ services }) => services.extensions.disable({ name: 'clerk' }),
      'no scope of an extension allows that',
    ],
    [
      'events of others that failed',
      ({ services }) => services.extensionWork.retry({ extension: 'clerk' }),
      'no scope of an extension allows that',
    ],
  ])('%s is held to it', async (_, work, missing) => {
    asked = work
    const answer = await done(gateway)
    expect(answer).toContain('MISSING_SCOPE')
    expect(answer).toContain(missing)
  })
})

test('SQL of its own reads what it may only', async () => {
  const reading = (scopes: readonly Scope[]) =>
    defineExtension({
      name: 'reader',
      version: '1.0.0',
      scopes,
      typeDefs: 'extend type Query { "How many." readerCount: Int }',
      resolvers: {
        Query: { readerCount: (_: unknown, __: unknown, { loaders }: Context) => loaders.reader.count() },
      },
      loaders: {
        reader: ({ readable }: DataContext) => ({ count: async () => (readable('Customer') ? 1 : 0) }),
      },
    })
  await using without = await createTestGateway({ extensions: [reading([])] })
  expect(codesOf(await without.ask('{ readerCount }'))).toEqual(['MISSING_SCOPE'])
  await using gateway = await createTestGateway({ extensions: [reading(['customer:read'])] })
  expect(await gateway.data('{ readerCount }')).toEqual({ readerCount: 1 })
})

declare module '@trellis/sdk' {
  interface Loaders {
    readonly reader: { count(): Promise<number> }
  }
}

test.each(roles)('a check amends what the %s writes with the scope to write', async as => {
  const amending = (scopes: readonly Scope[]) =>
    defineExtension({
      name: 'tidy',
      version: '1.0.0',
      scopes,
      typeDefs: 'extend type Query { "Nothing." tidyNothing: Int }',
      resolvers: { Query: { tidyNothing: () => 0 } },
      checks: {
        Customer: changes => {
          for (const change of changes) change.amend({ industry: 'tidied' })
          return []
        },
      },
    })
  const create = 'mutation { customerCreate(input: { name: "New" }) { customer { industry } } }'
  await using without = await createTestGateway({ extensions: [amending(['customer:read'])] })
  expect(codesOf(await without.ask(create, {}, { as }))).toEqual(['MISSING_SCOPE'])
  expect(await without.rowsIn('Customer')).toBe(0)
  await using gateway = await createTestGateway({ extensions: [amending(['customer:write'])] })
  expect(await gateway.data(create, {}, { as })).toEqual({
    customerCreate: { customer: { industry: 'tidied' } },
  })
})

test('dry runs and keys hold for what an extension writes in its own context', async () => {
  const create: Work = async ({ services, loaders, dryRun }) => {
    const { id } = await services.customers.create({ name: 'New' })
    // What it wrote it reads, in the same transaction.
    return { id, name: (await loaders.customers.byId.load(id))?.name, dryRun }
  }
  await using gateway = await createTestGateway({ extensions: [clerk(['customer:write'], create)] })
  expect(await done(gateway, { dryRun: true })).toMatchObject({ name: 'New', dryRun: true })
  expect(await gateway.rowsIn('Customer')).toBe(0)
  const first = await done(gateway, { key: 'once' })
  expect(first).toMatchObject({ name: 'New', dryRun: false })
  expect(await done(gateway, { key: 'once' })).toEqual(first)
  expect(await gateway.rowsIn('Customer')).toBe(1)
})

test('an extension has one context a request, and each request its own', async () => {
  const seen: Context[] = []
  const keen = defineExtension({
    name: 'keen',
    version: '1.0.0',
    permissions: { AGENT: '*' },
    typeDefs:
      'extend type Query { "Something." keenOne: String "Something." keenOther: String } extend type Customer { "Something." keen: String }',
    resolvers: {
      Query: {
        keenOne: (_: unknown, __: unknown, context: Context) => void seen.push(context),
        keenOther: (_: unknown, __: unknown, context: Context) => void seen.push(context),
      },
    },
    fields: {
      Customer: {
        keen: field({
          requires: ['id'],
          batch: (customers, _, context) => {
            seen.push(context)
            return customers.map(() => null)
          },
        }),
      },
    },
  })
  await using gateway = await createTestGateway({ extensions: [keen] })
  await gateway.create('customer', { name: 'One' })
  const query = '{ keenOne keenOther customers { nodes { keen } } }'
  for (const as of roles) await gateway.data(query, {}, { as })
  expect(new Set(seen).size).toBe(2)
  expect(new Set(seen.map(({ viewer }) => viewer.role))).toEqual(new Set(['ADMINISTRATOR', 'AGENT']))
  expect(new Set(seen.map(({ requestId }) => requestId)).size).toBe(2)
})

test('two extensions’ fields cost as many statements for a hundred records as for ten', async () => {
  const counting = (name: string) =>
    defineExtension({
      name,
      version: '1.0.0',
      scopes: ['customer:read', 'contact:read'],
      typeDefs: `extend type Customer { "Its contacts." ${name}Contacts: Int "Its name, read anew." ${name}Name: String }`,
      fields: {
        Customer: {
          [`${name}Contacts`]: field<'Customer', 'id'>({
            requires: ['id'],
            batch: (customers, _, { loaders }) =>
              Promise.all(
                customers.map(({ id }) => loaders.contacts.listOf('customerId', id, {}).totalCount()),
              ),
          }),
          [`${name}Name`]: field<'Customer', 'id'>({
            requires: ['id'],
            batch: async (customers, _, { loaders }) =>
              (await loaders.customers.byId.loadMany(customers.map(({ id }) => id))).map(
                customer => customer?.name ?? null,
              ),
          }),
        },
      },
    })
  await using gateway = await createTestGateway({ extensions: [counting('early'), counting('late')] })
  const items = Array.from({ length: 100 }, (_, index) => ({ name: `Customer ${index}` }))
  await gateway.data(
    'mutation ($items: [CustomerCreateInput!]!) { customerBulkCreate(input: { items: $items }) { userErrors { code } } }',
    { items },
  )
  const statementsFor = async (first: number) => {
    const query = `{ customers(first: ${first}) { nodes { name earlyContacts earlyName lateContacts lateName } } }`
    const statements = await gateway.statementsOf(async () => {
      const nodes = listAt(await gateway.data(query), 'customers.nodes')
      expect(nodes).toHaveLength(first)
      for (const node of nodes) expect(valueAt(node, 'lateName')).toBe(valueAt(node, 'name'))
    })
    return statements.length
  }
  expect([await statementsFor(10), await statementsFor(100)]).toEqual([5, 5])
})

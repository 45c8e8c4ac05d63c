import { defineExtension, field, TrellisError, UserErrors } from '@trellis/sdk'
import { codesOf, createTestGateway, fieldsAt, listAt, valueAt } from '@trellis/testing'
import { describe, expect, test } from 'vitest'
import { extensions as installed } from '../../extensions/index.ts'

const named = { version: '1.0.0', scopes: ['customer:write', 'contact:write', 'team:read'] } as const
const typeDefs = 'extend type Customer { "A score." mishapScore: Int } '
const listing = '{ extensions { name version status problems { code severity } owns { coordinate } } }'

test('the API says what each extension answers for', async () => {
  await using gateway = await createTestGateway()
  const answer = await gateway.data(listing)
  const owned = (index: number) => fieldsAt(answer, `extensions.${index}.owns`, 'coordinate')
  expect(fieldsAt(answer, 'extensions', 'name')).toEqual(['company-profile', 'ecommerce', 'loyalty'])
  expect(fieldsAt(answer, 'extensions', 'status')).toEqual(['ENABLED', 'ENABLED', 'ENABLED'])
  expect(fieldsAt(answer, 'extensions', 'problems')).toEqual([[], [], []])
  expect(owned(0)).toEqual([
    'CompanyProfile',
    'CompanyProfile.age',
    'CompanyProfile.domain',
    'Customer.profile',
  ])
  expect(owned(1)).toEqual(
    expect.arrayContaining(['Customer.ecommerceCart', 'Mutation.ecommerceCartCheckout']),
  )
  expect(owned(2)).toEqual(
    expect.arrayContaining([
      'Customer.loyalty',
      'LoyaltyTier.GOLD',
      'LoyaltyAdjustInput.points',
      'Mutation.loyaltyAdjust',
    ]),
  )
})

describe('an extension that fails', () => {
  const mishap = defineExtension({
    ...named,
    name: 'mishap',
    typeDefs: `${typeDefs} extend type Query { "Fails." mishapNow: Int }
      extend type Mutation { "Fails after a write." mishapWrite("What to do." input: MishapWriteInput!): MishapPayload }
      "What to do." input MishapWriteInput { "The name of a customer." name: String! "Whether it is refused rather than broken." refused: Boolean! }
      "What became of it." type MishapPayload { "The name." name: String "Why it was refused." userErrors: [UserError!]! }`,
    resolvers: {
      Query: {
        mishapNow: () => {
          throw new Error('secret')
        },
      },
      Mutation: {
        mishapWrite: async (
          _: unknown,
          { input }: { input: { name: string; refused: boolean } },
          { services }: { services: { customers: { create(input: object): Promise<unknown> } } },
        ) => {
          await services.customers.create({ name: input.name })
          throw input.refused
            ? new UserErrors([{ code: 'MISHAP', message: 'No.', path: ['input'] }])
            : new Error('secret')
        },
      },
    },
    fields: {
      Customer: {
        mishapScore: field({
          requires: ['name'],
          batch: customers =>
            customers.map(({ name }) => {
              if (name === 'Refused') return new TrellisError('FORBIDDEN', 'Not this one.')
              if (name === 'Broken') return new Error('secret')
              return 7
            }),
        }),
      },
    },
  })

  test('costs its own field only, and says nothing of its inside', async () => {
    await using gateway = await createTestGateway({ extensions: [...installed, mishap] })
    for (const name of ['Broken', 'Refused', 'Sound']) await gateway.create('customer', { name })
    const answer = await gateway.ask(
      '{ mishapNow customers(orderBy: { field: NAME }) { nodes { name mishapScore loyalty { points } } } }',
    )
    expect(answer.data).toEqual({
      mishapNow: null,
      customers: {
        nodes: [
          { name: 'Broken', mishapScore: null, loyalty: { points: 0 } },
          { name: 'Refused', mishapScore: null, loyalty: { points: 0 } },
          { name: 'Sound', mishapScore: 7, loyalty: { points: 0 } },
        ],
      },
    })
    expect(
      codesOf(answer)
        .map(String)
        .toSorted((a, b) => a.localeCompare(b)),
    ).toEqual(['EXTENSION_FAILED', 'EXTENSION_FAILED', 'FORBIDDEN'])
    expect(JSON.stringify(answer)).not.toContain('secret')
  })

  test('takes the whole of its mutation back, refused or broken', async () => {
    await using gateway = await createTestGateway({ extensions: [mishap] })
    const before = [await gateway.rowsIn('Customer'), await gateway.rowsIn('OutboxEvent')]
    const broken = await gateway.ask(
      'mutation { mishapWrite(input: { name: "x", refused: false }) { name } }',
    )
    expect([broken.data, codesOf(broken)]).toEqual([{ mishapWrite: null }, ['EXTENSION_FAILED']])
    expect(await gateway.refusals('mishapWrite', { name: 'x', refused: true })).toEqual(['MISHAP input'])
    expect([await gateway.rowsIn('Customer'), await gateway.rowsIn('OutboxEvent')]).toEqual(before)
  })
})

test('an optional extension whose setup throws is quarantined, and the core serves', async () => {
  const broken = defineExtension({
    ...named,
    name: 'mishap',
    typeDefs,
    fields: {
      Customer: { mishapScore: field({ requires: ['id'], batch: customers => customers.map(() => 1) }) },
    },
    setup: () => {
      throw new Error('no luck')
    },
  })
  await using gateway = await createTestGateway({ quarantines: true, extensions: [...installed, broken] })
  await gateway.create('customer', { name: 'Acme' })
  const list = await gateway.data(listing)
  expect(fieldsAt(list, 'extensions', 'name').map(String)).toEqual([
    'company-profile',
    'ecommerce',
    'loyalty',
    'mishap',
  ])
  expect(fieldsAt(list, 'extensions', 'status')).toEqual(['ENABLED', 'ENABLED', 'ENABLED', 'QUARANTINED'])
  const answer = await gateway.ask('{ customers { nodes { name mishapScore loyalty { points } } } }')
  expect(answer.data).toEqual({
    customers: { nodes: [{ name: 'Acme', mishapScore: null, loyalty: { points: 0 } }] },
  })
  expect(codesOf(answer)).toEqual(['EXTENSION_UNAVAILABLE'])
})

test('an extension that does not fit the schema is quarantined, and says why', async () => {
  const wrong = defineExtension({
    ...named,
    name: 'mishap',
    typeDefs: 'extend type Customer { "Its name." name: Int }',
  })
  await using gateway = await createTestGateway({ quarantines: true, extensions: [wrong] })
  const answer = await gateway.data(listing)
  expect(valueAt(answer, 'extensions.0.status')).toBe('QUARANTINED')
  expect(listAt(answer, 'extensions.0.problems').length).toBeGreaterThan(0)
  expect(await gateway.data('{ customers { totalCount } }')).toEqual({ customers: { totalCount: 0 } })
})

test('a required extension whose setup throws is no start', async () => {
  const required = defineExtension({
    ...named,
    name: 'mishap',
    typeDefs,
    fields: {
      Customer: { mishapScore: field({ requires: ['id'], batch: customers => customers.map(() => 1) }) },
    },
    startup: 'required',
    setup: () => {
      throw new Error('no luck')
    },
  })
  await expect(createTestGateway({ extensions: [required] })).rejects.toThrow('no luck')
})

test("an extension's checks refuse what the core would take, its effects write with it, and a dry run takes both back", async () => {
  const seen: string[] = []
  const strict = defineExtension({
    ...named,
    name: 'mishap',
    typeDefs,
    fields: {
      Customer: { mishapScore: field({ requires: ['id'], batch: customers => customers.map(() => 1) }) },
    },
    checks: {
      Customer: changes =>
        changes.flatMap(({ values, path }) =>
          values.name === 'Forbidden' ? [{ code: 'MISHAP', message: 'No.', path: [...path, 'name'] }] : [],
        ),
    },
    effects: {
      Customer: async (changes, { services }) => {
        for (const { id, action } of changes) {
          seen.push(action)
          if (action === 'create') await services.contacts.create({ lastName: 'Reception', customerId: id })
        }
      },
    },
  })
  await using gateway = await createTestGateway({ extensions: [strict] })
  expect(await gateway.refusals('customerCreate', { name: 'Forbidden' })).toEqual(['MISHAP input.name'])
  const id = await gateway.create('customer', { name: 'Allowed' })
  expect(
    await gateway.data('query ($id: ID!) { customer(id: $id) { contacts { nodes { lastName } } } }', { id }),
  ).toEqual({ customer: { contacts: { nodes: [{ lastName: 'Reception' }] } } })
  await gateway.data(
    'mutation @dryRun { customerCreate(input: { name: "Dry" }) { customer { contacts { totalCount } } } }',
  )
  expect(await gateway.rowsIn('Contact')).toBe(1)
  expect(seen).toEqual(['create', 'create'])
})

describe('hooks of an extension', () => {
  const hooked = (thrown: unknown) =>
    defineExtension({
      ...named,
      name: 'mishap',
      typeDefs: 'extend type Query { "Nothing." mishapNothing: Int }',
      resolvers: { Query: { mishapNothing: () => 0 } },
      checks: {
        Team: () => {
          throw thrown
        },
      },
    })
  const create = 'mutation { teamCreate(input: { name: "Checked" }) { team { id } userErrors { code } } }'

  test('that throw fail the write, and are named', async () => {
    await using gateway = await createTestGateway({ extensions: [hooked(new Error('secret'))] })
    const answer = await gateway.ask(create)
    expect(answer.errors?.[0]?.extensions).toMatchObject({ code: 'EXTENSION_FAILED', extension: 'mishap' })
    expect(JSON.stringify(answer)).not.toContain('secret')
    expect(await gateway.rowsIn('Team')).toBe(0)
  })

  test('that refuse are answered as userErrors', async () => {
    const refusal = new UserErrors([{ code: 'NOT_NOW', message: 'Not now.', path: ['input'] }])
    await using gateway = await createTestGateway({ extensions: [hooked(refusal)] })
    expect(valueAt(await gateway.data(create), 'teamCreate.userErrors')).toEqual([{ code: 'NOT_NOW' }])
  })
})

test('a mutation that answers nothing answers nothing again, under a key too', async () => {
  const silent = defineExtension({
    ...named,
    name: 'silent',
    typeDefs: 'extend type Mutation { "Nothing." silentDo: Int }',
    resolvers: { Mutation: { silentDo: () => undefined } },
  })
  await using gateway = await createTestGateway({ extensions: [silent] })
  const options = { headers: { 'idempotency-key': 'silence' } }
  for (const _ of [1, 2])
    expect(await gateway.ask('mutation { silentDo }', {}, options)).toEqual({ data: { silentDo: null } })
})

test('when a required extension does not start, those that did are let go of', async () => {
  const disposed: string[] = []
  const early = defineExtension({
    ...named,
    name: 'early',
    typeDefs: 'extend type Query { "Nothing." earlyNothing: Int }',
    resolvers: { Query: { earlyNothing: () => 0 } },
    setup: () => ({ dispose: () => void disposed.push('early') }),
  })
  const needed = defineExtension({
    ...named,
    name: 'needed',
    startup: 'required',
    typeDefs: 'extend type Query { "Nothing." neededNothing: Int }',
    resolvers: { Query: { neededNothing: () => 0 } },
    setup: () => {
      throw new Error('no network')
    },
  })
  await expect(createTestGateway({ extensions: [early, needed] })).rejects.toThrow('SETUP_FAILED')
  expect(disposed).toEqual(['early'])
})

test('a batch field is called once a level, with each record once however often it stands there', async () => {
  const calls: (readonly string[])[] = []
  const counting = defineExtension({
    ...named,
    name: 'counting',
    typeDefs: 'extend type Customer { "A score." countingScore: Int }',
    fields: {
      Customer: {
        countingScore: field({
          requires: ['name'],
          batch: customers => {
            calls.push(customers.map(({ name }) => name))
            return customers.map(({ name }) => name.length)
          },
        }),
      },
    },
  })
  await using gateway = await createTestGateway({ extensions: [counting] })
  const parents = [
    await gateway.create('customer', { name: 'One' }),
    await gateway.create('customer', { name: 'Three' }),
  ]
  for (const name of ['a', 'b', 'c', 'd'])
    await gateway.create('contact', { lastName: name, customerId: parents[name < 'c' ? 0 : 1] })
  const query =
    '{ contacts(orderBy: { field: LAST_NAME }) { nodes { customer { countingScore again: countingScore } } } }'
  for (const _ of ['interpreted', 'compiled', 'compiled again']) {
    calls.length = 0
    const answer = await gateway.data(query)
    expect(
      fieldsAt(answer, 'contacts.nodes', 'customer').map(customer => valueAt(customer, 'again')),
    ).toEqual([3, 3, 5, 5])
    expect(calls).toEqual([['One', 'Three']])
  }
})

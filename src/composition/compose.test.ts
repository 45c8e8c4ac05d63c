import type { Extension } from '@trellis/sdk'
import fc from 'fast-check'
import { graphql, isObjectType, parse, printSchema } from 'graphql'
import { expect, test } from 'vitest'
import { coreFixture } from './fixtures/core.ts'
import { batchOf, composeFixture, extensionOf, problemsOfAll } from './fixtures/extension.ts'

const ones = batchOf(parents => parents.map(() => 1))
const scored = (name: string, field: string): Extension =>
  extensionOf(name, `extend type Customer { ${field}: Int }`, { fields: { Customer: { [field]: ones } } })

const mixed: readonly Extension[] = [
  scored('aaa', 'a'),
  scored('bbb', 'b'),
  scored('ccc', 'b'),
  scored('ddd', 'd'),
  extensionOf('eee', 'type EeeThing { a: Int }'),
  extensionOf('fff', 'extend type EeeThing { b: Int }', {
    dependsOn: { eee: '^1.0.0' },
    fields: { EeeThing: { b: ones } },
  }),
  extensionOf('ggg', 'type {'),
  extensionOf('hhh', '', { dependsOn: { ggg: '*' } }),
  extensionOf('ggg', 'scalar GggThing', { version: '2.0.0' }),
  extensionOf('acme', 'enum AcmeKind { A }'),
  extensionOf('acme-plus', 'enum AcmeKind { A B }', { dependsOn: { acme: '*' } }),
]

test('the order of registration changes nothing', () => {
  const { schema, extensions, problems, ownership } = composeFixture({ extensions: mixed })
  const expected = { sdl: printSchema(schema), extensions, problems, ownership, all: problemsOfAll(mixed) }
  fc.assert(
    fc.property(fc.shuffledSubarray([...mixed], { minLength: mixed.length }), shuffled => {
      const composition = composeFixture({ extensions: shuffled })
      expect({
        sdl: printSchema(composition.schema),
        extensions: composition.extensions,
        problems: composition.problems,
        ownership: composition.ownership,
        all: problemsOfAll(shuffled),
      }).toEqual(expected)
    }),
    { numRuns: 60 },
  )
})

test('every type and field names its owner, in the schema and in the ownership', () => {
  const sdl = 'type AcmeThing { a: [Int] @listSize(assumedSize: 3) } extend type Customer { a: Int }'
  const acme = extensionOf('acme', sdl, { fields: { Customer: { a: ones } } })
  const { schema, ownership } = composeFixture({ extensions: [acme], strict: true })
  const customer = schema.getType('Customer')
  const thing = schema.getType('AcmeThing')
  if (!isObjectType(customer) || !isObjectType(thing)) throw new Error('not there')
  expect(customer.extensions).toEqual({ owner: 'customers' })
  expect(customer.getFields()['opportunities']?.extensions).toEqual({ owner: 'sales' })
  expect(customer.getFields()['a']?.extensions).toMatchObject({ owner: 'acme' })
  expect(thing.getFields()['a']?.extensions).toEqual({ owner: 'acme', assumedSize: 3 })
  expect(ownership.get('Customer.name')).toEqual({ name: 'customers', version: '1.4.0', kind: 'core' })
  expect(ownership.get('UserError.message')).toEqual({ name: 'core', version: '1.4.0', kind: 'core' })
  expect(printSchema(schema)).not.toContain('listSize')
})

test('a field that is taken over is answered by its new owner', async () => {
  const acme = extensionOf('acme', 'extend type Customer { name: String! }', { overrides: ['Customer.name'] })
  expect(problemsOfAll([acme]).map(({ code }) => code)).toContain('NON_NULL_ON_FOREIGN_TYPE')
  const other = extensionOf('other', 'extend type Customer { foundedYear: Int }', {
    overrides: ['Customer.foundedYear'],
    fields: { Customer: { foundedYear: ones } },
  })
  const { schema } = composeFixture({ extensions: [other], strict: true })
  const { data } = await graphql({
    schema,
    source: '{ customers(first: 1) { foundedYear } }',
    contextValue: {},
  })
  expect(data).toEqual({ customers: [{ foundedYear: 1 }] })
})

test('an extension may bring the first subscription', () => {
  const core = { ...coreFixture(), document: parse('type Query { a: Int }'), resolvers: {} }
  const acme = extensionOf('acme', 'extend type Subscription { acme: Int }', {
    resolvers: { Subscription: { acme: { subscribe: async function* () {} } } },
  })
  const { schema, ownership } = composeFixture({ core, extensions: [acme], strict: true })
  expect(schema.getSubscriptionType()?.name).toBe('Subscription')
  expect(ownership.get('Subscription')?.kind).toBe('core')
  expect(composeFixture({ core }).schema.getSubscriptionType()).toBeUndefined()
})

test('composing leaves the core and the extensions as they were', () => {
  const core = coreFixture()
  const before = JSON.stringify(core.document)
  composeFixture({ core, extensions: mixed })
  composeFixture({ core, extensions: [] })
  expect(JSON.stringify(core.document)).toBe(before)
  expect(printSchema(composeFixture({ core }).schema)).toBe(printSchema(composeFixture().schema))
})

test('a hundred extensions of ten types each compose', () => {
  const described = (index: number, type: number): string => `
    "A thing." type Plugin${index}Thing${type} {
      "Its id." id: ID!
      "Its name." name("In short." short: Boolean = false): String
      "The next one." next: Plugin${index}Thing${(type + 1) % 10}
      "Whose it is." customer: Customer
    }`
  const extensions = Array.from({ length: 100 }, (_, index) =>
    extensionOf(
      `plugin${index}`,
      `${Array.from({ length: 10 }, (_unused, type) => described(index, type)).join('')}
      extend type Customer { "Its thing." thing${index}: Plugin${index}Thing0 }
      extend type Query { "A thing." plugin${index}Thing("Its id." id: ID!): Plugin${index}Thing0 }`,
      {
        fields: { Customer: { [`thing${index}`]: ones } },
        resolvers: { Query: { [`plugin${index}Thing`]: () => null } },
      },
    ),
  )
  const { schema, problems, extensions: composed } = composeFixture({ extensions, strict: true })
  expect(problems).toEqual([])
  expect(composed.every(({ owns }) => owns.length === 10 * 5 + 2)).toBe(true)
  expect(Object.keys(schema.getTypeMap()).filter(name => name.startsWith('Plugin'))).toHaveLength(1000)
})

import { makeExecutableSchema } from '@graphql-tools/schema'
import { TrellisError } from '@trellis/sdk'
import { GraphQLError, GraphQLScalarType } from 'graphql'

/** A scalar that refuses the number 13 on its way out and in. */
const Superstitious = new GraphQLScalarType({
  name: 'Superstitious',
  serialize: value => {
    if (value === 13) throw new Error('13 brings bad luck')
    return value
  },
  parseValue: value => {
    if (value === 13) throw new GraphQLError('13 brings bad luck')
    return value
  },
})

const typeDefs = /* GraphQL */ `
  scalar Superstitious
  interface Being { id: ID! name: String partner: Being }
  type Person implements Being { id: ID! name: String partner: Being age: Int! friends: [Person!]! numbers: [[Int!]]! }
  type Robot implements Being { id: ID! name: String partner: Being serial: Int friends(first: Int = 2): [Being] }
  union Thing = Person | Robot
  input Range { from: Int = 1 to: Int! }
  type Query {
    hello(name: String = "world"): String!
    viewer: String
    person: Person
    being(kind: Kind = PERSON): Being
    things: [Thing!]
    sum(range: Range!): Int
    total(ranges: [Range!]): Int
    need(value: Int!): Int
    luck(value: Superstitious): Superstitious
    fail(how: Failure): String
    failStrictly: String!
    list(failAt: Int): [String]
    strictList(failAt: Int): [String!]
    unruly: [String]
    failures: [String]
    promised: Person
    slow(milliseconds: Int!): String
    contextFacts: String
  }
  type Mutation { step(name: Int!, milliseconds: Int = 0): Step }
  type Step { name: Int  echo(milliseconds: Int = 0): Int }
  enum Kind { PERSON ROBOT NOBODY STRANGER }
  enum Failure { BUG REFUSAL EXTENSION DATABASE FOREIGN }
`

const robot = { __typename: 'Robot', id: 'r1', name: 'Marvin', serial: 42, friends: [null, null] }
const person = {
  __typename: 'Person',
  id: 'p1',
  name: 'Ada',
  age: 36,
  friends: [{ __typename: 'Person', id: 'p2', name: 'Bea', age: null, friends: [], numbers: [] }],
  numbers: [[1, 2], null, [3, null]],
  partner: robot,
}

const beings: Readonly<Record<string, object>> = {
  PERSON: person,
  ROBOT: robot,
  STRANGER: { __typename: 'Alien' },
}

const failures: Readonly<Record<string, () => Error>> = {
  BUG: () => new Error('the password is hunter2'),
  REFUSAL: () =>
    new TrellisError('FORBIDDEN', 'You may not see this.', { extensions: { entity: 'Customer' } }),
  EXTENSION: () =>
    new GraphQLError('secret of loyalty', {
      extensions: { code: 'EXTENSION_FAILED', extension: 'loyalty' },
      originalError: new Error('loyalty broke at its heart'),
    }),
  DATABASE: () =>
    new Error('query failed', { cause: Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }) }),
  FOREIGN: () =>
    new GraphQLError('select * from customers', { extensions: { http: { status: 418 }, code: 'MINE' } }),
}

const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))

const items = (failAt: number | null) => {
  const list = ['a', 'b', 'c'].map((letter, index) => (index === failAt ? new Error(`no ${letter}`) : letter))
  return Promise.resolve(list)
}

export interface TestSchemaOptions {
  /** Filled with the order in which mutations run. */
  readonly steps?: string[]
  readonly greeting?: string
  /** The items of `Query.failures`. */
  readonly failures?: readonly Error[]
}

/** A schema with everything that executors stumble over. */
export const createTestSchema = ({
  steps = [],
  greeting = 'Hello',
  failures: given = [],
}: TestSchemaOptions = {}) =>
  makeExecutableSchema({
    typeDefs,
    resolvers: {
      Superstitious,
      Query: {
        hello: (_, { name }) => `${greeting}, ${name}!`,
        viewer: (_, _arguments, { viewer }) => viewer.name,
        person: () => person,
        being: (_, { kind }) => beings[kind] ?? null,
        things: () => [person, robot],
        sum: (_, { range }) => range.from + range.to,
        total: (_, { ranges }) =>
          ranges.reduce((total: number, { from, to }: { from: number; to: number }) => total + from + to, 0),
        need: (_, { value }) => value,
        luck: (_, { value }) => value ?? 13,
        fail: (_, { how }) => Promise.reject(failures[how]?.() ?? new Error('unknown failure')),
        failStrictly: () => null,
        list: (_, { failAt }) => items(failAt),
        strictList: (_, { failAt }) => items(failAt),
        failures: () => given,
        unruly: () => [pause(5).then(() => Promise.reject(new Error('late'))), Promise.resolve('b')],
        promised: () => ({ ...person, name: Promise.resolve('late') }),
        slow: (_, { milliseconds }) => pause(milliseconds).then(() => 'done'),
        contextFacts: (_, _arguments, context) =>
          `${Object.keys(context).toSorted().join(' ')}; ${context.lazy}`,
      },
      Person: { friends: ({ friends }) => Promise.resolve(friends) },
      Mutation: {
        async step(_, { name, milliseconds }) {
          steps.push(`${name} starts`)
          await pause(milliseconds)
          steps.push(`${name} ends`)
          return { name }
        },
      },
      Step: {
        async echo({ name }, { milliseconds }) {
          await pause(milliseconds)
          steps.push(`${name} echoes`)
          return name
        },
      },
    },
    resolverValidationOptions: { requireResolversForResolveType: 'ignore' },
  })

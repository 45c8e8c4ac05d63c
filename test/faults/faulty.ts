import { defineExtension, type Extension, field, type Limits } from '@trellis/sdk'

type Parents = readonly { readonly id: string }[]

const secret = (): Error => new Error('secret')

/** A list that throws wherever it is touched behind its length. */
const trap = (parents: Parents) =>
  new Proxy(
    parents.map(() => 1),
    {
      get(target, key, receiver) {
        if (key === 'length' || typeof key === 'symbol') return Reflect.get(target, key, receiver)
        throw secret()
      },
    },
  )

/** What an extension may do wrong for a field `Int`, by name. */
export const intFaults: Readonly<Record<string, (parents: Parents) => unknown>> = {
  throws: () => {
    throw secret()
  },
  rejects: async () => Promise.reject(secret()),
  'throws null': () => {
    throw null
  },
  'never answers': () => new Promise(() => undefined),
  'answers nothing': () => undefined,
  'answers short': parents => parents.slice(1).map(() => 1),
  'answers long': parents => [...parents.map(() => 1), 1],
  'answers texts': parents => parents.map(() => 'secret'),
  'answers objects': parents => parents.map(() => ({ secret: true })),
  'answers errors': parents => parents.map(secret),
  'answers functions': parents => parents.map(() => secret),
  'answers a list that throws': trap,
  'answers a promise that throws when it is looked at': () =>
    new Proxy(
      {},
      {
        has: (_, key) => key === 'then',
        get: () => {
          throw secret()
        },
      },
    ),
  'answers promises that are rejected': parents => parents.map(async () => Promise.reject(secret())),
  'answers promises that are never kept': parents => parents.map(() => new Promise(() => undefined)),
}

/** The same for a field of an object type, whose values are read one by one. */
export const thingFaults: Readonly<Record<string, (parents: Parents) => unknown>> = {
  'answers texts for objects': parents => parents.map(() => 'secret'),
  'answers objects with a getter that throws': parents =>
    parents.map(() => ({
      get value() {
        throw secret()
      },
    })),
  'answers objects with values of another type': parents => parents.map(() => ({ value: 'secret' })),
  'answers objects with promises': parents => parents.map(() => ({ value: Promise.resolve(1) })),
  'answers objects that throw': parents =>
    parents.map(
      () =>
        new Proxy(
          {},
          {
            get: () => {
              throw secret()
            },
            has: () => {
              throw secret()
            },
          },
        ),
    ),
}

const megabytes50 = 50 * 2 ** 20

/** Does wrong whatever it is asked to. */
export const faulty = (limits: Limits = {}): Extension =>
  defineExtension({
    name: 'faulty',
    version: '1.0.0',
    scopes: ['customer:read'],
    limits,
    typeDefs: `
      extend type Customer {
        "Goes wrong." faultyInt("In which way." how: String!): Int
        "Goes wrong inside." faultyThing("In which way." how: String!): FaultyThing
        "Is too long." faultyText: String
        "Goes wrong for some." faultyMixed: Int
      }
      "Something." type FaultyThing { "What it is worth." value: Int }`,
    fields: {
      Customer: {
        faultyInt: field<'Customer', 'id', { readonly how: string }>({
          requires: ['id'],
          batch: (parents, { how }) => untyped(intFaults[how]?.(parents)),
        }),
        faultyThing: field<'Customer', 'id', { readonly how: string }>({
          requires: ['id'],
          batch: (parents, { how }) => untyped(thingFaults[how]?.(parents)),
        }),
        faultyText: field({ requires: ['id'], batch: parents => parents.map(() => 'x'.repeat(megabytes50)) }),
        faultyMixed: field({
          requires: ['name'],
          batch: parents =>
            parents.toReversed().map(({ name }) => (name === 'Broken' ? secret() : Promise.resolve(1))),
        }),
      },
    },
  })

/** Answers as it should, beside all that. */
export const sound: Extension = defineExtension({
  name: 'sound',
  version: '1.0.0',
  typeDefs: 'extend type Customer { "A score." soundScore: Int "A score, by and by." soundLater: Int }',
  fields: {
    Customer: {
      soundScore: field({ requires: ['id'], batch: parents => parents.map(() => 7) }),
      soundLater: field({ requires: ['id'], batch: async parents => parents.map(() => 8) }),
    },
  },
})

/** What an author in JavaScript answers: nobody has checked it. */
const untyped = (value: unknown): readonly unknown[] =>
  Reflect.apply((passed: readonly unknown[]) => passed, undefined, [value])

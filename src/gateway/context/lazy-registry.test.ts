import { type DataContext, defineExtension } from '@trellis/sdk'
import { createTestGateway } from '@trellis/testing'
import { expect, test } from 'vitest'

declare module '@trellis/sdk' {
  interface Loaders {
    readonly parrot: Parrot
  }
  interface Services {
    readonly parrot: Parrot
  }
}

/** A class as others write them, such as DataLoader: methods on the prototype, a getter, something private. */
class Parrot {
  readonly #name: string
  constructor({ viewer }: DataContext) {
    this.#name = viewer.name
  }
  get sentence(): string {
    return `My name is ${this.#name}.`
  }
  async say(): Promise<string> {
    return this.sentence
  }
}

const parrot = defineExtension({
  name: 'parrot',
  version: '1.0.0',
  typeDefs: `
    extend type Query { "What it says." parrot: String }
    extend type Mutation { "Has it say something." parrotSay("Nothing." input: ParrotSayInput!): ParrotSayPayload }
    "Nothing." input ParrotSayInput { "Any." note: String }
    "What it said." type ParrotSayPayload { "The words." said: String "Why not." userErrors: [UserError!]! }
  `,
  loaders: { parrot: context => new Parrot(context) },
  services: { parrot: context => new Parrot(context) },
  resolvers: {
    Query: { parrot: (_: unknown, __: unknown, { loaders }: DataContext) => loaders.parrot.say() },
    Mutation: {
      parrotSay: async (_: unknown, __: unknown, { services }: DataContext) => ({
        said: await services.parrot.say(),
        userErrors: [],
      }),
    },
  },
})

test('loaders and services may be instances of classes', async () => {
  await using gateway = await createTestGateway({ extensions: [parrot] })
  const said = 'My name is Ada Lindqvist.'
  expect(await gateway.data('{ parrot }')).toEqual({ parrot: said })
  expect(await gateway.data('mutation { parrotSay(input: {}) { said } }')).toEqual({ parrotSay: { said } })
})

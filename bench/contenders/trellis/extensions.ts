import { type BatchField, defineExtension, type Extension, field } from '@trellis/sdk'
import { extensions as installed } from '../../../extensions/index.ts'
import { isolatedMischief, mischief } from './mischief.ts'
import { ratings, reviews } from './remotes.ts'

/** The sets of extensions that Trellis is measured with, by name. */
export const extensionSets: Readonly<Record<string, () => readonly Extension[]>> = {
  none: () => [],
  installed: () => installed,
  twenty: () => Array.from({ length: 20 }, (_, index) => ordinary(index + 1)),
  'ten-fields': () => [tenFields()],
  remote: () => [reviews()],
  'two-remotes': () => [reviews(), ratings()],
  mischief: () => [mischief()],
  'isolated-mischief': () => [isolatedMischief],
}

/** An extension as they come: a type and a root field of its own, and fields on two entities of the core. */
function ordinary(number: number): Extension {
  const type = `Bench${number}Score`
  const score = `bench${number}Score`
  return {
    ...defineExtension({
      typeDefs: `
        "A score."
        type ${type} {
          "How high it is."
          value: Int!
          "Why."
          reasons: [String!]! @listSize(assumedSize: 3)
        }
        extend type Query {
          "The highest score that there may be."
          ${score}Limit: Int
        }
        extend type Customer {
          "How it scores."
          ${score}: ${type}
        }
        extend type Opportunity {
          "How it scores."
          ${score}: ${type}
        }`,
      resolvers: { Query: { [`${score}Limit`]: () => 100 } },
      scopes: ['customer:read', 'opportunity:read'],
      fields: {
        Customer: {
          [score]: field<'Customer', 'name'>({
            requires: ['name'],
            batch: customers => customers.map(({ name }) => ({ value: name.length, reasons: ['name'] })),
          }),
        },
        Opportunity: {
          [score]: field<'Opportunity', 'probability'>({
            requires: ['probability'],
            batch: opportunities =>
              opportunities.map(({ probability }) => ({ value: probability, reasons: ['stage'] })),
          }),
        },
      },
    }),
    name: `bench-${number}`,
    version: '1.0.0',
  }
}

/** Ten fields on customers, for the scenario of that name; hand-written/server.ts has the same by hand. */
function tenFields(): Extension {
  const numbers = Array.from({ length: 10 }, (_, index) => index)
  const fields: Record<string, BatchField<'Customer'>> = Object.fromEntries(
    numbers.map(number => [
      `benchField${number}`,
      field<'Customer', 'name' | 'email'>({
        requires: ['name', 'email'],
        batch: customers => customers.map(({ name, email }) => `${name} <${email}> ${number}`),
      }),
    ]),
  )
  return {
    ...defineExtension({
      typeDefs: `extend type Customer {
        ${numbers.map(number => `"Name and address."\nbenchField${number}: String`).join('\n')}
      }`,
      scopes: ['customer:read'],
      fields: { Customer: fields },
    }),
    name: 'bench-fields',
    version: '1.0.0',
  }
}

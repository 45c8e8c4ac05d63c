import { buildSchema, graphqlSync } from 'graphql'
import { expect, test } from 'vitest'
import { compareSchemas } from './compare-schemas.ts'
import { executorFor, failureOfCall } from './testing/executor.ts'
import { json, type Served, serve } from './testing/serve.ts'

const pinned = `
  directive @merge(keyField: String) on FIELD_DEFINITION
  type Query {
    reviewCustomers(ids: [ID!]!): [Customer]! @merge(keyField: "id")
    rating(of: ID!): Rating
  }
  type Customer { id: ID! reviews(first: Int! = 10): [Review!] }
  type Review { id: ID! stars: Int! text: String }
  enum Rating { GOOD BAD }
`

/** A remote that executes queries on a schema without resolvers, which is enough to be introspected. */
const introspectable = (sdl: string): Promise<Served> => {
  const schema = buildSchema(sdl)
  return serve((response, { body }) =>
    json(response, graphqlSync({ schema, source: JSON.parse(body).query })),
  )
}

/** What has changed in a remote that has this schema now. */
async function drift(sdl: string) {
  await using remote = await introspectable(sdl)
  await using executor = executorFor(remote.url)
  return compareSchemas(pinned, await executor.introspect())
}

test('a remote that is as pinned has not drifted, and one that has more breaks nothing', async () => {
  expect(await drift(pinned)).toEqual({ breaking: [], other: [] })
  const more = pinned
    .replace('text: String', 'text: String! author: String')
    .replace('directive @merge(keyField: String) on FIELD_DEFINITION', '')
    .replace('@merge(keyField: "id")', '')
  expect(await drift(more)).toEqual({
    breaking: [],
    other: [{ type: 'ADDED', description: 'Review.author was added.' }],
  })
})

test('what would break operations that fit the pinned SDL is told', async () => {
  const changed = pinned
    .replace('stars: Int!', 'stars: Float!')
    .replace(' text: String', '')
    .replace('rating(of: ID!)', 'rating(of: ID!, by: ID!)')
    .replace('GOOD BAD', 'GOOD')
  expect(await drift(changed)).toMatchInlineSnapshot(`
    {
      "breaking": [
        {
          "description": "A required arg by on Query.rating was added.",
          "type": "REQUIRED_ARG_ADDED",
        },
        {
          "description": "Review.text was removed.",
          "type": "FIELD_REMOVED",
        },
        {
          "description": "Review.stars changed type from Int! to Float!.",
          "type": "FIELD_CHANGED_KIND",
        },
        {
          "description": "BAD was removed from enum type Rating.",
          "type": "VALUE_REMOVED_FROM_ENUM",
        },
      ],
      "other": [],
    }
  `)
})

test('federation’s _service tells the schema as well', async () => {
  const sdl =
    'extend type Query { rating: Int } extend type Customer @key(fields: "id") { id: ID! stars: Int }'
  await using remote = await serve(response => json(response, { data: { _service: { sdl } } }))
  await using executor = executorFor(remote.url)
  const actual = await executor.introspect({ from: 'service' })
  expect(compareSchemas('type Query { rating: Int } type Customer { id: ID! stars: Int }', actual)).toEqual({
    breaking: [],
    other: [],
  })
  expect(JSON.parse(remote.seen[0]?.body ?? '')).toMatchObject({ query: '{ _service { sdl } }' })
  expect(remote.seen[0]?.headers).not.toHaveProperty('x-trellis-viewer-id')
})

test.each([
  [
    'errors',
    { errors: [{ message: 'Introspection is off.' }] },
    'The extension "reviews" refuses to tell its schema: Introspection is off.',
  ],
  [
    'no schema',
    { data: { __schema: { types: [] } } },
    'The extension "reviews" answered what is not a schema.',
  ],
  ['null', { data: null }, 'The extension "reviews" answered what is not a schema.'],
])('an answer to introspection that is %s', async (_, answer, message) => {
  await using remote = await serve(response => json(response, answer))
  await using executor = executorFor(remote.url)
  const failure = await failureOfCall(executor.introspect())
  expect({ kind: failure.kind, message: failure.message }).toEqual({ kind: 'NOT_GRAPHQL', message })
})

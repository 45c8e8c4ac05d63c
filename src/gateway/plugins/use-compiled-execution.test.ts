import { expect, test } from 'vitest'
import { createTestGateway } from '../testing/test-gateway.ts'
import { createTestSchema } from '../testing/test-schema.ts'

const twoOperations = 'query Person { person { name } } query Hello { hello }'

test.each([
  { first: 'Person', second: 'Hello' },
  { first: 'Hello', second: 'Person' },
])(
  'of two operations in one document, the one that was named is executed: $first first',
  async ({ first, second }) => {
    const gateway = createTestGateway()
    const answers = {
      Person: { data: { person: { name: 'Ada' } } },
      Hello: { data: { hello: 'Hello, world!' } },
    }

    for (const name of [first, second, second, first, first, second]) {
      expect(await gateway.query(twoOperations, {}, name)).toEqual(
        name === 'Person' ? answers.Person : answers.Hello,
      )
    }
  },
)

test('after a swap, the new schema answers, compiled or not', async () => {
  let schema = createTestSchema({ greeting: 'Hello' })
  const gateway = createTestGateway({ schema: () => schema })
  const hello = async () => (await gateway.query('{ hello }')).data.hello

  expect([await hello(), await hello(), await hello()]).toEqual(Array(3).fill('Hello, world!'))
  schema = createTestSchema({ greeting: 'Servus' })
  expect([await hello(), await hello(), await hello()]).toEqual(Array(3).fill('Servus, world!'))
})

test('each execution gets its own variables', async () => {
  const gateway = createTestGateway()
  const hello = async (name: string) =>
    (await gateway.query('query ($name: String) { hello(name: $name) }', { name })).data.hello

  expect([await hello('Ada'), await hello('Bea'), await hello('Cleo')]).toEqual([
    'Hello, Ada!',
    'Hello, Bea!',
    'Hello, Cleo!',
  ])
})

test('a null in a non-null field says nothing of the schema, compiled or not, and says where', async () => {
  const gateway = createTestGateway()
  for (const _ of [1, 2, 3]) {
    expect(await gateway.query('{ failStrictly }')).toEqual({
      data: null,
      errors: [
        {
          message: 'Something went wrong on our side. Quote request test-request.',
          locations: [{ line: 1, column: 3 }],
          path: ['failStrictly'],
          extensions: { code: 'INTERNAL', requestId: 'test-request' },
        },
      ],
    })
  }
})

test('mutation fields run one after the other, each with all that is selected below it', async () => {
  const steps: string[] = []
  const schema = createTestSchema({ steps })
  const gateway = createTestGateway({ schema: () => schema })
  const mutation = 'mutation { one: step(name: 1) { echo(milliseconds: 20) } two: step(name: 2) { echo } }'
  const order = ['1 starts', '1 ends', '1 echoes', '2 starts', '2 ends', '2 echoes']

  for (const _ of [1, 2, 3]) await gateway.query(mutation)

  expect(steps).toEqual([...order, ...order, ...order])
})

test('a mutation field whose arguments are refused at run time keeps the others from nothing', async () => {
  const gateway = createTestGateway()
  const mutation = 'mutation ($name: Int = 1) { one: step(name: $name) { name } two: step(name: 2) { name } }'
  for (const _ of [1, 2, 3]) {
    const { data, errors } = await gateway.query(mutation, { name: null })
    expect(data).toEqual({ one: null, two: { name: 2 } })
    expect(errors).toMatchObject([{ path: ['one'], extensions: { code: 'BAD_INPUT' } }])
  }
})

test('a property that is a promise is refused from the first execution on', async () => {
  const gateway = createTestGateway()
  const answer = await gateway.query('{ promised { name } }')

  expect(answer.errors).toMatchObject([{ path: ['promised', 'name'], extensions: { code: 'INTERNAL' } }])
  expect(gateway.lines).toContainEqual(
    expect.objectContaining({
      failure: expect.objectContaining({
        message:
          'Person.name has no resolver, and the parent\'s property "name" is a promise: write a resolver for Person.name.',
      }),
    }),
  )
})

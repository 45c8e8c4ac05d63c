import { createTestGateway, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

test.each([
  [
    { website: 'https://www.example.com/about?x=1', foundedYear: 1999 },
    { domain: 'example.com', age: 27 },
  ],
  [{ website: 'http://shop.example.com:8080' }, { domain: 'shop.example.com', age: null }],
  [
    { website: 'https://北京.example', foundedYear: 2026 },
    { domain: 'xn--1lq90i.example', age: 0 },
  ],
  [{ foundedYear: 2030 }, { domain: null, age: -4 }],
  [{}, { domain: null, age: null }],
])('the profile of %j is %j', async (fields, profile) => {
  const id = await gateway.create('customer', { name: 'Acme', ...fields })
  const answer = await gateway.data('query ($id: ID!) { customer(id: $id) { profile { domain age } } }', {
    id,
  })
  expect(valueAt(answer, 'customer.profile')).toEqual(profile)
})

test('takes no statement of its own', async () => {
  const statements = await gateway.statementsOf(() =>
    gateway.data('{ customers { nodes { profile { domain age } } } }'),
  )
  expect(statements).toHaveLength(1)
})

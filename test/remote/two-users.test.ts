import { fieldsAt } from '@trellis/testing'
import { expect, test } from 'vitest'
import { startThreeFields, threeFields } from './fixtures/three-fields.ts'

const query = `query ($first: Int!) { customers(first: $first) { nodes { id owner { id } ${threeFields.join(' ')} } } }`
const people = ['administrator', 'agent'] as const

test('a thousand times two users ask the same at once, and each is answered as themselves in both processes', {
  timeout: 120_000,
}, async () => {
  await using place = await startThreeFields()
  const { userIds } = place.gateway
  const owned = await place.createCustomers(3, 'agent')
  const others = await place.createCustomers(3)
  const visible = { administrator: [...owned, ...others], agent: owned }
  // Known by then, it is answered from the socket.
  for (const _ of [1, 2, 3]) for (const as of people) await place.ask(query, { first: 10 }, as)
  place.localCalls()
  await place.remoteCalls()

  const pairs = await Promise.all(
    Array.from({ length: 1000 }, () =>
      Promise.all(people.map(async as => ({ as, answer: await place.ask(query, { first: 10 }, as) }))),
    ),
  )
  for (const { as, answer } of pairs.flat()) {
    expect(answer.errors).toBeUndefined()
    const ids = fieldsAt(answer.data, 'customers.nodes', 'id').map(String)
    expect(ids).toHaveLength(visible[as].length)
    expect(new Set(ids)).toEqual(new Set(visible[as]))
    for (const field of threeFields)
      expect(fieldsAt(answer.data, 'customers.nodes', field)).toEqual(ids.map(id => `${userIds[as]} ${id}`))
  }
  // Nobody's answer was another's: each was asked for.
  expect(place.localCalls()).toHaveLength(4000)
  expect(await place.remoteCalls()).toHaveLength(2000)
})

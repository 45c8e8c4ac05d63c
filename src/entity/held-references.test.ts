import { defineExtension } from '@trellis/sdk'
import { createTestGateway } from '@trellis/testing'
import { expect, test } from 'vitest'

test('what is being deleted is not pointed to any more', async () => {
  const { promise: isWritten, resolve: tellWritten } = Promise.withResolvers<void>()
  const { promise: mayEnd, resolve: end } = Promise.withResolvers<void>()
  /** Keeps a deletion from being committed. */
  const slow = defineExtension({
    name: 'slow',
    version: '1.0.0',
    scopes: ['customer:read'],
    typeDefs: 'extend type Query { "Nothing." slowNothing: Int }',
    resolvers: { Query: { slowNothing: () => null } },
    effects: {
      Customer: async ([change]) => {
        if (change?.action !== 'delete') return
        tellWritten()
        await mayEnd
      },
    },
  })
  await using gateway = await createTestGateway({ extensions: [slow] })
  const customerId = await gateway.create('customer', { name: 'Going' })
  const deletion = gateway.refusals('customerDelete', { id: customerId })
  await isWritten
  const creation = gateway.refusals('contactCreate', { lastName: 'Late', customerId })
  // Long enough for the creation to come to the customer; what it is told does not depend on it.
  await new Promise(done => setTimeout(done, 200))
  end()
  expect(await deletion).toEqual([])
  expect(await creation).toEqual(['NOT_FOUND input.customerId'])
})

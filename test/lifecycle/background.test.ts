import { defineExtension } from '@trellis/sdk'
import { createTestGateway, type TestGateway } from '@trellis/testing'
import { expect, test } from 'vitest'

const turn = async (gateway: TestGateway, mutation: 'extensionEnable' | 'extensionDisable') => {
  await gateway.data(`mutation { ${mutation}(input: { name: "greeter" }) { userErrors { message } } }`)
  await gateway.trellis.follow()
}

test('what happens while an extension is disabled, it hears of when it is enabled again', async () => {
  const heard: string[] = []
  const greeter = defineExtension({
    name: 'greeter',
    version: '1.0.0',
    scopes: ['customer:read'],
    typeDefs: 'extend type Query { "Nothing." greeterNothing: String }',
    resolvers: { Query: { greeterNothing: () => null } },
    events: { 'customer.created': async ({ entityId }) => void heard.push(entityId) },
  })
  await using gateway = await createTestGateway({ extensions: [greeter], background: true })
  const first = await gateway.create('customer', { name: 'First' })
  await gateway.trellis.background.settle()
  expect(heard).toEqual([first])

  await turn(gateway, 'extensionDisable')
  const second = await gateway.create('customer', { name: 'Second' })
  await gateway.trellis.background.settle()
  expect(heard).toEqual([first])

  await turn(gateway, 'extensionEnable')
  await gateway.trellis.background.settle()
  expect(heard).toEqual([first, second])
})

import { expect, test } from 'vitest'
import { administrator, createTestGateway } from '../testing/test-gateway.ts'

const agent = { ...administrator, role: 'AGENT' } as const

test.each([
  { mode: 'development', viewer: agent, cost: {} },
  { mode: 'production', viewer: agent, cost: undefined },
  { mode: 'production', viewer: administrator, cost: {} },
] as const)('in $mode, $viewer.role who asks for costs gets $cost', async ({ mode, viewer, cost }) => {
  const gateway = createTestGateway({ config: { mode }, authenticate: async () => viewer })
  const response = await gateway.post({ query: '{ hello }' }, { 'x-trellis-cost': '1' })
  const answer = await response.json()
  expect(answer.extensions?.cost).toEqual(cost)
  expect(answer.data).toHaveProperty('hello')
})

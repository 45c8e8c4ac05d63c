import { createTestGateway, fieldsAt, type TestRole, textAt } from '@trellis/testing'
import { expect, test } from 'vitest'

test('two who write at once each write as themselves', async () => {
  await using gateway = await createTestGateway()
  const write =
    'mutation { customerCreate(input: { name: "Written" }) { customer { id owner { id } createdBy { id } } } }'
  const askers = Array.from(
    { length: 20 },
    (_, index): TestRole => (index % 3 === 0 ? 'agent' : 'administrator'),
  )
  const answers = await Promise.all(askers.map(as => gateway.data(write, {}, { as })))
  for (const [index, answer] of answers.entries()) {
    const id = gateway.userIds[askers[index] ?? 'agent']
    expect(textAt(answer, 'customerCreate.customer.owner.id')).toBe(id)
    expect(textAt(answer, 'customerCreate.customer.createdBy.id')).toBe(id)
  }
})

test('reads at the same time as writes see a record whole or not at all', async () => {
  await using gateway = await createTestGateway()
  const query = '{ opportunities(search: "whole") { nodes { name stageHistory { leftAt } } } }'
  const create = () => gateway.create('opportunity', { name: 'whole' })
  const reads = Array.from({ length: 10 }, async () => {
    const answer = await gateway.data(query)
    return fieldsAt(answer, 'opportunities.nodes', 'stageHistory')
  })
  await Promise.all(Array.from({ length: 10 }, create))
  for (const histories of await Promise.all(reads))
    for (const history of histories) expect(history).toEqual([{ leftAt: null }])
})

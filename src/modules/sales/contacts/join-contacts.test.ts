import { createTestGateway, listAt, type TestGateway } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

type Values = Readonly<Record<string, unknown>>

/** An opportunity with two people, the second of whom is merged into the first; who is left then. */
async function mergePeople(one: Values, other: Values) {
  const opportunityId = await gateway.create('opportunity', { name: 'Boxes' })
  const person = async (input: Values) => {
    const contactId = await gateway.create('contact', { lastName: 'One', allowDuplicate: true })
    await gateway.create('opportunityContact', { opportunityId, contactId, ...input })
    return contactId
  }
  const [id, merged] = [await person(one), await person(other)]
  expect(await gateway.refusals('contactMerge', { id, mergedIds: [merged] })).toEqual([])
  const answer = await gateway.data(
    'query ($id: ID!) { opportunity(id: $id) { contactRoles { nodes { isPrimary role } } } }',
    { id: opportunityId },
  )
  return listAt(answer, 'opportunity.contactRoles.nodes')
}

test('the decision maker who is turned to first is both after a merge', async () => {
  expect(await mergePeople({}, { isPrimary: true, role: 'DECISION_MAKER' })).toEqual([
    { isPrimary: true, role: 'DECISION_MAKER' },
  ])
})

test('the part of the one that stays counts, where it has one', async () => {
  expect(await mergePeople({ isPrimary: true, role: 'CHAMPION' }, { role: 'USER' })).toEqual([
    { isPrimary: true, role: 'CHAMPION' },
  ])
})

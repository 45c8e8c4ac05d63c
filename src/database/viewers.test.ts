import { createTestGateway } from '@trellis/testing'
import { expect, test } from 'vitest'
import { createViewerDirectory } from './viewers.ts'

test('a team that was deleted is nobody’s any more', async () => {
  await using gateway = await createTestGateway()
  const team = await gateway.create('team', { name: 'North' })
  await gateway.data(
    'mutation ($input: UserUpdateInput!) { userUpdate(input: $input) { userErrors { message } } }',
    { input: { id: gateway.userIds.agent, teamId: team } },
  )
  const teamOfAgent = async () => {
    // A new one each time: a directory remembers for ten seconds.
    const find = createViewerDirectory(gateway.trellis.database.session)
    return (await find('ben@trellis.example'))?.teamId
  }
  expect(await teamOfAgent()).toBe(team)
  await gateway.data(
    'mutation ($input: TeamDeleteInput!) { teamDelete(input: $input) { userErrors { message } } }',
    {
      input: { id: team },
    },
  )
  expect(await teamOfAgent()).toBeNull()
})

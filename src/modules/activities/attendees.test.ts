import { readFile } from 'node:fs/promises'
import { createTestGateway, listAt, type TestGateway } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

const meeting = () => gateway.create('activity', { type: 'MEETING', subject: 'Kick-off' })
const attend = (activityId: string, input: Readonly<Record<string, unknown>>) =>
  gateway.refusals('activityAttendeeCreate', { activityId, ...input })
const attendeesOf = async (id: string) =>
  listAt(
    await gateway.data(
      'query ($id: ID!) { activity(id: $id) { attendees { nodes { contact { id } isOrganizer response version } } } }',
      { id },
    ),
    'activity.attendees.nodes',
  )

test('everybody takes part in an activity once, whoever they are', async () => {
  const activityId = await meeting()
  for (const [key, id] of [
    ['contactId', await gateway.create('contact', { lastName: 'Ann' })],
    ['leadId', await gateway.create('lead', { lastName: 'Bob' })],
    ['userId', gateway.userIds.agent],
  ] as const) {
    const attempts = await Promise.all([attend(activityId, { [key]: id }), attend(activityId, { [key]: id })])
    expect(attempts.flat()).toEqual([expect.stringMatching(/^TAKEN input/)])
    expect(await attend(activityId, { [key]: id })).toEqual([`TAKEN input.${key}`])
    expect(await attend(await meeting(), { [key]: id })).toEqual([])
  }
  expect(await attendeesOf(activityId)).toHaveLength(3)
})

test('who is merged with another attendee takes part once, as organizer and with the answer of either', async () => {
  const activityId = await meeting()
  const contact = () => gateway.create('contact', { lastName: 'Cem', allowDuplicate: true })
  const [id, merged] = [await contact(), await contact()]
  await attend(activityId, { contactId: id })
  await attend(activityId, { contactId: merged, isOrganizer: true, response: 'ACCEPTED' })
  expect(await gateway.refusals('contactMerge', { id, mergedIds: [merged] })).toEqual([])
  expect(await attendeesOf(activityId)).toEqual([
    { contact: { id }, isOrganizer: true, response: 'ACCEPTED', version: 2 },
  ])
})

test('those who were several times in an activity before that are folded', async () => {
  const { sql: database } = gateway.trellis.database.session
  const activityId = await meeting()
  const contactId = await gateway.create('contact', { lastName: 'Dan' })
  await attend(activityId, { contactId })
  const migration = await readFile(
    new URL('../../../prisma/migrations/20261121124057_attendees_once/migration.sql', import.meta.url),
    'utf8',
  )
  await database.transaction().execute(async transaction => {
    for (const key of ['contactId', 'leadId', 'userId'])
      await sql`drop index ${sql.ref(`ActivityAttendee_activityId_${key}_key`)}`.execute(transaction)
    for (const [id, isOrganizer, response] of [
      ['ata_01k0000000e0080000000000a1', false, 'DECLINED'],
      ['ata_01k0000000e0080000000000a2', true, 'ACCEPTED'],
    ] as const)
      await sql`insert into "ActivityAttendee" (id, "activityId", "contactId", "isOrganizer", response, "createdAt")
        values (${id}, ${activityId}, ${contactId}, ${isOrganizer}, ${response}::"AttendeeResponse", now() + interval '1 day')`.execute(
        transaction,
      )
    for (const statement of migration.split(/;\n/).filter(text => text.trim() !== ''))
      await sql.raw(statement).execute(transaction)
  })
  expect(await attendeesOf(activityId)).toEqual([
    { contact: { id: contactId }, isOrganizer: true, response: 'DECLINED', version: 2 },
  ])
})

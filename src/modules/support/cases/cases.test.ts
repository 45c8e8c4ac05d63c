import { type AskOptions, fieldsAt, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDesk, type Desk, type Values } from '../fixtures/desk.ts'
import { createSteps, type Steps } from '../fixtures/steps.ts'

let desk: Desk
let gateway: TestGateway
let steps: Steps
beforeAll(async () => {
  desk = await createDesk()
  ;({ gateway } = desk)
  steps = createSteps(desk)
})
afterAll(() => desk[Symbol.asyncDispose]())

const agent: AskOptions = { as: 'agent' }
const user = (name: string, more: Values = {}) =>
  gateway.create('user', { name, email: `${name.toLowerCase()}@trellis.example`, ...more })

describe('a new case', () => {
  test('gets a number, and no two have the same', async () => {
    const ids = [await desk.open(), await desk.open({ number: 'OLD-1' }), await desk.open()]
    const numbers = await Promise.all(ids.map(async id => valueAt(await desk.read(id, 'number'), 'number')))
    const [first, own, last] = numbers.map(String)
    expect([first, own]).toEqual([expect.stringMatching(/^C-\d{6}$/), 'OLD-1'])
    expect(Number(last?.slice(2))).toBe(Number(first?.slice(2)) + 1)
    expect(await gateway.refusals('caseCreate', { subject: 'Again', number: first })).toEqual([
      'TAKEN input.number',
    ])
  })

  test('is open, with nothing that belongs to later', async () => {
    expect(
      await desk.read(
        await desk.open(),
        'status priority type origin resolvedAt closedAt firstRespondedAt pendingSince pausedSeconds escalatedAt duplicateOf { id } slaStatus',
      ),
    ).toEqual({
      ...{ status: 'NEW', priority: 'NORMAL', type: 'QUESTION', origin: 'WEB' },
      ...{ resolvedAt: null, closedAt: null, firstRespondedAt: null, pendingSince: null, pausedSeconds: 0 },
      ...{ escalatedAt: null, duplicateOf: null, slaStatus: null },
    })
  })

  test('may come in with somebody at it, or solved on the telephone', async () => {
    const id = await desk.open({ status: 'RESOLVED', resolution: 'Plugged in' })
    const now = desk.now().toISOString()
    expect(await desk.read(id, 'status resolvedAt firstRespondedAt closedAt')).toEqual({
      ...{ status: 'RESOLVED', resolvedAt: now, firstRespondedAt: now, closedAt: null },
    })
    for (const status of ['PENDING', 'ESCALATED', 'CLOSED', 'REJECTED', 'DUPLICATE'])
      expect(await gateway.refusals('caseCreate', { subject: 'x', status })).toContain(
        'INVALID_TRANSITION input.status',
      )
  })

  test('is of the customer of whoever asks', async () => {
    const customerId = await gateway.create('customer', { name: 'Acme' })
    const elsewhere = await gateway.create('customer', { name: 'Elsewhere' })
    const contactId = await gateway.create('contact', { lastName: 'Ng', customerId })
    const homeless = await gateway.create('contact', { lastName: 'Nomad' })
    const customerOf = async (id: string) => valueAt(await desk.read(id, 'customer { id }'), 'customer.id')

    const id = await desk.open({ contactId })
    expect(await customerOf(id)).toBe(customerId)
    expect(await customerOf(await desk.open({ contactId: homeless, customerId }))).toBe(customerId)
    const create = (input: Values) => gateway.refusals('caseCreate', { subject: 'x', ...input })
    expect(await create({ contactId, customerId: elsewhere })).toEqual(['CONTRADICTION input.contactId'])
    const update = (input: Values) => gateway.refusals('caseUpdate', { id, ...input })
    expect(await update({ customerId: elsewhere })).toEqual(['CONTRADICTION input.customerId'])
    expect(await update({ customerId: null })).toEqual([])
    expect(await customerOf(id)).toBe(customerId)
    expect(await update({ customerId: elsewhere, contactId: null })).toEqual([])
    expect(await update({ contactId })).toEqual(['CONTRADICTION input.contactId'])
  })
})

describe('a case is given', () => {
  test('to a user, whose team goes with it', async () => {
    const teamId = await gateway.create('team', { name: 'First line' })
    const ownerId = await user('Cem', { teamId })
    const id = await desk.open()
    expect(await gateway.refusals('caseAssign', { id, ownerId })).toEqual([])
    expect(await desk.read(id, 'status owner { id } team { id }')).toEqual({
      status: 'ASSIGNED',
      owner: { id: ownerId },
      team: { id: teamId },
    })
    expect(await desk.timelineOf(id, 'case.assigned')).toMatchObject([
      { data: { ownerId, teamId, formerOwnerId: gateway.userIds.administrator, formerTeamId: null } },
    ])
  })

  test('to a team, with an owner or without', async () => {
    const teamId = await gateway.create('team', { name: 'Second line' })
    const id = await steps.openIn('IN_PROGRESS')
    expect(await gateway.refusals('caseAssign', { id, teamId })).toEqual([])
    expect(await desk.read(id, 'status owner { id } team { id }')).toEqual({
      status: 'IN_PROGRESS',
      owner: { id: gateway.userIds.administrator },
      team: { id: teamId },
    })
    expect(await gateway.refusals('caseAssign', { id, teamId, ownerId: null })).toEqual([])
    expect(await desk.read(id, 'owner { id }')).toEqual({ owner: null })
  })

  test('to nobody who is not there or not active, and not to nobody', async () => {
    const id = await desk.open()
    const gone = await user('Gone', { isActive: false })
    for (const [input, refusal] of [
      [{ ownerId: gone }, 'INACTIVE input.ownerId'],
      [{ ownerId: 'usr_01k0000000e00800000000zzzz' }, 'NOT_FOUND input.ownerId'],
      [{ teamId: 'tea_01k0000000e00800000000zzzz' }, 'NOT_FOUND input.teamId'],
      [{}, 'REQUIRED input.ownerId'],
      [{ ownerId: null }, 'REQUIRED input.ownerId'],
    ] as const)
      expect(await gateway.refusals('caseAssign', { id, ...input })).toEqual([refusal])
    expect(await desk.read(id, 'status version')).toEqual({ status: 'NEW', version: 1 })
  })

  test('by an agent, who does not see it any more', async () => {
    const id = await desk.open({}, agent)
    const answer = await gateway.data(
      'mutation ($input: CaseAssignInput!) { caseAssign(input: $input) { case { status owner { id } } userErrors { code } } }',
      { input: { id, ownerId: gateway.userIds.administrator } },
      agent,
    )
    expect(valueAt(answer, 'caseAssign.case')).toEqual({
      status: 'ASSIGNED',
      owner: { id: gateway.userIds.administrator },
    })
    expect(await desk.read(id, 'id', agent)).toBeNull()
  })
})

describe('a case is escalated', () => {
  const reason = 'Third call today'

  test("to the manager of its owner, again to that one's, and more urgent if it is said so", async () => {
    const top = await user('Top')
    const middle = await user('Middle', { managerId: top })
    const ownerId = await user('Bottom', { managerId: middle })
    const id = await desk.open({ ownerId })
    const fields = 'status priority owner { id } escalatedAt escalationReason'
    expect(await gateway.refusals('caseEscalate', { id, reason })).toEqual([])
    const escalatedAt = desk.now().toISOString()
    expect(await desk.read(id, fields)).toEqual({
      ...{
        status: 'ESCALATED',
        priority: 'NORMAL',
        owner: { id: middle },
        escalatedAt,
        escalationReason: reason,
      },
    })
    desk.wait(10)
    expect(await gateway.refusals('caseEscalate', { id, reason: 'Still', priority: 'URGENT' })).toEqual([])
    expect(await desk.read(id, fields)).toEqual({
      ...{
        status: 'ESCALATED',
        priority: 'URGENT',
        owner: { id: top },
        escalatedAt: desk.now().toISOString(),
      },
      escalationReason: 'Still',
    })
    expect(await gateway.refusals('caseEscalate', { id, reason })).toEqual(['REQUIRED input.ownerId'])
    expect(await desk.timelineOf(id, 'case.escalated', 'case.status_changed', 'case.assigned')).toMatchObject(
      [
        { type: 'case.status_changed', data: { from: 'NEW', to: 'ESCALATED' } },
        { type: 'case.escalated', data: { reason, ownerId: middle, formerOwnerId: ownerId } },
        { type: 'case.escalated', data: { reason: 'Still', ownerId: top, formerOwnerId: middle } },
      ],
    )
  })

  test('to whom it is said, be it a team', async () => {
    const teamId = await gateway.create('team', { name: 'Engineers' })
    const id = await desk.open()
    expect(await gateway.refusals('caseEscalate', { id, reason, teamId })).toEqual([])
    expect(await desk.read(id, 'owner { id } team { id }')).toEqual({
      owner: { id: gateway.userIds.administrator },
      team: { id: teamId },
    })
    expect(await gateway.refusals('caseEscalate', { id, reason, ownerId: gateway.userIds.agent })).toEqual([])
    expect(await desk.read(id, 'owner { id }')).toEqual({ owner: { id: gateway.userIds.agent } })
  })

  test('not without a reason, not to who is not active, and not to be less urgent', async () => {
    const inactive = await user('Away', { isActive: false })
    const ownerId = await user('Lonely', { managerId: inactive })
    const id = await desk.open({ ownerId, priority: 'HIGH' })
    for (const [input, refusal] of [
      [{ reason: ' ' }, 'REQUIRED input.reason'],
      [{ reason: 'x'.repeat(1001) }, 'TOO_LONG input.reason'],
      [{ reason }, 'REQUIRED input.ownerId'],
      [{ reason, ownerId: inactive }, 'INACTIVE input.ownerId'],
      [{ reason, teamId: 'tea_01k0000000e00800000000zzzz' }, 'NOT_FOUND input.teamId'],
      [{ reason, priority: 'NORMAL' }, 'OUT_OF_RANGE input.priority'],
    ] as const)
      expect(await gateway.refusals('caseEscalate', { id, ...input })).toEqual([refusal])
    expect(await desk.messageOf('caseEscalate', { id, reason })).toBe(
      'Away, the manager of Lonely, is not active; say to whom it goes by ownerId or teamId.',
    )
    expect(await desk.read(id, 'status version')).toEqual({ status: 'NEW', version: 1 })
  })
})

describe('a case is over', () => {
  test('when it is resolved and closed, and is not any more when it is reopened', async () => {
    const id = await desk.open()
    const fields = 'status resolution resolvedAt closedAt firstRespondedAt'
    await gateway.refusals('caseResolve', { id, resolution: 'Restarted' })
    const resolvedAt = desk.now().toISOString()
    desk.wait(60)
    await gateway.refusals('caseClose', { id })
    expect(await desk.read(id, fields)).toEqual({
      ...{ status: 'CLOSED', resolution: 'Restarted', resolvedAt, closedAt: desk.now().toISOString() },
      firstRespondedAt: resolvedAt,
    })
    expect(await gateway.refusals('caseReopen', { id, reason: 'It stopped again' })).toEqual([])
    expect(await desk.read(id, fields)).toEqual({
      ...{ status: 'IN_PROGRESS', resolution: 'Restarted', resolvedAt: null, closedAt: null },
      firstRespondedAt: resolvedAt,
    })
    expect(await desk.timelineOf(id, 'case.status_changed')).toMatchObject([
      { data: { from: 'NEW', to: 'RESOLVED' } },
      { data: { from: 'RESOLVED', to: 'CLOSED' } },
      { data: { from: 'CLOSED', to: 'IN_PROGRESS', reason: 'It stopped again' } },
    ])
  })

  test('when it is rejected, for a reason', async () => {
    const id = await desk.open()
    await gateway.refusals('caseReject', { id, reason: 'Not our product' })
    expect(await desk.read(id, 'status resolvedAt closedAt')).toEqual({
      ...{ status: 'REJECTED', resolvedAt: null, closedAt: desk.now().toISOString() },
    })
    expect(await desk.timelineOf(id, 'case.status_changed')).toMatchObject([
      { title: 'From NEW to REJECTED', data: { from: 'NEW', to: 'REJECTED', reason: 'Not our product' } },
    ])
  })

  test.each([
    ['caseResolve', { resolution: '  ' }, 'REQUIRED input.resolution'],
    ['caseResolve', { resolution: 'x'.repeat(50_001) }, 'TOO_LONG input.resolution'],
    ['caseReject', { reason: '' }, 'REQUIRED input.reason'],
    ['caseReject', { reason: 'x'.repeat(1001) }, 'TOO_LONG input.reason'],
    ['caseReopen', { reason: '\n' }, 'REQUIRED input.reason'],
    ['caseReopen', { reason: 'x'.repeat(1001) }, 'TOO_LONG input.reason'],
  ])('not by %s without words, or with too many', async (mutation, input, refusal) => {
    const id = await steps.openIn(mutation === 'caseReopen' ? 'CLOSED' : 'NEW')
    const before = await desk.read(id, 'version')
    expect(await gateway.refusals(mutation, { id, ...input })).toEqual([refusal])
    expect(await desk.read(id, 'version')).toEqual(before)
  })
})

test('what follows from steps is not one of the fields that an update takes', async () => {
  const fields = fieldsAt(
    await gateway.data('{ __type(name: "CaseUpdateInput") { inputFields { name } } }'),
    '__type.inputFields',
    'name',
  )
  for (const field of [
    'status',
    'resolvedAt',
    'closedAt',
    'firstRespondedAt',
    'pendingSince',
    'duplicateOfId',
    'slaStatus',
    'responseDueAt',
  ])
    expect(fields).not.toContain(field)
})

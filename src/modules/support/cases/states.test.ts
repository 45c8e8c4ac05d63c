import { type AskOptions, type TestGateway, valueAt } from '@trellis/testing'
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
const unknown = 'cas_01k0000000e00800000000zzzz'

/** What follows each status, as docs/support.md says. */
const decisions = ['RESOLVED', 'REJECTED', 'DUPLICATE']
const next: Readonly<Record<string, readonly string[]>> = {
  NEW: ['ASSIGNED', 'IN_PROGRESS', 'PENDING', 'ESCALATED', ...decisions],
  ASSIGNED: ['IN_PROGRESS', 'PENDING', 'ESCALATED', ...decisions],
  IN_PROGRESS: ['PENDING', 'ESCALATED', ...decisions],
  PENDING: ['IN_PROGRESS', 'ESCALATED', ...decisions],
  ESCALATED: ['IN_PROGRESS', 'PENDING', 'ESCALATED', ...decisions],
  RESOLVED: ['IN_PROGRESS', 'CLOSED'],
  CLOSED: ['IN_PROGRESS'],
  REJECTED: ['IN_PROGRESS'],
  DUPLICATE: ['IN_PROGRESS'],
}
const over = [...decisions, 'CLOSED']

describe.each(Object.keys(next))('a case that is %s', from => {
  test('goes where it may, which it tells', async () => {
    for (const to of next[from] ?? []) {
      const id = await steps.openIn(from)
      expect(await desk.read(id, 'nextStatuses')).toEqual({ nextStatuses: next[from] })
      const isReopened = over.includes(from) && to === 'IN_PROGRESS'
      const refusals = isReopened
        ? gateway.refusals('caseReopen', { id, reason: 'Again' })
        : steps.take(id, to)
      expect(await refusals).toEqual([])
      expect(await desk.status(id)).toBe(to)
    }
  })

  test('goes nowhere else, and stays as it was', async () => {
    const id = await steps.openIn(from)
    const before = await desk.read(id, 'status version')
    const others = Object.keys(next).filter(
      to => !next[from]?.includes(to) && !(to === 'ASSIGNED' && !over.includes(from)),
    )
    for (const to of others) {
      const refusals = await steps.take(id, to)
      expect({ to, refusals }).toEqual({
        to,
        refusals: [expect.stringMatching(/^INVALID_TRANSITION input\.(id|status)$/)],
      })
    }
    expect(await desk.read(id, 'status version')).toEqual(before)
  })
})

test.each(Object.keys(next).filter(status => !over.includes(status)))(
  'a case that is %s is not reopened',
  async status => {
    const id = await steps.openIn(status)
    expect(await gateway.refusals('caseReopen', { id, reason: 'Again' })).toEqual([
      'INVALID_TRANSITION input.id',
    ])
    expect(await desk.status(id)).toBe(status)
  },
)

describe('the message', () => {
  test('names where the way leads', async () => {
    const id = await steps.openIn('CLOSED')
    expect(await desk.messageOf('caseTransition', { id, status: 'PENDING' })).toBe(
      'status is CLOSED; it may become IN_PROGRESS, and not PENDING.',
    )
    expect(await desk.messageOf('caseClose', { id: await desk.open() })).toBe(
      'status is NEW; it may become ASSIGNED, IN_PROGRESS, PENDING, ESCALATED, RESOLVED, REJECTED or DUPLICATE, and not CLOSED.',
    )
  })

  test('names the mutation that asks for what a status needs', async () => {
    const id = await steps.openIn('IN_PROGRESS')
    expect(await desk.messageOf('caseTransition', { id, status: 'RESOLVED' })).toBe(
      'status is IN_PROGRESS; it becomes RESOLVED by caseResolve, which asks for more.',
    )
    await steps.take(id, 'RESOLVED')
    expect(await desk.messageOf('caseTransition', { id, status: 'IN_PROGRESS' })).toBe(
      'status is RESOLVED; it becomes IN_PROGRESS by caseReopen, which asks for more.',
    )
  })
})

describe('every step', () => {
  const targets = ['ASSIGNED', 'IN_PROGRESS', 'ESCALATED', 'RESOLVED', 'CLOSED', 'REJECTED', 'DUPLICATE']
  const all = async () => [...(await Promise.all(targets.map(status => steps.to(status)))), reopening]
  const reopening: readonly [string, Values] = ['caseReopen', { reason: 'Again' }]

  test('is refused where there is nothing, or nothing any more', async () => {
    const gone = await steps.openIn('RESOLVED')
    await gateway.refusals('caseDelete', { id: gone })
    for (const [mutation, input] of await all()) {
      for (const id of [unknown, 'nonsense', gateway.userIds.agent])
        expect(await gateway.refusals(mutation, { id, ...input })).toEqual(['NOT_FOUND input.id'])
      expect({ mutation, refused: await gateway.refusals(mutation, { id: gone, ...input }) }).toEqual({
        mutation,
        refused: ['DELETED input.id'],
      })
    }
  })

  test('is refused to who read an older version', async () => {
    const ids = { caseClose: await steps.openIn('RESOLVED'), caseReopen: await steps.openIn('CLOSED') }
    for (const [mutation, input] of await all()) {
      const id = Reflect.get(ids, mutation) ?? (await desk.open())
      const version = Number(valueAt(await desk.read(id, 'version'), 'version'))
      const stale = { id, ...input, expectedVersion: version + 1 }
      expect(await gateway.refusals(mutation, stale)).toEqual(['STALE_VERSION input.expectedVersion'])
      expect(await gateway.refusals(mutation, { ...stale, expectedVersion: version })).toEqual([])
    }
  })

  test("is an agent's to take with own cases only", async () => {
    for (const [mutation, input] of await all()) {
      const status = mutation === 'caseClose' ? 'RESOLVED' : mutation === 'caseReopen' ? 'CLOSED' : 'NEW'
      const id = await steps.openIn(status)
      expect(await gateway.refusals(mutation, { id, ...input }, agent)).toEqual(['NOT_FOUND input.id'])
      expect(await desk.status(id)).toBe(status)
    }
    const own = await desk.open({}, agent)
    expect(await gateway.refusals('caseResolve', { id: own, resolution: 'Done' }, agent)).toEqual([])
    expect(
      await gateway.refusals(
        'caseMarkDuplicate',
        { id: await desk.open({}, agent), duplicateOfId: await desk.open() },
        agent,
      ),
    ).toEqual(['NOT_FOUND input.duplicateOfId'])
  })

  test('of two that are taken at once, one is', async () => {
    for (let round = 0; round < 3; round += 1) {
      const id = await steps.openIn('IN_PROGRESS')
      const answers = await Promise.all(
        ['RESOLVED', 'REJECTED', 'PENDING'].map(status => steps.take(id, status)),
      )
      const done = answers.filter(refusals => refusals.length === 0)
      const moves = await desk.timelineOf(id, 'case.status_changed')
      expect(moves).toHaveLength(done.length + 1)
      expect(valueAt(moves.at(-1), 'data.to')).toBe(await desk.status(id))
      expect(done.length).toBeLessThanOrEqual(2)
    }
  })

  test('leaves nothing behind in a dry run', async () => {
    const id = await desk.open()
    const answer = await gateway.data(
      `mutation ($id: ID!) @dryRun {
        caseResolve(input: { id: $id, resolution: "Done" }) { case { status nextStatuses resolvedAt } userErrors { code } }
      }`,
      { id },
    )
    expect(valueAt(answer, 'caseResolve.case')).toMatchObject({
      status: 'RESOLVED',
      nextStatuses: ['IN_PROGRESS', 'CLOSED'],
    })
    expect(await desk.read(id, 'status version')).toEqual({ status: 'NEW', version: 1 })
    expect(await desk.timelineOf(id, 'case.status_changed')).toEqual([])
  })
})

describe('a duplicate', () => {
  const mark = (id: string, duplicateOfId: string) =>
    gateway.refusals('caseMarkDuplicate', { id, duplicateOfId })

  test('is closed, and leads to the case that says the same', async () => {
    const [original, id] = [await desk.open(), await desk.open()]
    expect(await mark(id, original)).toEqual([])
    expect(await desk.read(id, 'status closedAt duplicateOf { id }')).toEqual({
      ...{ status: 'DUPLICATE', closedAt: desk.now().toISOString(), duplicateOf: { id: original } },
    })
    expect(await desk.read(original, 'duplicates { nodes { id } }')).toEqual({
      duplicates: { nodes: [{ id }] },
    })
    expect(await desk.timelineOf(id, 'case.status_changed')).toMatchObject([{ related: { id: original } }])
    await gateway.refusals('caseReopen', { id, reason: 'It is another matter' })
    expect(await desk.read(id, 'duplicateOf { id }')).toEqual({ duplicateOf: null })
  })

  test('of a duplicate is one of the original', async () => {
    const [original, first, second] = [await desk.open(), await desk.open(), await desk.open()]
    await mark(first, original)
    expect(await mark(second, first)).toEqual([])
    expect(await desk.read(second, 'duplicateOf { id }')).toEqual({ duplicateOf: { id: original } })
  })

  test('is not one of itself, directly or by way of others, and not of what there is not', async () => {
    const [one, other, third] = [await desk.open(), await desk.open(), await desk.open()]
    expect(await mark(one, one)).toEqual(['CYCLE input.duplicateOfId'])
    await mark(other, one)
    await mark(third, other)
    expect(await mark(one, other)).toEqual(['CYCLE input.duplicateOfId'])
    expect(await mark(one, third)).toEqual(['CYCLE input.duplicateOfId'])
    expect(await mark(one, unknown)).toEqual(['NOT_FOUND input.duplicateOfId'])
    expect(await mark(one, gateway.userIds.agent)).toEqual(['NOT_FOUND input.duplicateOfId'])
    const gone = await desk.open()
    await gateway.refusals('caseDelete', { id: gone })
    expect(await mark(one, gone)).toEqual(['NOT_FOUND input.duplicateOfId'])
    expect(await desk.read(one, 'status duplicateOf { id }')).toEqual({ status: 'NEW', duplicateOf: null })
  })

  test('of two that are said to be of each other at once, one is', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [one, other] = [await desk.open(), await desk.open()]
      const answers = await Promise.all([mark(one, other), mark(other, one)])
      expect(answers.toSorted((left, right) => left.length - right.length)).toEqual([
        [],
        ['CYCLE input.duplicateOfId'],
      ])
    }
  })
})

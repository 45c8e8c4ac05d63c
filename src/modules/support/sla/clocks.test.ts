import { type TestGateway, valueAt } from '@trellis/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'
import type { CalendarHours } from '../../../lib/business-time/business-clock.ts'
import { createMinuteCounter } from '../../../lib/business-time/fixtures/minute-by-minute.ts'
import { createDesk, type Desk, type Values } from '../fixtures/desk.ts'
import { createCalendar, nightHours, officeHours } from '../fixtures/hours.ts'

const minutes = { response: 90, resolve: 400 } as const

/** Calendars, and moments shortly before something is up with their clocks. */
const places: readonly (readonly [CalendarHours, string])[] = [
  [nightHours('Europe/Berlin'), '2026-03-28T21:00:00Z'],
  [nightHours('America/New_York'), '2026-11-01T01:00:00Z'],
  [nightHours('Australia/Lord_Howe'), '2026-04-04T10:00:00Z'],
  [officeHours('Asia/Shanghai', ['2026-10-01', '2026-10-02']), '2026-09-30T05:00:00Z'],
]

let desk: Desk
let gateway: TestGateway
let policies: readonly string[]
beforeAll(async () => {
  desk = await createDesk()
  ;({ gateway } = desk)
  policies = await Promise.all(
    places.map(async ([calendar], index) =>
      gateway.create('slaPolicy', {
        name: `Place ${index}`,
        responseMinutes: minutes.response,
        resolveMinutes: minutes.resolve,
        calendarId: await createCalendar(desk, calendar),
        isActive: false,
      }),
    ),
  )
})
afterAll(() => desk[Symbol.asyncDispose]())

const instant = z
  .string()
  .transform(text => new Date(text))
  .nullable()
const told = z.object({
  status: z.string(),
  createdAt: z.string().transform(text => new Date(text)),
  responseDueAt: instant,
  resolveDueAt: instant,
  firstRespondedAt: instant,
  pendingSince: instant,
  pausedSeconds: z.number(),
  resolvedAt: instant,
  closedAt: instant,
  slaStatus: z.string().nullable(),
})
type Told = z.infer<typeof told>
const fields = Object.keys(told.shape).join(' ')

const pause = ['caseTransition', { status: 'PENDING' }] as const
const goOn = ['caseTransition', { status: 'IN_PROGRESS' }] as const
const respond = ['caseCommentCreate', { isInternal: false }] as const
/** What may be done, the likelier the more often it stands here. */
const operations: readonly (readonly [mutation: string, input: Values])[] = [
  ...[pause, pause, pause, goOn, goOn, respond, respond],
  ['caseCommentCreate', { isInternal: true }],
  ['caseAssign', {}],
  ['caseEscalate', { reason: 'Loud' }],
  ['caseResolve', { resolution: 'Done' }],
  ['caseClose', {}],
  ['caseReject', { reason: 'No' }],
  ['caseReopen', { reason: 'Again' }],
  ['caseUpdate', { subject: 'Another' }],
]

async function perform(id: string, [mutation, input]: (typeof operations)[number]): Promise<void> {
  const owner = /Assign|Escalate/.test(mutation) ? { ownerId: gateway.userIds.agent } : {}
  const subject = mutation === 'caseCommentCreate' ? { caseId: id, body: 'Hello' } : { id }
  await gateway.refusals(mutation, { ...subject, ...owner, ...input })
}

/** Somebody who stands beside the case with a watch, and never asks what is due. */
function createWitness(calendar: CalendarHours, opened: Date) {
  const counter = createMinuteCounter(calendar)
  const paused = { response: 0, resolve: 0, all: 0 }
  const dueAfter = (promise: 'response' | 'resolve') =>
    counter.add(opened, minutes[promise] + paused[promise], 40_000)
  const hasRunOut = (promise: 'response' | 'resolve', at: Date) => at > (dueAfter(promise) ?? at)
  const stopOf = ({ pendingSince, resolvedAt, closedAt }: Told) => pendingSince ?? resolvedAt ?? closedAt

  return {
    paused,
    dueAfter,
    /** What the case was, and what it is now. */
    see(before: Told, after: Told, now: Date): void {
      const stop = stopOf(before)
      if (!stop) return
      const isOver = before.pendingSince
        ? after.pendingSince === null
        : stopOf(after) === null || after.pendingSince !== null
      const responds = !before.firstRespondedAt && after.firstRespondedAt !== null
      const count = isOver || responds ? counter.between(stop, now) : 0
      if (!before.firstRespondedAt && !hasRunOut('response', stop)) paused.response += count
      if (isOver && !hasRunOut('resolve', stop)) paused.resolve += count
      if (isOver) paused.all += count
    },
    standing({ firstRespondedAt, pendingSince, resolvedAt, closedAt }: Told, now: Date): string {
      const end = resolvedAt ?? closedAt
      const waited = pendingSince ?? now
      if (hasRunOut('response', firstRespondedAt ?? waited) || hasRunOut('resolve', end ?? waited))
        return 'FAILED'
      if (!firstRespondedAt) return 'FIRST_RESPONSE_DUE'
      return end ? 'FULFILLED' : 'ROLLING_RESPONSE_DUE'
    },
  }
}

const belongsTo = (status: string, ...statuses: readonly string[]) => statuses.includes(status)

test('whatever happens to a case, its clocks agree with somebody who watched it minute by minute', async () => {
  const step = fc.record({
    operation: fc.constantFrom(...operations),
    wait: fc.oneof(fc.integer({ min: 0, max: 90 }), fc.integer({ min: 0, max: 1200 })),
  })
  const stories = fc.record({
    place: fc.nat(places.length - 1),
    steps: fc.array(step, { minLength: 3, maxLength: 9 }),
  })
  await fc.assert(
    fc.asyncProperty(stories, async ({ place, steps }) => {
      const [calendar, start] = places[place] ?? [nightHours('UTC'), '2026-01-01T00:00:00Z']
      desk.goTo(start)
      const id = await desk.open({ slaPolicyId: policies[place] })
      const read = async () => told.parse(await desk.read(id, fields))
      const witness = createWitness(calendar, desk.now())
      let before = await read()
      for (const { operation, wait } of steps) {
        desk.wait(wait)
        await perform(id, operation)
        const after = await read()
        witness.see(before, after, desk.now())
        const { status, pausedSeconds } = after
        expect(pausedSeconds).toBeGreaterThanOrEqual(before.pausedSeconds)
        expect(after.pendingSince !== null).toBe(status === 'PENDING')
        expect(after.resolvedAt !== null).toBe(belongsTo(status, 'RESOLVED', 'CLOSED'))
        expect(after.closedAt !== null).toBe(belongsTo(status, 'CLOSED', 'REJECTED'))
        before = after
      }
      expect({ ...before, status: null }).toMatchObject({
        responseDueAt: witness.dueAfter('response'),
        resolveDueAt: witness.dueAfter('resolve'),
        pausedSeconds: witness.paused.all * 60,
        slaStatus: witness.standing(before, desk.now()),
      })
      const moves = (await desk.timelineOf(id, 'case.status_changed')).map(event => valueAt(event, 'data'))
      const chain = ['NEW', ...moves.map(move => valueAt(move, 'to'))]
      expect(moves.map(move => valueAt(move, 'from'))).toEqual(chain.slice(0, -1))
      expect(chain.at(-1)).toBe(before.status)
    }),
    { numRuns: 25 },
  )
})

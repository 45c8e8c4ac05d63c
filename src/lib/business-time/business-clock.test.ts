import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aroundTheClock, type CalendarHours, createBusinessClock } from './business-clock.ts'
import { calendarAndMoment } from './fixtures/calendars.ts'
import { createMinuteCounter } from './fixtures/minute-by-minute.ts'

const weekdays = ['MONDAY', 'TUESDAY', 'WEDNESDAY', 'THURSDAY', 'FRIDAY'] as const

/** Nine to half past five in Shanghai, with an hour for lunch, but for the first of October. */
const office: CalendarHours = {
  timeZone: 'Asia/Shanghai',
  hours: weekdays.flatMap(weekday => [
    { weekday, opensAt: '09:00', closesAt: '12:00' },
    { weekday, opensAt: '13:00', closesAt: '17:30' },
  ]),
  holidays: ['2026-10-01'],
}

const after = (calendar: CalendarHours, from: string, minutes: number) =>
  createBusinessClock(calendar)
    .add(new Date(from), minutes * 60)
    ?.toISOString() ?? null
const between = (calendar: CalendarHours, from: string, until: string) =>
  createBusinessClock(calendar).between(new Date(from), new Date(until)) / 60

describe('business time', () => {
  test.each([
    ['goes on within the hours', '2026-09-30T09:10+08:00', 60, '2026-09-30T10:10+08:00'],
    ['stands still at lunch', '2026-09-30T11:30+08:00', 60, '2026-09-30T13:30+08:00'],
    ['ends with the hours, not when the next begin', '2026-09-30T16:30+08:00', 60, '2026-09-30T17:30+08:00'],
    ['leaves out a holiday', '2026-09-30T16:30+08:00', 61, '2026-10-02T09:01+08:00'],
    ['leaves out a weekend', '2026-10-02T17:00+08:00', 60, '2026-10-05T09:30+08:00'],
    ['begins when the hours do', '2026-10-03T12:00+08:00', 1, '2026-10-05T09:01+08:00'],
    [
      'does not wait for the hours where nothing is to be waited',
      '2026-10-03T12:00+08:00',
      0,
      '2026-10-03T12:00+08:00',
    ],
  ])('%s', (_, from, minutes, until) => {
    expect(after(office, from, minutes)).toBe(new Date(until).toISOString())
    expect(between(office, from, until)).toBe(minutes)
  })

  test('is counted in whole seconds', () => {
    const clock = createBusinessClock(office)
    const from = new Date('2026-09-30T03:59:58.400Z')
    expect(clock.between(from, new Date('2026-09-30T05:00:01.300Z'))).toBe(2)
    expect(clock.add(from, 3)).toEqual(new Date('2026-09-30T05:00:01.400Z'))
    expect(clock.between(from, new Date('2026-09-30T03:00:00Z'))).toBe(0)
  })

  test.each([
    ['an hour that is skipped does not count', 'Europe/Berlin', '2026-03-29', 60],
    ['an hour that is repeated counts twice', 'Europe/Berlin', '2026-10-25', 180],
    ['nor does half an hour', 'Australia/Lord_Howe', '2026-10-04', 90],
    ['and so does half an hour', 'Australia/Lord_Howe', '2026-04-05', 150],
    ['on any other day, nothing is skipped or repeated', 'Europe/Berlin', '2026-10-18', 120],
  ])('%s', (_, timeZone, date, minutes) => {
    const night: CalendarHours = {
      timeZone,
      hours: [{ weekday: 'SUNDAY', opensAt: '01:30', closesAt: '03:30' }],
      holidays: [],
    }
    const noon = new Date(`${date}T12:00:00Z`).getTime()
    const [before, later] = [noon - 86_400_000, noon + 43_200_000].map(at => new Date(at).toISOString())
    expect(between(night, before ?? '', later ?? '')).toBe(minutes)
  })

  test('knows that Samoa had no 30 December 2011', () => {
    const fridays: CalendarHours = {
      timeZone: 'Pacific/Apia',
      hours: [{ weekday: 'FRIDAY', opensAt: '00:00', closesAt: '24:00' }],
      holidays: [],
    }
    expect(between(fridays, '2011-12-28T00:00Z', '2012-01-03T00:00Z')).toBe(0)
    expect(between(fridays, '2011-12-28T00:00Z', '2012-01-10T00:00Z')).toBe(1440)
  })

  test('of a million minutes is found', () => {
    // 444 weeks of 2,250 minutes, three days and 100 minutes, and the holiday.
    const found = after({ ...office, timeZone: 'Europe/Berlin' }, '2026-01-01T00:00:00Z', 1_000_000)
    expect(found).toBe('2034-07-11T08:40:00.000Z')
    expect(between({ ...office, timeZone: 'Europe/Berlin' }, '2026-01-01T00:00:00Z', found ?? '')).toBe(
      1_000_000,
    )
  })

  test('that is never to come is said to be so', () => {
    expect(after({ ...office, hours: [] }, '2026-01-01T00:00:00Z', 1)).toBeNull()
    const rare: CalendarHours = {
      timeZone: 'Europe/Berlin',
      hours: [{ weekday: 'MONDAY', opensAt: '09:00', closesAt: '09:01' }],
      holidays: [],
    }
    expect(after(rare, '2026-01-01T00:00:00Z', 1_000_000)).toBeNull()
    expect(after(rare, '2026-01-01T00:00:00Z', 5000)).toMatch(/^2121-/)
  })

  test('of who always works is time', () => {
    const from = new Date('2026-03-28T23:00:00Z')
    expect(aroundTheClock.add(from, 86_400)).toEqual(new Date('2026-03-29T23:00:00Z'))
    expect(aroundTheClock.between(from, new Date('2026-03-29T23:00:00.999Z'))).toBe(86_400)
    expect(aroundTheClock.between(new Date('2026-03-29T23:00:00Z'), from)).toBe(0)
  })
})

describe('whatever the calendar, and whatever its clocks are put to,', () => {
  /** Minutes that the slow model looks at, at most: five days. */
  const patience = 5 * 1440

  test('an instant is as if somebody had watched the wall', () => {
    fc.assert(
      fc.property(calendarAndMoment, fc.integer({ min: 0, max: 2000 }), ({ calendar, moment }, minutes) => {
        const counted = createMinuteCounter(calendar).add(moment, minutes, patience)
        const added = createBusinessClock(calendar).add(moment, minutes * 60)
        const watched = new Date(moment.getTime() + patience * 60_000)
        expect(added && added < watched ? added : null).toEqual(counted && counted < watched ? counted : null)
      }),
      { numRuns: 50 },
    )
  })

  test('so is the time between two', () => {
    fc.assert(
      fc.property(calendarAndMoment, fc.integer({ min: 0, max: patience }), ({ calendar, moment }, away) => {
        const until = new Date(moment.getTime() + away * 60_000)
        expect(createBusinessClock(calendar).between(moment, until)).toBe(
          createMinuteCounter(calendar).between(moment, until) * 60,
        )
      }),
      { numRuns: 50 },
    )
  })

  test('two waits in turn are one', () => {
    const seconds = fc.integer({ min: 0, max: 1_000_000 })
    fc.assert(
      fc.property(calendarAndMoment, seconds, seconds, ({ calendar, moment }, one, other) => {
        const clock = createBusinessClock(calendar)
        const first = clock.add(moment, one)
        expect(first && clock.add(first, other)).toEqual(clock.add(moment, one + other))
        expect(first && clock.between(moment, first)).toBe(first && one)
      }),
      { numRuns: 300 },
    )
  })
})

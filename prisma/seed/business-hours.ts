import type { Prisma } from '../../src/generated/prisma/client.ts'
import { type BusinessClock, createBusinessClock } from '../../src/lib/business-time/business-clock.ts'
import { weekdays } from '../../src/lib/business-time/opening-hours.ts'
import { addDays } from './calendar.ts'
import { identify } from './identifiers.ts'
import type { Random } from './random.ts'
import { companyAgeInDays } from './staff.ts'

/** A calendar of the service desk, and its clock. */
export interface Desk {
  readonly calendar: Prisma.BusinessCalendarCreateManyInput
  readonly hours: readonly Prisma.BusinessIntervalCreateManyInput[]
  readonly holidays: readonly Prisma.HolidayCreateManyInput[]
  readonly clock: BusinessClock
}

export interface DeskOptions {
  readonly random: Random
  readonly now: Date
  readonly administratorId: string
}

/** Where somebody picks up, and when: in the morning and in the afternoon of five days, but for holidays. */
const places = {
  'Service desk Berlin': {
    timeZone: 'Europe/Berlin',
    halves: [
      ['08:00', '12:00'],
      ['13:00', '17:00'],
    ],
    holidays: {
      '01-01': 'New Year',
      '05-01': 'Labour Day',
      '10-03': 'German Unity Day',
      '12-25': 'Christmas',
    },
  },
  'Service desk Beijing': {
    timeZone: 'Asia/Shanghai',
    halves: [
      ['09:00', '12:00'],
      ['13:00', '18:00'],
    ],
    holidays: { '01-01': '元旦', '05-01': '劳动节', '10-01': '国庆节', '10-02': '国庆节', '10-03': '国庆节' },
  },
} as const

/** Years that holidays are entered for, beside the present one. */
const [yearsBefore, yearsAfter] = [3, 1]

/** The calendar of a place, which is there since the company was founded. */
export function makeDesk(name: keyof typeof places, { random, now, administratorId }: DeskOptions): Desk {
  const { timeZone, halves, holidays } = places[name]
  const since = addDays(now, -companyAgeInDays)
  const common = {
    createdAt: since,
    updatedAt: since,
    createdById: administratorId,
    updatedById: administratorId,
  }
  const calendar = { id: identify('bcl', since, random), ...common, name, timeZone }
  const hours = weekdays.slice(0, 5).flatMap(weekday =>
    halves.map(([opensAt, closesAt]) => ({
      id: identify('bin', since, random),
      ...common,
      calendarId: calendar.id,
      ...{ weekday, opensAt, closesAt },
    })),
  )
  const first = now.getUTCFullYear() - yearsBefore
  const years = Array.from({ length: yearsBefore + yearsAfter + 1 }, (_, index) => first + index)
  const days = years.flatMap(year =>
    Object.entries(holidays).map(([day, called]) => ({
      id: identify('hol', since, random),
      ...common,
      calendarId: calendar.id,
      date: `${year}-${day}`,
      name: called,
    })),
  )
  const clock = createBusinessClock({ timeZone, hours, holidays: days.map(({ date }) => date) })
  return { calendar, hours, holidays: days, clock }
}

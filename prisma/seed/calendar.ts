import type { Random } from './random.ts'

const hour = 3_600_000
const day = 24 * hour

/** How much is begun in a month, January first, against an average of about 1: little in summer and at Christmas. */
const monthWeights: readonly number[] = [1, 1.05, 1.2, 0.95, 1, 1.15, 0.75, 0.6, 1.2, 1.15, 1.1, 0.7]
const busiest = 1.2

export const addDays = (moment: Date, days: number): Date => new Date(moment.getTime() + days * day)

export const addMinutes = (moment: Date, minutes: number): Date =>
  new Date(moment.getTime() + minutes * 60_000)

export const daysBetween = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / day

export const startOfDay = (moment: Date): Date => new Date(Math.floor(moment.getTime() / day) * day)

export const inOrder = (moments: readonly Date[]): readonly Date[] =>
  moments.toSorted((one, other) => one.getTime() - other.getTime())

export const latest = (...moments: readonly Date[]): Date =>
  new Date(Math.max(...moments.map(moment => moment.getTime())))

/** Monday instead of a Saturday or Sunday. */
function toWorkday(date: Date): Date {
  const weekday = date.getUTCDay()
  return addDays(date, weekday === 6 ? 2 : weekday === 0 ? 1 : 0)
}

/** A moment between 8 and 18 o'clock of that day, or of the Monday after it, at a place so many hours from UTC. */
export const atWork = (random: Random, moment: Date, utcOffset: number): Date =>
  new Date(
    toWorkday(startOfDay(moment)).getTime() +
      (8 - utcOffset) * hour +
      random.integer(0, 10 * 3600 - 1) * 1000,
  )

/** A day between two others, more of them in the busy months. */
export function seasonalDay(random: Random, from: Date, to: Date): Date {
  for (;;) {
    const date = addDays(from, random.fraction() * daysBetween(from, to))
    if (random.chance((monthWeights[date.getUTCMonth()] ?? 1) / busiest)) return date
  }
}

/** The moment, or one shortly before the end of its quarter when that is near: that is when deals get signed. */
export function towardsQuarterEnd(random: Random, moment: Date): Date {
  const next = Date.UTC(moment.getUTCFullYear(), Math.floor(moment.getUTCMonth() / 3) * 3 + 3, 1)
  const isNear = next - moment.getTime() < 25 * day
  if (!isNear || !random.chance(0.5)) return moment
  return new Date(Math.max(moment.getTime(), next - random.integer(3, 8) * day))
}

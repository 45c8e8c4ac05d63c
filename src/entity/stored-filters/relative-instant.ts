/** A duration as of ISO 8601, with a sign as of ISO 8601-2: `-P90D`, `P1Y6M`, `-PT12H`. */
const pattern =
  /^(?<sign>[+-]?)P(?=.)(?:(?<years>\d{1,4})Y)?(?:(?<months>\d{1,4})M)?(?:(?<weeks>\d{1,4})W)?(?:(?<days>\d{1,5})D)?(?:T(?=.)(?:(?<hours>\d{1,5})H)?(?:(?<minutes>\d{1,5})M)?(?:(?<seconds>\d{1,5})S)?)?$/

const millisecondsOf = {
  weeks: 604_800_000,
  days: 86_400_000,
  hours: 3_600_000,
  minutes: 60_000,
  seconds: 1000,
}

/** That many calendar months away, on the month's last day where it is shorter. */
function addMonths(from: Date, months: number): Date {
  const year = from.getUTCFullYear()
  const month = from.getUTCMonth() + months
  const lastDay = new Date(Date.UTC(year, month + 1, 0)).getUTCDate()
  const moved = new Date(from)
  moved.setUTCFullYear(year, month, Math.min(from.getUTCDate(), lastDay))
  return moved
}

/**
 * The instant that a duration leads to from the present.
 *
 * @returns `null` for a text that is no duration, or that leads beyond the years 1 to 9999
 */
export function relativeInstant(duration: string, now: Date): Date | null {
  const groups = pattern.exec(duration)?.groups
  if (!groups) return null
  const sign = groups['sign'] === '-' ? -1 : 1
  const amount = (unit: string): number => sign * Number(groups[unit] ?? 0)
  const monthsAway = addMonths(now, 12 * amount('years') + amount('months'))
  const rest = Object.entries(millisecondsOf).reduce((sum, [unit, length]) => sum + amount(unit) * length, 0)
  const instant = new Date(monthsAway.getTime() + rest)
  const year = instant.getUTCFullYear()
  return year >= 1 && year <= 9999 ? instant : null
}

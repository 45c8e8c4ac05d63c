import { refusal } from './refusal.ts'
import { willBe } from './will-be.ts'

interface Dated {
  readonly startDate: string | null
  readonly endDate: string | null
}

interface DatedChange {
  readonly before: Dated | null
  readonly values: Readonly<Partial<Dated>>
  readonly path: readonly string[]
}

/** Refuses what would end before it begins. */
export function checkDates(change: DatedChange) {
  const [startDate, endDate] = [willBe(change, 'startDate'), willBe(change, 'endDate')]
  if (!startDate || !endDate || startDate <= endDate) return []
  const field = change.values.endDate === undefined ? 'startDate' : 'endDate'
  const message = `endDate is ${endDate}, which is before startDate, ${startDate}.`
  return [refusal(change, field, 'OUT_OF_RANGE', message)]
}

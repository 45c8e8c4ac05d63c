import type { Change, UserError } from '@trellis/sdk'
import { refusal } from '../../lib/refusal.ts'
import { willBe } from '../../lib/will-be.ts'

interface Dated {
  readonly startDate: string | null
  readonly endDate: string | null
}

/** Refuses what would end before it begins. */
export function checkDates(change: Change<Dated>): readonly UserError[] {
  const [startDate, endDate] = [willBe(change, 'startDate'), willBe(change, 'endDate')]
  if (!startDate || !endDate || startDate <= endDate) return []
  const field = change.values.endDate === undefined ? 'startDate' : 'endDate'
  const message = `endDate is ${endDate}, which is before startDate, ${startDate}.`
  return [refusal(change, field, 'OUT_OF_RANGE', message)]
}

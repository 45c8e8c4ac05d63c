import type { UserError } from '@trellis/sdk'
import { type GivenLine, type PlacedLine, pathOf } from './given-lines.ts'

/** What `@rule` says of a line's fields; a test holds lines that come with their document against lines of their own. */
const bounds = {
  position: { min: 1, max: 10_000 },
  quantity: { min: 0, max: null },
  unitPrice: { min: 0, max: null },
  discountPercent: { min: 0, max: 100 },
  taxPercent: { min: 0, max: 100 },
} as const satisfies Partial<Record<keyof GivenLine, { readonly min: number; readonly max: number | null }>>

const longestDescription = 10_000

/** Holds a line that comes with its document against the rules for lines. */
export function lineProblems(placed: PlacedLine): readonly UserError[] {
  const { line } = placed
  const problems: UserError[] = []
  for (const field of ['position', 'quantity', 'unitPrice', 'discountPercent', 'taxPercent'] as const) {
    const { min, max } = bounds[field]
    const value = line[field]
    if (value == null || (Number(value) >= min && (max === null || Number(value) <= max))) continue
    const allowed = max === null ? `at least ${min}` : `${min} to ${max}`
    const message = `${field} is ${value}; it has to be ${allowed}.`
    problems.push({ code: 'OUT_OF_RANGE', message, path: pathOf(placed, field) })
  }
  const length = line.description?.length ?? 0
  if (length > longestDescription) {
    const message = `description has ${length} characters; ${longestDescription} are allowed.`
    problems.push({ code: 'TOO_LONG', message, path: pathOf(placed, 'description') })
  }
  return problems
}

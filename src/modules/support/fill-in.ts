import type { Change } from '@trellis/sdk'

const isSame = (one: unknown, other: unknown): boolean =>
  one instanceof Date && other instanceof Date ? one.getTime() === other.getTime() : one === other

/** Sets what follows from a write, as far as it differs from what the record has and the write says. */
export function fillIn<Row extends object>(change: Change<Row>, fields: Partial<Row>): void {
  const known: Readonly<Record<string, unknown>> = { ...change.before, ...change.values }
  const fresh = Object.entries(fields).filter(([field, value]) => !isSame(value, known[field]))
  const values: Partial<Row> = {}
  change.amend(Object.assign(values, Object.fromEntries(fresh)))
}

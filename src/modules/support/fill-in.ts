import type { Change } from '@trellis/sdk'

const isSame = (one: unknown, other: unknown): boolean =>
  one instanceof Date && other instanceof Date ? one.getTime() === other.getTime() : one === other

/**
 * Sets what follows from a write: where a record is there already, what differs. In new ones all of it, so that
 * those which come in together have the same fields and are written by one statement.
 */
export function fillIn<Row extends object>(change: Change<Row>, fields: Partial<Row>): void {
  const known: Readonly<Record<string, unknown>> = { ...change.before, ...change.values }
  const isNew = change.action === 'create'
  const fresh = Object.entries(fields).filter(([field, value]) => isNew || !isSame(value, known[field]))
  const values: Partial<Row> = {}
  change.amend(Object.assign(values, Object.fromEntries(fresh)))
}

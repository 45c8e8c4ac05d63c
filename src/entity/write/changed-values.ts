import { stableJson } from '../../lib/stable-json.ts'
import { columnOf, type EntityDefinition } from '../definition.ts'
import type { Row } from '../page.ts'
import { canonicalDecimal } from '../scalars.ts'

/** One spelling for one value: the database says `10.5000`, the API `10.5`; a day may come as its midnight in UTC. */
function canonical(entity: EntityDefinition, name: string, value: unknown): string {
  const { type } = columnOf(entity, name)
  if (type === 'Decimal' && (typeof value === 'string' || typeof value === 'number'))
    return stableJson(canonicalDecimal(String(value)))
  if (type === 'Date' && value instanceof Date) return stableJson(value.toISOString().slice(0, 10))
  return stableJson(value ?? null)
}

/** The stored fields that have another value than the record; `undefined` says nothing of a field. */
export const changedValues = (entity: EntityDefinition, values: Row, before: Row): Row =>
  Object.fromEntries(
    Object.entries(values).filter(
      ([name, value]) =>
        value !== undefined && canonical(entity, name, value) !== canonical(entity, name, before[name]),
    ),
  )

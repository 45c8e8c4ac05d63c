import { stableJson } from '../../../lib/stable-json.ts'
import { columnOf, type EntityDefinition } from '../../definition.ts'
import type { Row } from '../../page.ts'
import { canonicalDecimal } from '../../scalars.ts'
import { storedValues } from '../input.ts'
import type { Item } from './bounds.ts'

/** One spelling for one value: the database says `10.5000`, the API `10.5`. */
function canonical(entity: EntityDefinition, name: string, value: unknown): string {
  const isDecimal = columnOf(entity, name).type === 'Decimal' && typeof value === 'string'
  return stableJson(isDecimal ? canonicalDecimal(value) : (value ?? null))
}

/** The stored fields in which an item differs from its record, so that checks and effects see changes where there are some. */
export const changesOf = (entity: EntityDefinition, item: Item, before: Row): Row =>
  Object.fromEntries(
    Object.entries(storedValues(entity, item)).filter(
      ([name, value]) => canonical(entity, name, value) !== canonical(entity, name, before[name]),
    ),
  )

/** Whether an item says what no column holds, such as when a stage was entered: only hooks know whether that is new. */
export const saysMore = (entity: EntityDefinition, item: Item): boolean =>
  Object.entries(item).some(
    ([name, value]) => name !== 'externalId' && value != null && !entity.columns.has(name),
  )

import type { EntityDefinition } from '../../definition.ts'
import type { Row } from '../../page.ts'
import { changedValues } from '../changed-values.ts'
import { storedValues } from '../input.ts'
import type { Item } from './bounds.ts'

/** The stored fields in which an item differs from its record, so that checks and effects see changes where there are some. */
export const changesOf = (entity: EntityDefinition, item: Item, before: Row): Row =>
  changedValues(entity, storedValues(entity, item), before)

/** Whether an item says what no column holds, such as when a stage was entered: only hooks know whether that is new. */
export const saysMore = (entity: EntityDefinition, item: Item): boolean =>
  Object.entries(item).some(
    ([name, value]) => name !== 'externalId' && value != null && !entity.columns.has(name),
  )

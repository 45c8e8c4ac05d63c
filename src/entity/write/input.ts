import type { EntityInput } from '@trellis/sdk'
import type { EntityDefinition } from '../definition.ts'
import type { Row } from '../page.ts'

/** The stored fields of an input; what modules added to it, such as an import's history, is left to their hooks. */
export const storedValues = (entity: EntityDefinition, input: EntityInput): Row =>
  Object.fromEntries(
    Object.entries(input).filter(([name, value]) => {
      const column = entity.columns.get(name)
      return column !== undefined && column.writable !== 'never' && value !== undefined
    }),
  )

/** Whoever creates a record owns it, and it belongs to the owner's team, unless the input says otherwise. */
export const withOwner = (
  entity: EntityDefinition,
  values: Row,
  viewer: { id: string; teamId: string | null },
): Row =>
  entity.owned
    ? { ownerId: viewer.id, ...(values['ownerId'] === undefined && { teamId: viewer.teamId }), ...values }
    : values

import type { Column, Entities, EntityDefinition } from '../definition.ts'

/** The columns of an entity that point to records of another one. */
export interface Pointers {
  readonly entity: EntityDefinition
  readonly columns: readonly Column[]
}

/** Who wrote a record stays as it was written: ids of merged users lead on by themselves. */
const bySignature: ReadonlySet<string> = new Set(['createdById', 'updatedById'])

const pointsTo = (column: Column, target: EntityDefinition): boolean =>
  column.reference?.target === target.name || (column.anyReference !== null && target.isTarget)

/** All that may point to records of an entity: references to it, and those to any target if it is one. */
export const pointersTo = (entities: Entities, target: EntityDefinition): readonly Pointers[] =>
  [...entities.values()].flatMap(entity => {
    const columns = [...entity.columns.values()].filter(
      column => pointsTo(column, target) && !bySignature.has(column.name),
    )
    return columns.length > 0 ? [{ entity, columns }] : []
  })

/** The references of an entity's records to others of their kind, such as a customer's parent. */
export const upwardColumns = (entity: EntityDefinition): readonly Column[] =>
  [...entity.columns.values()].filter(({ reference }) => reference?.target === entity.name)

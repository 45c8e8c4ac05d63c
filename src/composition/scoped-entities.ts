import { Kind } from 'graphql'
import type { CoreSubschema } from './subschema.ts'

/** The interface of records that others may hang on; hooks filed under it are on every entity that has it. */
const target = 'Target'

/** The entities that there are scopes of: as the core tells, else its types of records. */
export function scopedEntities({ storedFields, types }: CoreSubschema): readonly string[] {
  if (storedFields.size > 0) return [...storedFields.keys()]
  return [...types.values()].flatMap(node => {
    const isRecord =
      node.kind === Kind.OBJECT_TYPE_DEFINITION &&
      node.fields?.some(({ name }) => name.value === 'id') === true
    return isRecord ? [node.name.value] : []
  })
}

/** The entities whose records somebody sees who has a hook under this name. */
export const entitiesUnder = (name: string, core: CoreSubschema): readonly string[] =>
  scopedEntities(core).filter(entity => {
    if (name !== target) return entity === name
    const node = core.types.get(entity)
    return (
      node?.kind === Kind.OBJECT_TYPE_DEFINITION &&
      node.interfaces?.some(implemented => implemented.name.value === target) === true
    )
  })

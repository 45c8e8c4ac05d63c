import { columnOf } from '../entity/definition.ts'
import type { Entities, EntityDefinition } from '../entity/index.ts'
import type { RightsSubject } from '../modules/access/rights.ts'

/** What links an entity to the targets whose viewers see it. */
function linkOf(
  { collections, seenThrough }: EntityDefinition,
  entities: Entities,
  targets: readonly string[],
): RightsSubject['linked'] {
  const collection = seenThrough === null ? undefined : collections.get(seenThrough)
  if (!collection) return null
  const links = [...(entities.get(collection.target)?.columns.values() ?? [])]
  const to = links.find(({ anyReference }) => anyReference)?.name
  return to ? { entity: collection.target, key: collection.link.key, to, wholes: targets } : null
}

/** What rights have to know of each entity, by its name. */
export function rightsSubjects(entities: Entities): ReadonlyMap<string, RightsSubject> {
  const targets = [...entities.values()].filter(({ isTarget }) => isTarget).map(({ name }) => name)
  return new Map(
    [...entities.values()].map((entity): readonly [string, RightsSubject] => {
      const key = entity.partOf
      const linked = linkOf(entity, entities, targets)
      if (!key) return [entity.name, { partOf: null, linked }]
      const { reference } = columnOf(entity, key)
      return [entity.name, { partOf: { key, wholes: reference ? [reference.target] : targets }, linked }]
    }),
  )
}

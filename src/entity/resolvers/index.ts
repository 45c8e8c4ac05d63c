import type { Context, ResolverMap } from '@trellis/sdk'
import { prefixOf } from '../../lib/type-id.ts'
import type { Entities, EntityDefinition } from '../definition.ts'
import type { Row } from '../page.ts'
import { loadersOf } from '../registry.ts'
import { scalars } from '../scalars.ts'
import { queryFields, typeResolvers } from './entity-resolvers.ts'
import { mergeMutations } from './merge-fields.ts'
import { bulkPayloadFields, mutationFields } from './mutation-fields.ts'

/** The resolvers of everything that `expandCore` writes out: scalars, interfaces, and what every entity has. */
export function entityResolvers(entities: Entities): ResolverMap {
  const byPrefix = new Map<string | null, EntityDefinition>(
    [...entities.values()].map(entity => [entity.idPrefix, entity]),
  )
  const typeOf = { __resolveType: ({ id }: Row) => byPrefix.get(prefixOf(String(id)))?.name }
  const all = [...entities.values()]
  const node = (_: unknown, { id }: { id: string }, context: Context) => {
    const entity = byPrefix.get(prefixOf(id))
    return entity ? loadersOf(context, entity).byId.load(id) : null
  }
  return {
    ...scalars,
    Node: typeOf,
    Entity: typeOf,
    OwnedEntity: typeOf,
    Target: typeOf,
    ...Object.assign(
      {},
      ...all.map(entity => typeResolvers(entity, entities)),
      ...all.map(bulkPayloadFields),
    ),
    Query: Object.assign({ node }, ...all.map(queryFields)),
    Mutation: Object.assign({}, ...all.map(mutationFields), ...all.map(mergeMutations)),
  }
}

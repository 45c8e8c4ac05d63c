import type { Context, Module, ResolverMap } from '@trellis/sdk'
import { expandModules } from '../composition/expand-modules.ts'
import { createCheckedBefore, extensionsApi } from '../composition/index.ts'
import {
  type Entities,
  entityResolvers,
  eventTypesOf,
  loadersOf,
  withDerivedMeanings,
} from '../entity/index.ts'
import { lifecycleApi, remotesApi } from '../lifecycle/index.ts'
import { modules } from '../modules/index.ts'

/** Puts resolver maps together, field by field: modules add to types that others own. */
function mergeResolvers(maps: readonly ResolverMap[]): ResolverMap {
  const merged: Record<string, unknown> = {}
  for (const map of maps)
    for (const [type, fields] of Object.entries(map)) {
      const before = merged[type]
      const isPlain =
        typeof fields === 'object' && fields !== null && Object.getPrototypeOf(fields) === Object.prototype
      merged[type] = isPlain && typeof before === 'object' ? { ...before, ...fields } : fields
    }
  return merged
}

/** The core, as it is the same for every gateway of a process. */
export type Core = ReturnType<typeof createCore>

/** The core as composition takes it: the modules' SDL written out, and everything that answers it. */
export function createCore(besides: readonly Module[] = []) {
  const platform = [extensionsApi, lifecycleApi, remotesApi]
  const { document, entities, owners } = expandModules([
    ...modules,
    ...besides,
    ...platform.map(({ typeDefs }) => ({ name: 'platform', typeDefs })),
  ])
  return {
    entities,
    core: {
      document,
      owners,
      resolvers: withDerivedMeanings(
        entities,
        mergeResolvers([
          entityResolvers(entities),
          ...[...modules, ...besides].map(({ resolvers = {} }) => resolvers),
          ...platform.map(({ resolvers }) => resolvers),
        ]),
      ),
      storedFields: storedFieldsOf(entities),
      readRecord: (typeName: string, id: string, context: Context) => {
        const entity = entities.get(typeName)
        if (!entity) throw new Error(`${typeName} is no entity.`)
        return loadersOf(context, entity).byId.load(id)
      },
      events: new Set([
        ...[...entities.values()].flatMap(eventTypesOf),
        ...modules.flatMap(({ announces = [] }) => announces),
      ]),
      checkedBefore: createCheckedBefore(),
    },
  }
}

const storedFieldsOf = (entities: Entities): ReadonlyMap<string, ReadonlySet<string>> =>
  new Map([...entities.values()].map(({ name, columns }) => [name, new Set(columns.keys())]))

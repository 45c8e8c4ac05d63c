import type { Context, EntityLoaders, EntityService, MergeService } from '@trellis/sdk'
import type { EntityDefinition } from './definition.ts'
import type { Row } from './page.ts'

/** The reads of an entity that the generic part knows by name only. */
export function loadersOf(context: Context, { plural }: EntityDefinition): EntityLoaders<Row> {
  const loaders: EntityLoaders<Row> | undefined = Reflect.get(context.loaders, plural)
  if (!loaders) throw new Error(`There are no loaders for ${plural}.`)
  return loaders
}

/** The writes of an entity that the generic part knows by name only. */
export function serviceOf(context: Context, { plural }: EntityDefinition): EntityService<Row> {
  const service: EntityService<Row> | undefined = Reflect.get(context.services, plural)
  if (!service) throw new Error(`There is no service for ${plural}.`)
  return service
}

/** The merges of a mergeable entity that the generic part knows by name only. */
export function mergeServiceOf(context: Context, { plural }: EntityDefinition): MergeService<Row> {
  const service: MergeService<Row> | undefined = Reflect.get(context.services, plural)
  if (!service) throw new Error(`There is no service for ${plural}.`)
  return service
}

import { type Filter, type FilterProblem, type Rights, type StoredFilters, TrellisError } from '@trellis/sdk'
import { type GraphQLSchema, isInputObjectType } from 'graphql'
import { type Entities, entityOf } from '../definition.ts'
import { filterConditions } from '../sql/filter.ts'
import { isFilter } from '../sql/filter-shape.ts'
import { createInputReader } from './read-input.ts'

export interface StoredFiltersOptions {
  readonly schema: GraphQLSchema
  readonly entities: Entities
  readonly rights: Rights
  readonly now: () => Date
}

/** Reads filters that were kept as JSON, by the same types and within the same bounds as a client's. */
export function createStoredFilters({ schema, entities, rights, now }: StoredFiltersOptions): StoredFilters {
  const problemOf = (entity: string, filter: Filter): FilterProblem | null => {
    try {
      filterConditions(entityOf(entities, entity), filter, { entities, rights })
      return null
    } catch (error) {
      if (error instanceof TrellisError && error.code === 'BAD_INPUT')
        return { path: [], message: error.message }
      throw error
    }
  }
  return {
    read(entity, json) {
      const type = schema.getType(`${entity}Filter`)
      if (!isInputObjectType(type)) throw new Error(`${entity} has no filter.`)
      const { read, problems } = createInputReader(now())
      const filter = read(json, type, [])
      if (problems.length > 0 || !isFilter(filter)) return { filter: null, problems }
      const problem = problemOf(entity, filter)
      return problem ? { filter: null, problems: [problem] } : { filter, problems: null }
    },
  }
}

declare module '@trellis/sdk' {
  interface Loaders {
    readonly storedFilters: StoredFilters
  }
}

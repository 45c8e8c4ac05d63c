import type { ResolverMap } from '@trellis/sdk'
import type { GraphQLFieldResolver } from 'graphql'
import type { Entities } from '../definition.ts'
import { withMeaning } from '../field-meaning.ts'

type Resolve = GraphQLFieldResolver<never, never, never>

const isResolver = (value: unknown): value is Resolve => typeof value === 'function'

const isFields = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/**
 * Notes beside modules' resolvers of derived fields which columns they are made of, as the SDL says, so that
 * look-ahead reads these and no others.
 */
export const withDerivedMeanings = (entities: Entities, resolvers: ResolverMap): ResolverMap => ({
  ...resolvers,
  ...Object.fromEntries(
    [...entities.values()].flatMap(({ name, derived }) => {
      const fields = resolvers[name]
      if (!isFields(fields)) return []
      const meant = [...derived].flatMap(([field, columns]) => {
        const resolve = fields[field]
        return isResolver(resolve) ? [[field, withMeaning({ kind: 'requires', columns }, resolve)]] : []
      })
      return [[name, { ...fields, ...Object.fromEntries(meant) }]]
    }),
  ),
})

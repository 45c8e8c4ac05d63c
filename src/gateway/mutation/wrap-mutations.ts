import { MapperKind, mapSchema } from '@graphql-tools/utils'
import type { Context } from '@trellis/sdk'
import { defaultFieldResolver, type GraphQLSchema, responsePathAsArray } from 'graphql'
import type { MutationRunner } from './run-mutation.ts'

/** Finds the runner of the operation that a context belongs to. */
export type RunnerOf = (context: Context) => MutationRunner | null

/** Runs every mutation field, the core's and extensions' alike, through the runner of its operation. */
export const wrapMutations = (schema: GraphQLSchema, runnerOf: RunnerOf): GraphQLSchema =>
  mapSchema(schema, {
    [MapperKind.MUTATION_ROOT_FIELD]: field => {
      const resolve = field.resolve ?? defaultFieldResolver
      return {
        ...field,
        resolve: (source, args, context: Context, info) => {
          const runner = runnerOf(context)
          if (!runner) throw new Error(`${info.fieldName} was run outside a mutation.`)
          const path = responsePathAsArray(info.path).join('.')
          return runner.run(path, inner => resolve(source, args, inner, info))
        },
      }
    },
  })

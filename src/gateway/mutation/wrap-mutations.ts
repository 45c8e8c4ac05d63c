import { MapperKind, mapSchema } from '@graphql-tools/utils'
import { defaultFieldResolver, type GraphQLSchema, responsePathAsArray } from 'graphql'
import type { Context } from '@trellis/sdk'
import type { MutationRunner } from './run-mutation.ts'

/** Finds the runner of the operation that a context belongs to. */
export type RunnerOf = (context: Context) => MutationRunner

/** Runs every mutation field, the core's and extensions' alike, through the runner of its operation. */
export const wrapMutations = (schema: GraphQLSchema, runnerOf: RunnerOf): GraphQLSchema =>
  mapSchema(schema, {
    [MapperKind.MUTATION_ROOT_FIELD]: field => {
      const resolve = field.resolve ?? defaultFieldResolver
      return {
        ...field,
        resolve: (source, args, context: Context, info) =>
          runnerOf(context).run(responsePathAsArray(info.path).join('.'), inner =>
            resolve(source, args, inner, info),
          ),
      }
    },
  })

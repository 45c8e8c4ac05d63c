import type { Context } from '@trellis/sdk'
import { defaultFieldResolver, type GraphQLSchema, responsePathAsArray } from 'graphql'
import type { MutationRunner } from './run-mutation.ts'

/** Finds the runner of the operation that a context belongs to. */
export type RunnerOf = (context: Context) => MutationRunner | null

/**
 * Runs every mutation field, the core's and extensions' alike, through the runner of its operation. In
 * place: the schema has just been composed and is nobody else's, and to copy one of its size takes longer
 * than to compose it.
 */
export function wrapMutations(schema: GraphQLSchema, runnerOf: RunnerOf): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver
    field.resolve = (source, args, context: Context, info) => {
      const runner = runnerOf(context)
      if (!runner) throw new Error(`${info.fieldName} was run outside a mutation.`)
      const path = responsePathAsArray(info.path).join('.')
      return runner.run(path, inner => resolve(source, args, inner, info))
    }
  }
}

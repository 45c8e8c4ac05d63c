import type { Context } from '@trellis/sdk'
import { defaultFieldResolver, type GraphQLSchema, responsePathAsArray } from 'graphql'
import type { MutationRunner } from './run-mutation.ts'

/** Finds the runner of the operation that a context belongs to. */
export type RunnerOf = (context: Context) => MutationRunner | null

export interface WrapMutationsOptions {
  readonly runnerOf: RunnerOf
  /** Extensions whose mutations are done in their own process, in transactions of theirs. */
  readonly elsewhere: ReadonlySet<string>
}

/**
 * Runs every mutation field, the core's and extensions' alike, through the runner of its operation. In
 * place: the schema has just been composed and is nobody else's, and to copy one of its size takes longer
 * than to compose it.
 */
export function wrapMutations(schema: GraphQLSchema, { runnerOf, elsewhere }: WrapMutationsOptions): void {
  for (const field of Object.values(schema.getMutationType()?.getFields() ?? {})) {
    const resolve = field.resolve ?? defaultFieldResolver
    const { owner } = field.extensions
    const isElsewhere = typeof owner === 'string' && elsewhere.has(owner)
    field.resolve = (source, args, context: Context, info) => {
      const runner = runnerOf(context)
      if (!runner) throw new Error(`${info.fieldName} was run outside a mutation.`)
      if (isElsewhere) return runner.pass(() => resolve(source, args, context, info))
      const path = responsePathAsArray(info.path).join('.')
      return runner.run(path, inner => resolve(source, args, inner, info))
    }
  }
}

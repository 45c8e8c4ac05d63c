import { loadSchema, type ResolverMap, type SchemaFile } from '@trellis/sdk'
import type { GraphQLResolveInfo } from 'graphql'
import { type BreakerState, figuresOf } from '../supervision/index.ts'
import type { ComposedExtension, Composition } from './composition.ts'
import type { SchemaChange } from './drift.ts'
import { driftProblems } from './drift-problems.ts'
import type { Problem } from './problem.ts'

export interface ExtensionsApi {
  readonly typeDefs: SchemaFile
  readonly resolvers: ResolverMap
}

/** As the SDL writes it: `HALF_OPEN`. */
const circuitOf = ({ circuit }: { readonly circuit: BreakerState }): string =>
  circuit.toUpperCase().replace('-', '_')

/** What a resolver is given after its parent. */
type Rest = [args: unknown, context: unknown, info: GraphQLResolveInfo]

/** @throws Error in a schema that was not made by composing */
function compositionOf({ schema }: GraphQLResolveInfo): Composition {
  const { composition } = schema.extensions
  if (!composition) throw new Error('The schema that is asked was not composed.')
  return composition
}

/**
 * `Query.extensions`: what composition found, for the API. It is part of the schema that is composed, so it
 * asks the schema what it is of.
 */
export const extensionsApi: ExtensionsApi = {
  typeDefs: loadSchema(import.meta.url, 'extensions.graphql'),
  resolvers: {
    Query: {
      extensions: (_: unknown, ...[, , info]: Rest) => compositionOf(info).extensions,
    },
    Extension: {
      problems(extension: ComposedExtension, ...[, , info]: Rest) {
        const drift = compositionOf(info).driftOf(extension)
        return drift ? [...driftProblems(extension, drift), ...extension.problems] : extension.problems
      },
      drift: (extension: ComposedExtension, ...[, , info]: Rest) => compositionOf(info).driftOf(extension),
      owns: ({ owns }: ComposedExtension) => owns.map(coordinate => ({ coordinate })),
      scopes: ({ extension: { scopes = [] } }: ComposedExtension) => scopes,
      figures({ name, status }: ComposedExtension, ...[, , info]: Rest) {
        const supervisor = compositionOf(info).supervision.supervisors.get(name)
        return supervisor && status === 'ENABLED' ? figuresOf(supervisor) : null
      },
    },
    ExtensionFigures: { circuit: circuitOf },
    ExtensionFieldFigures: { circuit: circuitOf },
    ExtensionSchemaDifference: {
      code: ({ type }: SchemaChange) => type,
      message: ({ description }: SchemaChange) => description,
    },
    ExtensionProblem: { severity: ({ severity }: Problem) => severity.toUpperCase() },
  },
}

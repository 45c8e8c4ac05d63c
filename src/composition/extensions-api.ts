import { loadSchema, type ResolverMap, type SchemaFile } from '@trellis/sdk'
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

/**
 * `Query.extensions`: what composition found, for the API. It is part of the schema that is composed, so it
 * asks for the composition when it is queried, not when it is made.
 */
export const createExtensionsApi = (getComposition: () => Composition): ExtensionsApi => ({
  typeDefs: loadSchema(import.meta.url, 'extensions.graphql'),
  resolvers: {
    Query: { extensions: () => getComposition().extensions },
    Extension: {
      problems(extension: ComposedExtension) {
        const drift = getComposition().driftOf(extension)
        return drift ? [...driftProblems(extension, drift), ...extension.problems] : extension.problems
      },
      drift: (extension: ComposedExtension) => getComposition().driftOf(extension),
      owns: ({ owns }: ComposedExtension) => owns.map(coordinate => ({ coordinate })),
      figures({ name, status }: ComposedExtension) {
        const supervisor = getComposition().supervision.supervisors.get(name)
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
})

import { loadSchema, type ResolverMap, type SchemaFile } from '@trellis/sdk'
import { type BreakerState, figuresOf } from '../supervision/index.ts'
import type { ComposedExtension, Composition } from './composition.ts'
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
      owns: ({ owns }: ComposedExtension) => owns.map(coordinate => ({ coordinate })),
      scopes: ({ extension: { scopes = [] } }: ComposedExtension) => scopes,
      figures({ name, status }: ComposedExtension) {
        const supervisor = getComposition().supervision.supervisors.get(name)
        return supervisor && status === 'ENABLED' ? figuresOf(supervisor) : null
      },
    },
    ExtensionFigures: { circuit: circuitOf },
    ExtensionFieldFigures: { circuit: circuitOf },
    ExtensionProblem: { severity: ({ severity }: Problem) => severity.toUpperCase() },
  },
})

import type { Extension } from '@trellis/sdk'
import type { GraphQLSchema } from 'graphql'
import type { Supervision } from '../supervision/index.ts'
import type { ExtensionDecision } from './decision.ts'
import type { Drift } from './drift.ts'
import type { Ownership } from './ownership.ts'
import type { Problem } from './problem.ts'

/** An installed extension as composition left it. */
export interface ComposedExtension {
  readonly name: string
  readonly version: string
  /** Its package's, if that is its own. */
  readonly description: string | null
  readonly status: 'ENABLED' | 'DISABLED' | 'CONFIGURING' | 'QUARANTINED'
  readonly decision: ExtensionDecision
  /** All that is wrong with it; of one that is enabled, warnings. */
  readonly problems: readonly Problem[]
  /** Coordinates that it answers for; none while it is left out of the schema. */
  readonly owns: readonly string[]
  readonly extension: Extension
}

declare module 'graphql' {
  interface GraphQLSchemaExtensions {
    /** What the schema is of, for fields that tell of it. */
    readonly composition?: Composition
  }
}

/** What core and extensions compose to. */
export interface Composition {
  readonly schema: GraphQLSchema
  readonly ownership: Ownership
  /** All that are installed: dependencies first, then by name. */
  readonly extensions: readonly ComposedExtension[]
  /** Warnings about what is in the schema. */
  readonly problems: readonly Problem[]
  /** Watches over what the extensions are called for. */
  readonly supervision: Supervision
  /** Whether a service elsewhere still is what it is pinned to; `null` of others, and where nobody looks. */
  readonly driftOf: (extension: ComposedExtension) => Drift | null
}

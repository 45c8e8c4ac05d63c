import type { Extension, ResolverMap } from '@trellis/sdk'
import type { DocumentNode } from 'graphql'
import { attachOwners } from './attach-owners.ts'
import { attachResolvers } from './attach-resolvers.ts'
import type { Composition } from './composition.ts'
import { CompositionError } from './composition-error.ts'
import { resolversOf } from './extension-resolvers.ts'
import { install } from './install.ts'
import { ownershipOf } from './ownership.ts'
import { problemsOf, reportOn } from './report.ts'
import { settle } from './settle.ts'
import { type CoreSubschema, indexDocument } from './subschema.ts'
import { findUnavailable } from './unavailable.ts'

export interface ComposeOptions {
  readonly core: {
    /** Plain SDL, expanded; hand-written nodes know the file that they stand in. */
    readonly document: DocumentNode
    readonly resolvers: ResolverMap
    /** Coordinate to module: `Customer.opportunities` to `sales`. A type's entry holds for its fields. */
    readonly owners: ReadonlyMap<string, string>
    /** Stored fields by type, that `requires` may name. @default the fields of its SDL that are plain values, and `<relation>Id` */
    readonly storedFields?: ReadonlyMap<string, ReadonlySet<string>>
    /** The types of events that it leaves, such as `customer.created`. @default none */
    readonly events?: ReadonlySet<string>
  }
  readonly extensions: readonly Extension[]
  readonly trellisVersion: string
  /** Extensions whose setup failed, by name: they stay in the schema and answer null. */
  readonly unavailable?: ReadonlyMap<string, Error>
  /** Refuse what would otherwise be quarantined; for tests and `check`. @default false */
  readonly strict?: boolean
}

/**
 * Core and extensions to one schema. An optional extension that does not fit is left out, with those that
 * depend on it, and says why; for the rest composing goes on.
 *
 * @throws CompositionError with all problems at once, when the core or a required extension is at fault, or any in strict mode
 */
export function compose(options: ComposeOptions): Composition {
  const core = coreSubschema(options)
  const judging = { core, strict: options.strict ?? false }

  // 1, 2. Who is there, and what they wrote
  const { installed, judgement } = install(options.extensions, judging)

  // 3 to 6. What stands, once whoever is at fault is left out
  const { draft, schema: mute, findings } = settle(judgement, judging)

  // 7. Make it answer
  const unavailable = findUnavailable(draft.extensions, options.unavailable ?? new Map())
  if (unavailable.isFatal) throw new CompositionError(problemsOf([...findings, ...unavailable.findings]))
  const ownership = ownershipOf(draft)
  const schema = attachResolvers(mute, core.resolvers, resolversOf(draft, unavailable.causes))
  attachOwners(schema, ownership, draft)

  // 8. Remote extensions come in here, as batch fields and root fields that delegate.

  return { schema, ownership, ...reportOn({ installed, draft, ownership, findings, unavailable }) }
}

const coreSubschema = ({ core, trellisVersion }: ComposeOptions): CoreSubschema => ({
  kind: 'core',
  name: 'core',
  version: trellisVersion,
  file: '(generated)',
  resolvers: core.resolvers,
  owners: core.owners,
  storedFields: core.storedFields ?? new Map(),
  events: core.events ?? new Set(),
  ...indexDocument(core.document),
})

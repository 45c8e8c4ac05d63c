import type { Context, Extension, ResolverMap } from '@trellis/sdk'
import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { ReadRecord, Transport } from '../delegation/index.ts'
import { createSupervision, type Supervision } from '../supervision/index.ts'
import { attachOwners } from './attach-owners.ts'
import { attachResolvers } from './attach-resolvers.ts'
import { buildSchema } from './build-schema.ts'
import { type Checked, type CheckedBefore, createCheckedBefore } from './checked.ts'
import type { ComposedExtension, Composition } from './composition.ts'
import { CompositionError } from './composition-error.ts'
import type { ExtensionDecision } from './decision.ts'
import { resolversOf } from './extension-resolvers.ts'
import { install } from './install.ts'
import { ownershipOf } from './ownership.ts'
import { attachRemotes } from './remote-resolvers.ts'
import { problemsOf, reportOn } from './report.ts'
import { settle } from './settle.ts'
import { type CoreSubschema, indexDocument } from './subschema.ts'
import { findUnavailable } from './unavailable.ts'

export interface PrepareOptions {
  readonly core: {
    /** Plain SDL, expanded; hand-written nodes know the file that they stand in. */
    readonly document: DocumentNode
    readonly resolvers: ResolverMap
    /** Coordinate to module: `Customer.opportunities` to `sales`. A type's entry holds for its fields. */
    readonly owners: ReadonlyMap<string, string>
    /** Stored fields by type, that `requires` may name. @default the fields of its SDL that are plain values, and `<relation>Id` */
    readonly storedFields?: ReadonlyMap<string, ReadonlySet<string>>
    /** Reads a record that a remote points to, with the viewer's rights. @default none can be read */
    readonly readRecord?: ReadRecord
    /** The types of events that it leaves, such as `customer.created`. @default none */
    readonly events?: ReadonlySet<string>
    /** What was checked with it before; for a core that is composed more than once. @default nothing */
    readonly checkedBefore?: CheckedBefore
  }
  readonly extensions: readonly Extension[]
  readonly trellisVersion: string
  /** What was decided about extensions, by name. @default nothing */
  readonly decisions?: ReadonlyMap<string, ExtensionDecision>
  /** Refuse what would otherwise be quarantined; for tests and `check`. @default false */
  readonly strict?: boolean
}

/** What answers in a schema, beside what extensions declare. */
export interface Answering {
  /** Extensions whose setup failed, by name: they stay in the schema and answer null. @default none */
  readonly unavailable?: ReadonlyMap<string, Error>
  /** How a remote extension is called. @default its fields fail, as in a schema that is for printing */
  readonly callOf?: (extension: Extension) => Transport
  /** A request's context as the code of this extension sees it. @default as it is */
  readonly contextFor?: (context: Context, extension: string) => Context
  /** Watches over what extensions are called for. @default one that ends with the schema */
  readonly supervision?: Supervision
  /** Whether a service elsewhere still is what it is pinned to. @default nobody looks */
  readonly driftOf?: Composition['driftOf']
}

export interface ComposeOptions extends PrepareOptions, Answering {}

/** A schema that is checked, and that nothing answers yet. */
export interface PreparedComposition {
  readonly schema: GraphQLSchema
  /** As they are if whoever is in the schema can be set up. */
  readonly extensions: readonly ComposedExtension[]
  /**
   * Makes this very schema answer; to be called once.
   *
   * @throws CompositionError when a required extension is unavailable
   */
  readonly complete: (answering?: Answering) => Composition
}

/**
 * Core and extensions to one schema. An optional extension that does not fit is left out, with those that
 * depend on it, and says why; for the rest composing goes on.
 *
 * @throws CompositionError with all problems at once, when the core or a required extension is at fault, or any in strict mode
 */
export function prepareComposition(options: PrepareOptions): PreparedComposition {
  const {
    core,
    extensions,
    trellisVersion,
    strict = false,
    decisions = new Map<string, ExtensionDecision>(),
  } = options
  const disabled = new Set([...decisions].flatMap(([name, { isEnabled }]) => (isEnabled ? [] : [name])))
  const { checkedBefore = createCheckedBefore() } = core
  const { installed, draft, ownership, findings, takeSchema } = checkedBefore.answer(
    { extensions, trellisVersion, disabled, strict },
    () => check(options, disabled),
  )
  const schema = takeSchema()
  const report = (failures: ReadonlyMap<string, Error>) => {
    const unavailable = findUnavailable(draft.extensions, failures)
    return {
      unavailable,
      ...reportOn({ installed, decisions, draft, ownership, findings, unavailable }),
    }
  }

  return {
    schema,
    extensions: report(new Map()).extensions,
    // 7. Make it answer
    complete({
      unavailable: failures = new Map(),
      callOf,
      contextFor = (context: Context) => context,
      supervision = createSupervision(),
      driftOf = () => null,
    } = {}) {
      const { unavailable, ...rest } = report(failures)
      if (unavailable.isFatal) throw new CompositionError(problemsOf([...findings, ...unavailable.findings]))
      attachResolvers(
        schema,
        core.resolvers,
        resolversOf({ draft, unavailable: unavailable.causes, supervision, contextFor }),
      )
      // 8. Have services elsewhere answer what is theirs
      attachRemotes(schema, draft, unavailable.causes, { callOf, readRecord: options.core.readRecord })
      attachOwners(schema, ownership, draft)
      const composition = { schema, ownership, supervision, driftOf, ...rest }
      schema.extensions = { ...schema.extensions, composition }
      return composition
    },
  }
}

function check(options: PrepareOptions, disabled: ReadonlySet<string>): Checked {
  const core = coreSubschema(options)
  const judging = { core, strict: options.strict ?? false }

  // 1, 2. Who is there, and what they wrote
  const { installed, judgement } = install(options.extensions, { ...judging, disabled })

  // 3 to 6. What stands, once whoever is at fault is left out
  const { draft, document, schema, findings } = settle(judgement, judging)
  let unused: GraphQLSchema | null = schema
  const takeSchema = (): GraphQLSchema => {
    const taken = unused ?? buildSchema(document, { isChecked: true })
    unused = null
    return taken
  }
  return { installed, draft, ownership: ownershipOf(draft), findings, takeSchema }
}

/** Composes in one go, where what fails at setup is known or nothing is set up. @throws CompositionError as above */
export const compose = (options: ComposeOptions): Composition => prepareComposition(options).complete(options)

const coreSubschema = ({ core, trellisVersion }: PrepareOptions): CoreSubschema => ({
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

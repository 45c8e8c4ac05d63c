import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { Extension, ResolverMap } from '@trellis/sdk'
import { attachOwners } from './attach-owners.ts'
import { attachResolvers } from './attach-resolvers.ts'
import { buildSchema } from './build-schema.ts'
import { checks, manifestChecks } from './checks/index.ts'
import type { Composition } from './composition.ts'
import { CompositionError } from './composition-error.ts'
import { createDraft, type Draft } from './draft.ts'
import { runningResolvers, unavailableResolvers } from './extension-resolvers.ts'
import type { Finding } from './finding.ts'
import { readManifest } from './manifest.ts'
import { mergeDocuments } from './merge-documents.ts'
import { ownershipOf } from './ownership.ts'
import { parseExtension } from './parse-extension.ts'
import { type JudgeOptions, type Judgement, judge } from './quarantine.ts'
import { problemsOf, reportOn } from './report.ts'
import { sortExtensions } from './sort-extensions.ts'
import { checkDocument, checkSchema } from './specification.ts'
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
  const parsed = options.extensions.map(readManifest).map(parseExtension)
  const installed = sortExtensions(parsed.map(({ subschema }) => subschema))
  const found = [
    ...manifestChecks.flatMap(check => [...check({ core, extensions: installed })]),
    ...parsed.flatMap(({ findings }) => findings),
  ]

  // 3 to 6. Until what stands is sound
  const { draft, schema, ...judgement } = settle(
    judge({ standing: installed, findings: [], isFatal: false }, found, judging),
    judging,
  )

  // 7. Make it answer
  const unavailable = findUnavailable(judgement.standing, options.unavailable ?? new Map())
  const isNeeded = draft.extensions.some(
    ({ name, extension }) => unavailable.causes.has(name) && extension.startup === 'required',
  )
  if (isNeeded) throw new CompositionError(problemsOf([...judgement.findings, ...unavailable.findings]))
  const ownership = ownershipOf(draft)
  const resolvers = draft.extensions.flatMap(subschema => {
    const cause = unavailable.causes.get(subschema.name)
    return [
      ...(cause === undefined
        ? runningResolvers(subschema, draft)
        : unavailableResolvers(subschema, draft, cause)),
    ]
  })
  const answering = attachResolvers(schema, core.resolvers, resolvers)
  attachOwners(answering, ownership, draft)

  // 8. Remote extensions are stitched in here, as batch fields and root fields that delegate.

  return {
    schema: answering,
    ownership,
    ...reportOn({ installed, draft, ownership, findings: judgement.findings, unavailable }),
  }
}

interface Settled extends Judgement {
  readonly draft: Draft
  readonly schema: GraphQLSchema
}

/** Checks what stands, leaves out who is at fault, and checks the rest again: who was in conflict with them may stay. */
function settle(before: Judgement, judging: JudgeOptions): Settled {
  const draft = createDraft(judging.core, before.standing)
  const document = mergeDocuments(draft)
  const found: Finding[] = [...checks.flatMap(check => [...check(draft)]), ...checkDocument(document, draft)]
  const isSound = found.every(({ problem }) => problem.severity === 'warning')
  const schema = isSound ? buildSchema(document) : undefined
  if (schema !== undefined) found.push(...checkSchema(schema, draft))
  const after = judge(before, found, judging)
  if (after.isFatal) throw new CompositionError(problemsOf(after.findings))
  return schema !== undefined && after.standing.length === before.standing.length
    ? { ...after, draft, schema }
    : settle(after, judging)
}

const coreSubschema = ({ core, trellisVersion }: ComposeOptions): CoreSubschema => ({
  kind: 'core',
  name: 'core',
  version: trellisVersion,
  file: '(generated)',
  resolvers: core.resolvers,
  owners: core.owners,
  storedFields: core.storedFields ?? new Map(),
  ...indexDocument(core.document),
})

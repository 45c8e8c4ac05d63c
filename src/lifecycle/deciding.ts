import { type DataContext, type RemoteOptions, UserErrors } from '@trellis/sdk'
import type { ComposedExtension, Composition, PreparedComposition } from '../composition/index.ts'
import type { Sealer } from '../lib/seal.ts'
import {
  type Decisions,
  type DecisionTables,
  lockDecisions,
  nothingDecided,
  readDecisions,
  type StoredDecision,
  writeDecision,
} from './decisions.ts'

/** A service's schema as SDL, or why it is not to be had. */
export type ReadSchema = { readonly sdl: string } | { readonly refusal: string }

export interface LifecycleOptions {
  readonly current: () => Composition
  /** What would be served under other decisions. @throws CompositionError */
  readonly prepare: (decisions: Decisions) => PreparedComposition
  /** `null` where nothing was configured to seal secrets with. */
  readonly sealer: Sealer | null
  /** Whether an extension of that name came with the gateway. */
  readonly isInstalled: (name: string) => boolean
  /** Whether services that are added may be at private, loopback or link-local addresses. */
  readonly allowsPrivateRemotes: boolean
  /** Asks a service for its schema. It does not throw for what the service does. */
  readonly readSchema: (name: string, remote: RemoteOptions) => Promise<ReadSchema>
  /** Asks an extension that runs whether it may be disabled. @throws UserErrors when it refuses */
  readonly beforeDisable: (extension: ComposedExtension, context: DataContext) => Promise<void>
  /** Told that there is something to follow as soon as the transaction is through. */
  readonly onDecided: () => void
}

/** What is to be decided about, as its revision is known. */
export interface Deciding {
  readonly name: string
  readonly expectedRevision?: number | null
}

export const refuse = (code: string, message: string, path: readonly string[]): UserErrors =>
  new UserErrors([{ code, message, path: ['input', ...path] }])

/** What every decision begins and ends with. */
export function createDeciding({ onDecided }: Pick<LifecycleOptions, 'onDecided'>, context: DataContext) {
  const database = context.database<DecisionTables>()
  return {
    /** @throws TrellisError `FORBIDDEN` */
    assertMayDecide: (): void => context.rights.assert('update', { entity: 'Extension' }),

    /** What stands at the moment; others may decide something else meanwhile. */
    read: () => readDecisions(database),

    /**
     * What stands, once nobody else decides anything.
     *
     * @throws UserErrors `STALE_VERSION`
     */
    async begin({ name, expectedRevision }: Deciding) {
      await lockDecisions(database)
      const decisions = await readDecisions(database)
      const before = decisions.get(name) ?? nothingDecided
      if (expectedRevision != null && expectedRevision !== before.revision)
        throw refuse(
          'STALE_VERSION',
          `expectedRevision is ${expectedRevision}, but ${name} is at ${before.revision} by now. Read it again.`,
          ['expectedRevision'],
        )
      return { decisions, before }
    },

    async decide(name: string, decision: StoredDecision): Promise<void> {
      await writeDecision(database, name, decision, { at: context.now(), userId: context.viewer.id })
      onDecided()
    },
  }
}

/** @throws UserErrors `IN_USE` */
export function assertNobodyDependsOn(name: string, { extensions }: Pick<Composition, 'extensions'>): void {
  const dependents = extensions.filter(
    ({ decision, extension: { dependsOn = {} } }) => decision.isEnabled && Object.hasOwn(dependsOn, name),
  )
  if (dependents.length === 0) return
  throw refuse(
    'IN_USE',
    `${dependents.map(one => one.name).join(', ')} depends on ${name}; disable it first.`,
    ['name'],
  )
}

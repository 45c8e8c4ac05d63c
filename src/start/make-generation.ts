import type { Context, Extension, Running } from '@trellis/sdk'
import {
  type ComposedExtension,
  type Composition,
  guardHooks,
  type PreparedComposition,
} from '../composition/index.ts'
import { extensionPostgresSchema } from '../database/migrations/index.ts'
import type { Transport } from '../delegation/index.ts'
import type { ContextDomain } from '../gateway/context/domain.ts'
import { contextFor } from '../gateway/context/extension-context.ts'
import { type ContextOptions, createContexts } from '../gateway/context/index.ts'
import type { MutationRunner } from '../gateway/mutation/run-mutation.ts'
import { wrapMutations } from '../gateway/mutation/wrap-mutations.ts'
import { wrapLimitedFields } from '../gateway/permissions/wrap-limited-fields.ts'
import { createRouter } from '../gateway/routes/router.ts'
import type { Decisions } from '../lifecycle/index.ts'
import { modules } from '../modules/index.ts'
import type { DiskStorage } from '../storage/disk-storage.ts'
import type { Supervision } from '../supervision/index.ts'
import { extensionRoutes } from './extension-routes.ts'
import type { MadeGeneration } from './generations.ts'
import { moduleRoutes } from './module-routes.ts'
import { withMovedReferences } from './move-references.ts'
import { ownersOf, type PrepareBackgroundOptions, prepareBackground } from './prepare-background.ts'
import { referencesOf } from './references.ts'
import type { Setups } from './setups.ts'

export interface MakeGenerationOptions {
  readonly prepare: (decisions: Decisions) => PreparedComposition
  readonly setups: Setups
  readonly supervision: Supervision
  /** How remote extensions are called, in place of HTTP. */
  readonly callOf?: (extension: Extension) => Transport | null
  /** What is the same in every generation. */
  readonly contexts: Omit<ContextOptions, 'schema' | 'domains' | 'runners'>
  readonly runners: WeakMap<Context, MutationRunner>
  /** What the platform itself adds to every request. */
  readonly platform: ContextDomain
  readonly disk: Pick<DiskStorage, 'area'>
  /** Done before code acts as the system for the first time. */
  readonly prepareSystem: () => Promise<void>
  /** What is the same in every generation's background. */
  readonly background: Omit<
    PrepareBackgroundOptions,
    'composition' | 'owners' | 'createOwnContext' | 'prepare'
  >
}

/**
 * Composes what was decided, sets up who composed, and makes it answer. What is served meanwhile is not touched.
 *
 * @throws CompositionError when the core or a required extension is at fault; nothing is left behind then
 */
export async function makeGeneration(
  {
    prepare,
    setups,
    supervision,
    callOf,
    contexts,
    runners,
    platform,
    disk,
    prepareSystem,
    background,
  }: MakeGenerationOptions,
  decisions: Decisions,
): Promise<MadeGeneration> {
  const prepared = prepare(decisions)
  const composed = prepared.extensions.filter(({ status }) => status === 'ENABLED')
  const held = await setups.hold(composed, decisions)
  const storage = disk.area('core')
  try {
    const composition = prepared.complete({
      supervision,
      contextFor,
      unavailable: held.unavailable,
      driftOf: held.driftOf,
      callOf: extension => callOf?.(extension) ?? held.transportOf(extension),
    })
    const { schema } = composition
    const domains = domainsOf(composition, { running: held.running, platform, supervision })
    const { createContext, createOwnContext, runnerOf } = createContexts({
      ...contexts,
      schema,
      runners,
      domains,
    })
    const owners = ownersOf(domains, disk)
    wrapMutations(schema, { runnerOf, elsewhere: elsewhereOf(composed) })
    wrapLimitedFields(schema)
    return {
      schema,
      composition,
      running: held.running,
      isWhole: held.isWhole,
      contextFor(extension, facts) {
        const owner = owners.get(extension)
        if (!owner) throw new Error(`There is no extension ${extension} to make a context for.`)
        return createOwnContext(facts, owner)
      },
      createContext,
      router: createRouter([
        ...moduleRoutes({ createOwnContext, storage }),
        ...extensionRoutes({ composition, owners, createOwnContext, prepareSystem }),
      ]),
      background: prepareBackground({
        ...background,
        composition,
        owners,
        createOwnContext,
        prepare: prepareSystem,
      }),
      dispose: held.release,
    }
  } catch (error) {
    await held.release()
    throw error
  }
}

/** Extensions in processes of their own. */
const elsewhereOf = (extensions: readonly ComposedExtension[]): ReadonlySet<string> =>
  new Set(extensions.flatMap(({ name, extension }) => (extension.isolation === 'process' ? [name] : [])))

interface DomainsOptions extends Pick<MakeGenerationOptions, 'platform' | 'supervision'> {
  readonly running: ReadonlyMap<string, Running>
}

/** The core's modules and the platform, then the extensions that run. */
const domainsOf = (
  { extensions }: Composition,
  { running, platform, supervision }: DomainsOptions,
): readonly ContextDomain[] => [
  ...modules.map(module => ({ ...module, postgresSchema: null })),
  platform,
  ...extensions
    .filter(({ status }) => status === 'ENABLED')
    .map(extension => domainOf(extension, running.get(extension.name) ?? {}, supervision)),
]

/** An extension as a request sees it: what its hooks throw names it, as what its resolvers throw does. */
const domainOf = (
  { name, extension }: ComposedExtension,
  running: Running,
  supervision: Supervision,
): ContextDomain => {
  const { scopes = [], checks, effects, merges, emits, jobs } = extension
  const supervisor = supervision.of(name, extension.limits)
  return {
    name,
    postgresSchema: extensionPostgresSchema(name),
    scopes,
    loaders: { ...extension.loaders, ...running.loaders },
    services: { ...extension.services, ...running.services },
    ...(emits && { emits }),
    ...(jobs && { jobs: new Set(Object.keys(jobs)) }),
    ...(checks && { checks: guardHooks(supervisor, 'checks', checks) }),
    ...(effects && { effects: guardHooks(supervisor, 'effects', effects) }),
    merges: withMovedReferences(
      name,
      referencesOf(extension),
      merges && guardHooks(supervisor, 'merges', merges),
    ),
  }
}

import type { Context, Running, Storage } from '@trellis/sdk'
import {
  type Answering,
  type ComposedExtension,
  type Composition,
  guardHooks,
  type PreparedComposition,
} from '../composition/index.ts'
import { extensionPostgresSchema } from '../database/migrations/index.ts'
import type { ContextDomain } from '../gateway/context/domain.ts'
import { type ContextOptions, createContexts } from '../gateway/context/index.ts'
import type { MutationRunner } from '../gateway/mutation/run-mutation.ts'
import { wrapMutations } from '../gateway/mutation/wrap-mutations.ts'
import { createRouter } from '../gateway/routes/router.ts'
import type { Decisions } from '../lifecycle/index.ts'
import { modules } from '../modules/index.ts'
import type { Supervision } from '../supervision/index.ts'
import type { MadeGeneration } from './generations.ts'
import { moduleRoutes } from './module-routes.ts'
import type { Setups } from './setups.ts'

export interface MakeGenerationOptions {
  readonly prepare: (decisions: Decisions) => PreparedComposition
  readonly setups: Setups
  readonly supervision: Supervision
  /** How remote extensions are called, in place of HTTP. */
  readonly callOf?: Answering['callOf']
  /** What is the same in every generation. */
  readonly contexts: Omit<ContextOptions, 'schema' | 'domains' | 'runners'>
  readonly runners: WeakMap<Context, MutationRunner>
  /** What the platform itself adds to every request. */
  readonly platform: ContextDomain
  /** The core's own files. */
  readonly storage: Storage
}

/**
 * Composes what was decided, sets up who composed, and makes it answer. What is served meanwhile is not touched.
 *
 * @throws CompositionError when the core or a required extension is at fault; nothing is left behind then
 */
export async function makeGeneration(
  { prepare, setups, supervision, callOf, contexts, runners, platform, storage }: MakeGenerationOptions,
  decisions: Decisions,
): Promise<MadeGeneration> {
  const prepared = prepare(decisions)
  const composed = prepared.extensions.filter(({ status }) => status === 'ENABLED')
  const held = await setups.hold(composed, decisions)
  try {
    const composition = prepared.complete({
      supervision,
      unavailable: held.unavailable,
      callOf: extension => callOf?.(extension) ?? held.transportOf(extension),
    })
    const { schema } = composition
    const { createContext, createRouteContext, runnerOf } = createContexts({
      ...contexts,
      schema,
      runners,
      domains: domainsOf(composition, { running: held.running, platform, supervision }),
    })
    wrapMutations(schema, runnerOf)
    return {
      schema,
      composition,
      running: held.running,
      createContext,
      router: createRouter(moduleRoutes({ createRouteContext, storage })),
      dispose: held.release,
    }
  } catch (error) {
    await held.release()
    throw error
  }
}

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
  const { checks, effects, merges } = extension
  const supervisor = supervision.of(name, extension.limits)
  return {
    name,
    postgresSchema: extensionPostgresSchema(name),
    loaders: { ...extension.loaders, ...running.loaders },
    services: { ...extension.services, ...running.services },
    ...(checks && { checks: guardHooks(supervisor, 'checks', checks) }),
    ...(effects && { effects: guardHooks(supervisor, 'effects', effects) }),
    ...(merges && { merges: guardHooks(supervisor, 'merges', merges) }),
  }
}

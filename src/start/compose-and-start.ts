import type { Extension } from '@trellis/sdk'
import { type ComposedExtension, type Composition, compose, guardHooks } from '../composition/index.ts'
import { extensionPostgresSchema } from '../database/migrations/index.ts'
import { columnOf } from '../entity/definition.ts'
import type { Entities, EntityDefinition } from '../entity/index.ts'
import type { ContextDomain } from '../gateway/context/domain.ts'
import type { RightsSubject } from '../modules/access/rights.ts'
import { modules } from '../modules/index.ts'
import { createCore } from './core.ts'
import { type StartExtensionsOptions, startExtensions } from './start-extensions.ts'
import { trellisVersion } from './version.ts'

export interface ComposeAndStartOptions extends Omit<StartExtensionsOptions, 'extensions'> {
  readonly extensions: readonly Extension[]
}

/** Composes, starts what composed, and composes again around those that did not start. */
export async function composeAndStart({ extensions, connection, log }: ComposeAndStartOptions) {
  let composition: Composition | undefined
  const { core, entities } = createCore(() => {
    if (!composition) throw new Error('The schema is asked before it is composed.')
    return composition
  })
  const first = compose({ core, extensions, trellisVersion })
  const composed = first.extensions.filter(({ status }) => status === 'ENABLED')
  const started = await startExtensions({ extensions: composed, connection, log })
  const { unavailable } = started
  try {
    composition = unavailable.size === 0 ? first : compose({ core, extensions, trellisVersion, unavailable })
  } catch (error) {
    // A required extension did not start: those that did are let go of.
    await started.dispose()
    throw error
  }
  for (const { name, status, problems } of composition.extensions)
    for (const problem of problems)
      if (problem.severity === 'warning')
        log.warn({ extension: name, ...problem }, 'the extension could be better')
      else log.error({ extension: name, status, ...problem }, 'the extension does not work')
  return {
    composition,
    entities,
    domains: domainsOf(composition),
    rightsSubjects: rightsSubjects(entities),
    started,
  }
}

/** An extension as a request sees it: what its hooks throw names it, as what its resolvers throw does. */
const domainOf = ({ name, extension }: ComposedExtension): ContextDomain => {
  const { loaders, services, checks, effects, merges, emits, jobs } = extension
  return {
    name,
    postgresSchema: extensionPostgresSchema(name),
    ...(loaders && { loaders }),
    ...(services && { services }),
    ...(emits && { emits }),
    ...(jobs && { jobs: new Set(Object.keys(jobs)) }),
    ...(checks && { checks: guardHooks(name, 'checks', checks) }),
    ...(effects && { effects: guardHooks(name, 'effects', effects) }),
    ...(merges && { merges: guardHooks(name, 'merges', merges) }),
  }
}

/** The core's modules, then the extensions that run. */
const domainsOf = ({ extensions }: Composition): readonly ContextDomain[] => [
  ...modules.map(module => ({ ...module, postgresSchema: null })),
  ...extensions.filter(({ status }) => status === 'ENABLED').map(domainOf),
]

/** What links an entity to the targets whose viewers see it. */
function linkOf(
  { collections, seenThrough }: EntityDefinition,
  entities: Entities,
  targets: readonly string[],
): RightsSubject['linked'] {
  const collection = seenThrough === null ? undefined : collections.get(seenThrough)
  if (!collection) return null
  const links = [...(entities.get(collection.target)?.columns.values() ?? [])]
  const to = links.find(({ anyReference }) => anyReference)?.name
  return to ? { entity: collection.target, key: collection.link.key, to, wholes: targets } : null
}

function rightsSubjects(entities: Entities): ReadonlyMap<string, RightsSubject> {
  const targets = [...entities.values()].filter(({ isTarget }) => isTarget).map(({ name }) => name)
  return new Map(
    [...entities.values()].map((entity): readonly [string, RightsSubject] => {
      const key = entity.partOf
      const linked = linkOf(entity, entities, targets)
      if (!key) return [entity.name, { partOf: null, linked }]
      const { reference } = columnOf(entity, key)
      return [entity.name, { partOf: { key, wholes: reference ? [reference.target] : targets }, linked }]
    }),
  )
}

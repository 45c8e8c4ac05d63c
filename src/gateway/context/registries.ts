import type { Check, DataContext, Effect, Loaders, Services } from '@trellis/sdk'
import type { Session } from '../../database/database.ts'
import {
  type Cursors,
  createEntityLoaders,
  createEntityService,
  createExternalReferenceLoaders,
  createModelWriter,
  type Entities,
  type Hooks,
} from '../../entity/index.ts'
import type { ContextDomain } from './domain.ts'
import { type Factory, lazyRegistry } from './lazy-registry.ts'

/** What the entries of a request's registries are made with. */
export interface Scope {
  readonly session: Session
  /** False inside a transaction, where what was read may be written a moment later. */
  readonly cache: boolean
  /** The context as this domain sees it: its `database` goes to the domain's own tables. */
  readonly contextOf: (domain: Pick<ContextDomain, 'postgresSchema'>) => DataContext
}

export interface RegistriesOptions {
  readonly entities: Entities
  readonly domains: readonly ContextDomain[]
  readonly cursors: Cursors
}

const core = { postgresSchema: null } as const

/** Collects the hooks on each entity, in the order of their owners, each with its owner's context. */
function collectHooks(domains: readonly ContextDomain[], contextOf: Scope['contextOf']): Hooks {
  const checks = new Map<string, Check[]>()
  const effects = new Map<string, Effect[]>()
  const add = <Hook>(hooks: Map<string, Hook[]>, entity: string, hook: Hook) =>
    hooks.set(entity, [...(hooks.get(entity) ?? []), hook])
  for (const domain of domains) {
    // Filed under its entity, a hook is only ever given changes of that entity: `never` says no more than that.
    for (const [entity, check] of Object.entries(domain.checks ?? {})) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
      add(checks, entity, changes => check(changes as never, contextOf(domain)))
    }
    for (const [entity, effect] of Object.entries(domain.effects ?? {})) {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
      add(effects, entity, changes => effect(changes as never, contextOf(domain)))
    }
  }
  return { checks, effects }
}

/** Lays out the registries of loaders and services, once for a schema; each request then makes its own of them. */
export function createRegistries({ entities, domains, cursors }: RegistriesOptions): {
  readonly loaders: (scope: Scope) => Loaders
  readonly services: (scope: Scope) => Services
} {
  const loaders = new Map<string, Factory<Scope>[]>()
  const services = new Map<string, Factory<Scope>[]>()
  const add = (registry: typeof loaders, name: string, factory: Factory<Scope>) =>
    registry.set(name, [...(registry.get(name) ?? []), factory])

  add(loaders, 'externalReferences', ({ session, cache }) =>
    createExternalReferenceLoaders(session.sql, cache),
  )
  for (const entity of entities.values()) {
    add(loaders, entity.plural, ({ session, cache, contextOf }) =>
      createEntityLoaders(entity, {
        entities,
        cursors,
        cache,
        database: session.sql,
        rights: contextOf(core).rights,
      }),
    )
    add(services, entity.plural, ({ session, contextOf }) =>
      createEntityService({
        entity,
        entities,
        context: contextOf(core),
        models: createModelWriter(session),
        hooks: collectHooks(domains, contextOf),
      }),
    )
  }
  for (const domain of domains) {
    for (const [name, make] of Object.entries<(context: DataContext) => object>({ ...domain.loaders }))
      add(loaders, name, ({ contextOf }) => make(contextOf(domain)))
    for (const [name, make] of Object.entries<(context: DataContext) => object>({ ...domain.services }))
      add(services, name, ({ contextOf }) => make(contextOf(domain)))
  }
  return { loaders: lazyRegistry<Loaders, Scope>(loaders), services: lazyRegistry<Services, Scope>(services) }
}

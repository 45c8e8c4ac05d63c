import type { Context, DataContext, Loaders, Services } from '@trellis/sdk'
import type { GraphQLSchema } from 'graphql'
import type { Session } from '../../database/database.ts'
import {
  type Cursors,
  createEntityLoaders,
  createEntityService,
  createExternalReferenceLoaders,
  createLookAhead,
  createMergeService,
  createModelWriter,
  createStoredFilters,
  createTargetsLoaders,
  type Entities,
  type EntityDefinition,
  loadersOf,
  type Writing,
} from '../../entity/index.ts'
import { type ContextDomain, coreDomain, type OwnDomain } from './domain.ts'
import { fileHooks } from './file-hooks.ts'
import { type Factory, lazyRegistry, type Makers } from './lazy-registry.ts'

/** What the entries of a request's registries are made with. */
export interface Scope {
  /** The request's as who asks sees it, for reads that know all tables by themselves: a domain's own is dear to make. */
  readonly context: Context
  readonly session: Session
  /** False inside a transaction, where what was read may be written a moment later. */
  readonly cache: boolean
  /**
   * The context of this domain's code, at work of its own: its `database` goes to the domain's own tables, its rights are
   * the viewer's, of an extension as far as its scopes go.
   */
  readonly contextOf: (domain: OwnDomain) => DataContext
  /** The context of the core's code, at what it is asked for: with no more rights than who asks. */
  readonly core: () => DataContext
  /** The extension that asks; `null` for the core. */
  readonly asker: Asker | null
}

/** An extension that asks for loaders and services. */
export interface Asker {
  /** The whole request's: what extensions read goes by their own scopes, so that whoever asks shares it. */
  readonly loaders: Loaders
  /** @throws TrellisError `MISSING_SCOPE` */
  readonly assertWrites: (entity: string) => void
}

/** What services are made with, beside the rest: who asks for them. */
interface ServiceScope extends Scope {
  readonly extension: string | null
}

/** What there is of a service already, only its maker knows by its type. */
type ServiceMaker = (context: DataContext, extension: string | null, made: never) => object

export interface RegistriesOptions {
  readonly entities: Entities
  /** What is served: filters that were kept are held against its types. */
  readonly schema: GraphQLSchema
  readonly domains: readonly ContextDomain[]
  readonly cursors: Cursors
  /** Whether whole trees of records are read at once, or each level by its loader. @default true */
  readonly lookAhead?: boolean
}

/** Lays out the registries of loaders and services, once for a schema; each request then makes its own of them. */
export function createRegistries({
  entities,
  schema,
  domains,
  cursors,
  lookAhead = true,
}: RegistriesOptions): {
  readonly loaders: (scope: Scope) => Loaders
  /** As this extension asks for them; `null` for the core. */
  readonly services: (scope: Scope, extension: string | null) => Services
} {
  const hooksOn = fileHooks(domains, entities)
  const loaders = new Map<string, Makers<Scope>>()
  const services = new Map<string, Makers<ServiceScope>>()
  /** Whoever asks for a write needs its scope; what the write takes and what follows from it is the core's own. */
  const writing = (entity: EntityDefinition, { session, contextOf, asker }: Scope): Writing => {
    asker?.assertWrites(entity.name)
    return {
      entity,
      entities,
      context: contextOf(coreDomain),
      models: createModelWriter(session),
      hooks: hooksOn(entity, contextOf),
    }
  }
  const add = <Of>(registry: Map<string, Makers<Of>>, name: string, factory: Factory<Of>) => {
    const before = registry.get(name)
    registry.set(name, before ? [...before, factory] : [factory])
  }

  add(loaders, 'externalReferences', ({ session, cache, context: { rights } }) =>
    createExternalReferenceLoaders({ entities, cache, database: session.sql, rights }),
  )
  add(loaders, 'targets', ({ context }) => createTargetsLoaders(entities, context))
  add(loaders, 'storedFilters', ({ context: { rights, now } }) =>
    createStoredFilters({ schema, entities, rights, now }),
  )
  add(loaders, 'lookAhead', ({ session, context }) =>
    createLookAhead({
      entities,
      cursors,
      database: session.sql,
      rights: context.rights,
      loadersOf: entity => loadersOf(context, entity),
      isOn: lookAhead,
    }),
  )
  for (const entity of entities.values()) {
    add(loaders, entity.plural, ({ session, cache, context: { rights } }) =>
      createEntityLoaders(entity, { entities, cursors, cache, database: session.sql, rights }),
    )
    add(services, entity.plural, scope => createEntityService(writing(entity, scope)))
    if (entity.mergeable) add(services, entity.plural, scope => createMergeService(writing(entity, scope)))
  }
  for (const domain of domains) {
    const isCore = domain.postgresSchema === null
    for (const [name, make] of Object.entries<(context: DataContext) => object>({ ...domain.loaders }))
      add(loaders, name, ({ core, contextOf, asker }) => {
        if (isCore) return make(core())
        return asker ? Reflect.get(asker.loaders, name) : make(contextOf(domain))
      })
    for (const [name, make] of Object.entries<ServiceMaker>({ ...domain.services }))
      add(services, name, ({ core, contextOf, extension }, made) =>
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
        make(isCore ? core() : contextOf(domain), extension, made as never),
      )
  }
  const servicesOf = lazyRegistry<Services, ServiceScope>(services)
  return {
    loaders: lazyRegistry<Loaders, Scope>(loaders),
    services: (scope, extension) => servicesOf({ ...scope, extension }),
  }
}

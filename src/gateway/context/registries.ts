import type { Check, Context, DataContext, Effect, Join, Loaders, MergeEffect, Services } from '@trellis/sdk'
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
  type Hooks,
  loadersOf,
  type Writing,
} from '../../entity/index.ts'
import { type ContextDomain, coreDomain as core, type OwnDomain } from './domain.ts'
import { type Factory, lazyRegistry } from './lazy-registry.ts'

/** What the entries of a request's registries are made with. */
export interface Scope {
  /** The request's, for reads that know all tables by themselves: a domain's own is dear to make. */
  readonly context: Context
  readonly session: Session
  /** False inside a transaction, where what was read may be written a moment later. */
  readonly cache: boolean
  /** The context as this domain sees it: its `database` goes to the domain's own tables, its services know who asks. */
  readonly contextOf: (domain: OwnDomain) => DataContext
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

type HooksOn = (entity: EntityDefinition, contextOf: Scope['contextOf']) => Hooks

/**
 * Files the hooks under their entities, in the order of their owners; each is run with its owner's context. Those on
 * `Target` are on every entity that is one.
 */
function fileHooks(domains: readonly ContextDomain[]): HooksOn {
  const hooksOf = <Hook>(
    { name, isTarget }: EntityDefinition,
    kind: (domain: ContextDomain) => Readonly<Record<string, Hook>> | undefined,
  ) =>
    domains.flatMap(domain =>
      [name, ...(isTarget ? ['Target'] : [])].flatMap(key => {
        const hook = kind(domain)?.[key]
        return hook ? [{ hook, domain }] : []
      }),
    )
  const joins = new Map(
    domains.flatMap(domain =>
      Object.entries(domain.joins ?? {}).map(([name, join]): [string, Join] => [
        name,
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- as below
        (kept, surplus) => ({ ...join(kept as never, surplus as never) }),
      ]),
    ),
  )
  // Filed under its entity, a hook is only ever given changes of that entity: `never` says no more than that.
  return (entity, contextOf) => ({
    checks: hooksOf(entity, ({ checks }) => checks).map(({ hook, domain }): Check => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
      return changes => hook(changes as never, contextOf(domain))
    }),
    effects: hooksOf(entity, ({ effects }) => effects).map(({ hook, domain }): Effect => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
      return changes => hook(changes as never, contextOf(domain))
    }),
    merges: hooksOf(entity, ({ merges }) => merges).map(({ hook, domain }): MergeEffect => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
      return merges => hook(merges as never, contextOf(domain))
    }),
    joins,
  })
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
  const hooksOn = fileHooks(domains)
  const loaders = new Map<string, Factory<Scope>[]>()
  const services = new Map<string, Factory<ServiceScope>[]>()
  const writing = (entity: EntityDefinition, { session, contextOf }: Scope): Writing => ({
    entity,
    entities,
    context: contextOf(core),
    models: createModelWriter(session),
    hooks: hooksOn(entity, contextOf),
  })
  const add = <Of>(registry: Map<string, Factory<Of>[]>, name: string, factory: Factory<Of>) =>
    registry.set(name, [...(registry.get(name) ?? []), factory])

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
    for (const [name, make] of Object.entries<(context: DataContext) => object>({ ...domain.loaders }))
      add(loaders, name, ({ contextOf }) => make(contextOf(domain)))
    for (const [name, make] of Object.entries<ServiceMaker>({ ...domain.services }))
      add(services, name, ({ contextOf, extension }, made) =>
        // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
        make(contextOf(domain), extension, made as never),
      )
  }
  const servicesOf = lazyRegistry<Services, ServiceScope>(services)
  return {
    loaders: lazyRegistry<Loaders, Scope>(loaders),
    services: (scope, extension) => servicesOf({ ...scope, extension }),
  }
}

import type { Check, Effect } from './change.ts'
import type { DataContext, Loaders, Records, Services } from './context.ts'
import type { Join, MergeEffect } from './merge.ts'
import type { Routes } from './route.ts'
import type { TypeDefs } from './type-defs.ts'

/** Resolvers by type and field, scalars and enums included, as @graphql-tools/schema takes them. */
export type ResolverMap = Readonly<Record<string, unknown>>

interface Hooks<Row> {
  readonly check: Check<Row>
  readonly effect: Effect<Row>
  readonly merge: MergeEffect<Row>
}

type PerEntity<Hook extends keyof Hooks<never>> = {
  readonly [Entity in keyof Records]?: Hooks<Records[Entity]>[Hook]
} & {
  /** On every entity that is a `Target`. */
  readonly Target?: Hooks<Readonly<Record<string, unknown>>>[Hook]
}

/** Entries of the registries that every request has. */
export interface RegistryFactories {
  /** How each registry entry is made: anew for each request, when it is first asked for. */
  readonly loaders?: Factories<Loaders>
  /** As the loaders; inside a mutation they are bound to its transaction. */
  readonly services?: ServiceFactories
}

/** What a module of the core and an extension have in common. */
export interface Domain extends RegistryFactories {
  readonly typeDefs: TypeDefs
  readonly resolvers?: ResolverMap
  /** Before a write to a core entity commits: refuse or amend. */
  readonly checks?: PerEntity<'check'>
  /** After a write to a core entity, in its transaction. */
  readonly effects?: PerEntity<'effect'>
  /** After records of a core entity became one, in the transaction. */
  readonly merges?: PerEntity<'merge'>
}

/** An entry that entities have already, such as `opportunities`, is added to; any other is its maker's own. */
type Factories<Registry> = {
  readonly [Name in keyof Registry]?: (context: DataContext) => Partial<Registry[Name]>
}

/**
 * As the loaders' are; `extension` is the name of the extension that asks for the service, `null` for the core, and
 * `made` what there is of the service already, such as the writes that every entity has: for who does more in their place.
 */
type ServiceFactories = {
  readonly [Name in keyof Services]?: (
    context: DataContext,
    extension: string | null,
    made: Services[Name],
  ) => Partial<Services[Name]>
}

/** One domain of the core. */
export interface Module extends Domain {
  /** Unique among modules. */
  readonly name: string
  /** Events that it leaves in the outbox besides those of every entity, such as `case.sla_failed`. @default none */
  readonly announces?: readonly string[]
  /** Addresses beside GraphQL. @default none */
  readonly routes?: Routes
  /** By entity: what a row takes over from one that is deleted because what both point to was merged. */
  readonly joins?: { readonly [Entity in keyof Records]?: Join<Records[Entity]> }
}

/** Declares a module; checks its shape at compile time and nothing else. */
export const defineModule = (module: Module): Module => module

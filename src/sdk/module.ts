import type { Check, Effect } from './change.ts'
import type { DataContext, Loaders, Records, Services } from './context.ts'
import type { TypeDefs } from './type-defs.ts'

/** Resolvers by type and field, scalars and enums included, as @graphql-tools/schema takes them. */
export type ResolverMap = Readonly<Record<string, unknown>>

type PerEntity<Hook extends 'check' | 'effect'> = {
  readonly [Entity in keyof Records]?: Hook extends 'check' ? Check<Records[Entity]> : Effect<Records[Entity]>
}

/** What a module of the core and an extension have in common. */
export interface Domain {
  readonly typeDefs: TypeDefs
  readonly resolvers?: ResolverMap
  /** Made anew for each request. */
  readonly loaders?: (context: DataContext) => DeepPartial<Loaders>
  /** Made anew for each request; inside a mutation they are bound to its transaction. */
  readonly services?: (context: DataContext) => DeepPartial<Services>
  /** Before a write to a core entity commits: refuse or amend. */
  readonly checks?: PerEntity<'check'>
  /** After a write to a core entity, in its transaction. */
  readonly effects?: PerEntity<'effect'>
}

type DeepPartial<Registry> = { readonly [Key in keyof Registry]?: Partial<Registry[Key]> }

/** One domain of the core. */
export interface Module extends Domain {
  /** Unique among modules. */
  readonly name: string
}

/** Declares a module; checks its shape at compile time and nothing else. */
export const defineModule = (module: Module): Module => module


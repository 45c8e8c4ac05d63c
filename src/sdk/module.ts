import type { Check, Effect } from './change.ts'
import type { DataContext, Loaders, Records, Services } from './context.ts'
import type { Route } from './route.ts'
import type { TypeDefs } from './type-defs.ts'

/** Resolvers by type and field, scalars and enums included, as @graphql-tools/schema takes them. */
export type ResolverMap = Readonly<Record<string, unknown>>

type PerEntity<Hook extends 'check' | 'effect'> = {
  readonly [Entity in keyof Records]?: Hook extends 'check' ? Check<Records[Entity]> : Effect<Records[Entity]>
} & {
  /** On every entity that is a `Target`. */
  readonly Target?: Hook extends 'check' ? Check : Effect
}

/** What a module of the core and an extension have in common. */
export interface Domain {
  readonly typeDefs: TypeDefs
  readonly resolvers?: ResolverMap
  /** How each registry entry is made: anew for each request, when it is first asked for. */
  readonly loaders?: Factories<Loaders>
  /** As the loaders; inside a mutation they are bound to its transaction. */
  readonly services?: Factories<Services>
  /** Before a write to a core entity commits: refuse or amend. */
  readonly checks?: PerEntity<'check'>
  /** After a write to a core entity, in its transaction. */
  readonly effects?: PerEntity<'effect'>
}

/** An entry that entities have already, such as `opportunities`, is added to; any other is its maker's own. */
type Factories<Registry> = {
  readonly [Name in keyof Registry]?: (context: DataContext) => Partial<Registry[Name]>
}

/** One domain of the core. */
export interface Module extends Domain {
  /** Unique among modules. */
  readonly name: string
  /** Addresses beside GraphQL. @default none */
  readonly routes?: readonly Route[]
}

/** Declares a module; checks its shape at compile time and nothing else. */
export const defineModule = (module: Module): Module => module

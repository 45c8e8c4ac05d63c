import type { DataContext, Domain, Emits, UserError } from '@trellis/sdk'

/** A hook whose entity, and so whose changes' type, is known by name only. */
type Hook<Result> = (changes: never, context: DataContext) => Result | Promise<Result>

/** A module or an extension, as far as a request has to do with it. */
export interface ContextDomain extends Pick<Domain, 'loaders' | 'services'> {
  readonly name: string
  /** The PostgreSQL schema of an extension's own tables; `null` for the core. */
  readonly postgresSchema: string | null
  /** What an extension's code may do with the core's records. @default nothing */
  readonly scopes?: readonly string[]
  readonly checks?: Readonly<Record<string, Hook<readonly UserError[]>>>
  readonly effects?: Readonly<Record<string, Hook<void>>>
  readonly merges?: Readonly<Record<string, Hook<void>>>
  /** What an extension tells others of. */
  readonly emits?: Emits
  /** The names of an extension's jobs. */
  readonly jobs?: ReadonlySet<string>
  readonly joins?: Readonly<Record<string, (kept: never, surplus: never) => object>>
}

/** What the context of a domain's own is made with. */
export type OwnDomain = Pick<ContextDomain, 'name' | 'postgresSchema' | 'scopes' | 'emits' | 'jobs'>

/** The core's modules share theirs. */
export const coreDomain: OwnDomain = { name: 'core', postgresSchema: null }

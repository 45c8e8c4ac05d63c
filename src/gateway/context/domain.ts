import type { Domain } from '@trellis/sdk'

/** A module or an extension, as far as a request has to do with it. */
export interface ContextDomain extends Pick<Domain, 'loaders' | 'services' | 'checks' | 'effects'> {
  readonly name: string
  /** The PostgreSQL schema of an extension's own tables; `null` for the core. */
  readonly postgresSchema: string | null
}

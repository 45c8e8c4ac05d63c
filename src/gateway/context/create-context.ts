import type { Context, DataContext, Rights, Viewer } from '@trellis/sdk'
import type { Session } from '../../database/database.ts'
import type { Entities } from '../../entity/index.ts'
import { dataContext } from './data-context.ts'
import type { OwnDomain } from './domain.ts'
import type { createRegistries, Scope } from './registries.ts'

/** What is known of a request whatever connection it is on. */
export type RequestFacts = Pick<
  Context,
  'requestId' | 'viewer' | 'log' | 'signal' | 'now' | 'settings' | 'dryRun'
>

export interface ContextMakerOptions {
  readonly entities: Entities
  readonly registries: ReturnType<typeof createRegistries>
  readonly rightsOf: (viewer: Viewer) => Rights
}

/** A context, and the hand that puts it on another connection between two mutations. */
export interface RequestContext {
  readonly context: Context
  /** Forgets what was read, and reads from this session from now on. */
  readonly renew: (session: Session) => void
  /** The context as this domain's own code sees it. */
  readonly contextOf: (domain: OwnDomain) => DataContext
}

/**
 * Makes contexts. Loaders cache for as long as the request only reads; inside a transaction they do not, and
 * only there are services to be had.
 */
export function createContextMaker({ entities, registries, rightsOf }: ContextMakerOptions) {
  return (
    facts: RequestFacts,
    session: Session,
    { transactional }: { readonly transactional: boolean },
  ): RequestContext => {
    const scopeFor = (over: Session): Scope => {
      const made = new Map<string | null, DataContext>()
      return {
        session: over,
        cache: !transactional,
        contextOf(domain) {
          const { postgresSchema } = domain
          const known = made.get(postgresSchema) ?? dataContext(context, { entities, session: over, domain })
          made.set(postgresSchema, known)
          return known
        },
      }
    }
    let scope = scopeFor(session)
    let loaders = registries.loaders(scope)
    const context: Context = {
      ...facts,
      rights: rightsOf(facts.viewer),
      get loaders() {
        return loaders
      },
      get services() {
        if (!transactional)
          throw new Error('Services write, so they are for mutations only; read through loaders.')
        return registries.services(scope)
      },
    }
    return {
      context,
      contextOf: domain => scope.contextOf(domain),
      renew(over) {
        scope = scopeFor(over)
        loaders = registries.loaders(scope)
      },
    }
  }
}

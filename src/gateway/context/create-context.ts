import type { Context, DataContext, Rights, Services, Viewer } from '@trellis/sdk'
import type { Session } from '../../database/database.ts'
import type { Entities } from '../../entity/index.ts'
import { dataContext } from './data-context.ts'
import type { OwnDomain } from './domain.ts'
import type { createRegistries, Scope } from './registries.ts'
import { requestHead, type WithRequestHead } from './request-head.ts'

/** What is known of a request whatever connection it is on. */
export type RequestFacts = Pick<
  Context,
  'requestId' | 'viewer' | 'log' | 'signal' | 'now' | 'settings' | 'dryRun'
> &
  WithRequestHead

export interface ContextMakerOptions {
  readonly entities: Entities
  readonly registries: ReturnType<typeof createRegistries>
  readonly rightsOf: (viewer: Viewer) => Rights
  /** The signal for whoever asks: an extension's call may have to end before the request does. */
  readonly signalFor: (request: AbortSignal) => AbortSignal
}

/** A context, and the hand that puts it on another connection between two mutations. */
export interface RequestContext {
  readonly context: Context
  /** Forgets what was read, and reads from this session from now on. */
  readonly renew: (session: Session) => void
  /** The context as this domain's own code sees it. */
  readonly contextOf: (domain: OwnDomain) => DataContext
}

interface ContextUse {
  readonly transactional: boolean
  /** Whose mutation it is for; `null` for the core's. @default null */
  readonly extension?: string | null
}

/**
 * Makes contexts. Loaders cache for as long as the request only reads; inside a transaction they do not, and
 * only there are services to be had.
 */
export function createContextMaker({ entities, registries, rightsOf, signalFor }: ContextMakerOptions) {
  return (
    facts: RequestFacts,
    session: Session,
    { transactional, extension = null }: ContextUse,
  ): RequestContext => {
    const servicesFor = (asking: string | null): Services => {
      if (!transactional)
        throw new Error('Services write, so they are for mutations only; read through loaders.')
      return registries.services(scope, asking)
    }
    const { requestId, viewer, log, signal, now, settings, dryRun } = facts
    const context: Context & WithRequestHead = {
      requestId,
      viewer,
      log,
      now,
      settings,
      dryRun,
      [requestHead]: facts[requestHead],
      rights: rightsOf(viewer),
      get signal() {
        return signalFor(signal)
      },
      get loaders() {
        return loaders
      },
      get services() {
        return servicesFor(extension)
      },
    }
    const scopeFor = (over: Session): Scope => {
      const made = new Map<string | null, DataContext>()
      return {
        context,
        session: over,
        cache: !transactional,
        contextOf(domain) {
          const { name, postgresSchema } = domain
          const asking = postgresSchema === null ? null : name
          const servicesOf = () => servicesFor(asking)
          const known =
            made.get(postgresSchema) ?? dataContext(context, { entities, session: over, domain, servicesOf })
          made.set(postgresSchema, known)
          return known
        },
      }
    }
    let scope = scopeFor(session)
    let loaders = registries.loaders(scope)
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

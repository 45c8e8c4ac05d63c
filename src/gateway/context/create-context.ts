import type { Context, DataContext, Rights, Services, Viewer } from '@trellis/sdk'
import type { Kysely } from 'kysely'
import type { Session } from '../../database/database.ts'
import { type Entities, readableRecords } from '../../entity/index.ts'
import type { createRegistries, Scope } from './registries.ts'
import type { WithRequestHead } from './request-head.ts'

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
    const scopeFor = (over: Session): Scope => {
      const made = new Map<string | null, DataContext>()
      return {
        session: over,
        cache: !transactional,
        contextOf({ name, postgresSchema }) {
          const asking = postgresSchema === null ? null : name
          const servicesOf = () => servicesFor(asking)
          const known =
            made.get(postgresSchema) ??
            dataContext(context, { entities, session: over, postgresSchema, servicesOf })
          made.set(postgresSchema, known)
          return known
        },
      }
    }
    let scope = scopeFor(session)
    let loaders = registries.loaders(scope)
    const { requestId, viewer, log, signal, now, settings, dryRun } = facts
    const context: Context = {
      requestId,
      viewer,
      log,
      now,
      settings,
      dryRun,
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
    return {
      context,
      renew(over) {
        scope = scopeFor(over)
        loaders = registries.loaders(scope)
      },
    }
  }
}

interface DataContextOptions {
  readonly entities: Entities
  readonly session: Session
  readonly postgresSchema: string | null
  /** The services as the owner of that schema asks for them, whoever's mutation it is in. */
  readonly servicesOf: () => Services
}

/** The same context with the database behind it. Its getters stay the request's, so it is no copy. */
function dataContext(
  context: Context,
  { entities, session: { sql }, postgresSchema, servicesOf }: DataContextOptions,
): DataContext {
  const own = postgresSchema === null ? sql : sql.withSchema(postgresSchema)
  // Which tables there are, only the caller knows: its Prisma schema made the type.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- said above
  const database = <Tables>(): Kysely<Tables> => own as unknown as Kysely<Tables>
  const readable = readableRecords(entities, context.rights)
  return Object.create(context, {
    database: { value: database },
    readable: { value: readable },
    services: { get: servicesOf },
  })
}

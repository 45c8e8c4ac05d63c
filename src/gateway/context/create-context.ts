import type { Context, DataContext, Rights, Services, Viewer } from '@trellis/sdk'
import type { Session } from '../../database/database.ts'
import type { Entities } from '../../entity/index.ts'
import { dataContext } from './data-context.ts'
import { coreDomain, type OwnDomain } from './domain.ts'
import { extensionContext, extensionDataContext, type WithExtensionContext } from './extension-context.ts'
import type { Asker, createRegistries, Scope } from './registries.ts'
import { requestHead, type WithRequestHead } from './request-head.ts'
import { assertScope, scopedRights } from './scoped-rights.ts'

/** What is known of a request whatever connection it is on. */
export type RequestFacts = Pick<
  Context,
  'requestId' | 'viewer' | 'log' | 'signal' | 'now' | 'settings' | 'dryRun'
> &
  WithRequestHead

export interface ContextMakerOptions {
  readonly entities: Entities
  readonly registries: ReturnType<typeof createRegistries>
  /** Those that run, by name. */
  readonly extensions: ReadonlyMap<string, OwnDomain>
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

/** What is read and written over one connection. */
interface View {
  readonly scope: Scope
  readonly loaders: Context['loaders']
  /** The same as an extension asks for it. */
  readonly askedBy: (extension: OwnDomain) => Pick<View, 'scope' | 'loaders'>
}

/**
 * Makes contexts. Loaders cache for as long as the request only reads; inside a transaction they do not, and
 * only there are services to be had. An extension's code sees a context of its own, made when it is first called.
 */
export function createContextMaker({
  entities,
  registries,
  extensions,
  rightsOf,
  signalFor,
}: ContextMakerOptions) {
  return (
    facts: RequestFacts,
    session: Session,
    { transactional }: { readonly transactional: boolean },
  ): RequestContext => {
    const servicesFor = (scope: Scope, extension: string | null): Services => {
      if (!transactional)
        throw new Error('Services write, so they are for mutations only; read through loaders.')
      return registries.services(scope, extension)
    }

    /** The core's code on behalf of an extension: with the extension's rights, under no name. */
    const onBehalf = (extension: OwnDomain, scope: Scope): DataContext =>
      dataContext(scopedContext(extension), {
        entities,
        session: scope.session,
        domain: coreDomain,
        servicesOf: () => servicesFor(scope, null),
      })

    const viewOver = (over: Session): View => {
      const made = new Map<string | null, DataContext>()
      // Most requests call no extension.
      let asked: Map<string, Pick<View, 'scope' | 'loaders'>> | undefined
      const contextOf: Scope['contextOf'] = domain => {
        const { name, postgresSchema } = domain
        const isCore = postgresSchema === null
        const known =
          made.get(postgresSchema) ??
          dataContext(isCore ? context : scopedContext(domain), {
            entities,
            session: over,
            domain,
            servicesOf: () => (isCore ? servicesFor(scope, null) : servicesFor(askedBy(domain).scope, name)),
          })
        made.set(postgresSchema, known)
        return known
      }
      const basis = { session: over, cache: !transactional, contextOf }
      const scope: Scope = { ...basis, context, core: () => contextOf(coreDomain), asker: null }
      const whole = registries.loaders(scope)
      const askedBy: View['askedBy'] = extension => {
        const before = asked?.get(extension.name)
        if (before) return before
        let core: DataContext | undefined
        const asker: Asker = {
          loaders: whole,
          assertWrites: entity => assertScope(extension, entity, 'write', entities),
        }
        const own: Scope = {
          ...basis,
          context: scopedContext(extension),
          core: () => (core ??= onBehalf(extension, own)),
          asker,
        }
        const theirs = { scope: own, loaders: registries.loaders(own) }
        asked ??= new Map()
        asked.set(extension.name, theirs)
        return theirs
      }
      return { scope, loaders: whole, askedBy }
    }

    let scoped: Map<string, Context> | undefined
    const scopedContext = (extension: OwnDomain): Context => {
      const { name } = extension
      const known = scoped?.get(name) ?? extensionsContext(extension)
      scoped ??= new Map()
      scoped.set(name, known)
      return known
    }
    /** The request's, so that its getters stay the request's; the rights, and what is reached with them, are the extension's. */
    const extensionsContext = (extension: OwnDomain): Context =>
      Object.create(context, {
        rights: { value: scopedRights(context.rights, extension, entities), enumerable: true },
        loaders: { get: () => view.askedBy(extension).loaders, enumerable: true },
        services: {
          get: () => servicesFor(view.askedBy(extension).scope, extension.name),
          enumerable: true,
        },
      })

    const extensionNamed = (name: string): OwnDomain => {
      const extension = extensions.get(name)
      if (!extension) throw new Error(`There is no extension ${name} to make a context for.`)
      return extension
    }

    const { requestId, viewer, log, signal, now, settings, dryRun } = facts
    const context: Context & WithRequestHead & WithExtensionContext = {
      requestId,
      viewer,
      log,
      now,
      settings,
      dryRun,
      [requestHead]: facts[requestHead],
      [extensionContext]: name => scopedContext(extensionNamed(name)),
      [extensionDataContext]: name => view.scope.contextOf(extensionNamed(name)),
      rights: rightsOf(viewer),
      get signal() {
        return signalFor(signal)
      },
      get loaders() {
        return view.loaders
      },
      get services() {
        return servicesFor(view.scope, null)
      },
    }
    let view = viewOver(session)
    return {
      context,
      contextOf: domain => view.scope.contextOf(domain),
      renew(over) {
        view = viewOver(over)
      },
    }
  }
}

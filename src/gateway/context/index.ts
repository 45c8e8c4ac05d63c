import type { BackgroundContext, Context, DataContext, Rights, Settings, Storage, Viewer } from '@trellis/sdk'
import { getOperationAST } from 'graphql'
import type { Database } from '../../database/database.ts'
import type { CreateContext } from '../generation.ts'
import { idempotentRequest } from '../mutation/idempotency.ts'
import { createMutationRunner, type MutationRunner } from '../mutation/run-mutation.ts'
import type { RouteFacts } from '../routes/router.ts'
import { retryConflicts } from '../write-conflict.ts'
import { createContextMaker } from './create-context.ts'
import type { OwnDomain } from './domain.ts'
import { createRegistries, type RegistriesOptions } from './registries.ts'
import { requestHead } from './request-head.ts'

export interface ContextOptions extends RegistriesOptions {
  /** Keeps the runners of operations' mutations, of all generations of the schema. @default one of its own */
  readonly runners?: WeakMap<Context, MutationRunner>
  readonly database: Database
  readonly rightsOf: (viewer: Viewer) => Rights
  readonly settings: Settings
  /** @default the request's own, for everybody */
  readonly signalFor?: (request: AbortSignal) => AbortSignal
  /** @default the clock */
  readonly now?: () => Date
  /** The request that an operation's mutations are done once for. @default by its header `Idempotency-Key` */
  readonly idempotentOf?: typeof idempotentRequest
}

/** Whose code a context is for that no operation runs. */
export interface ContextOwner {
  readonly domain: OwnDomain
  /** Where it stores bytes. */
  readonly storage: Storage
}

/** Makes the contexts of operations, and knows the runner of each one's mutations. */
export function createContexts({
  runners = new WeakMap(),
  database,
  rightsOf,
  settings,
  signalFor = request => request,
  now = () => new Date(),
  idempotentOf = idempotentRequest,
  ...options
}: ContextOptions): {
  readonly createContext: CreateContext
  /** Makes the context of a route, an event or a job. */
  readonly createOwnContext: (facts: RouteFacts, owner: ContextOwner) => BackgroundContext
  /** `null` for an operation that is no mutation. */
  readonly runnerOf: (context: Context) => MutationRunner | null
} {
  const make = createContextMaker({
    entities: options.entities,
    registries: createRegistries(options),
    extensions: new Map(
      options.domains.flatMap(domain => (domain.postgresSchema === null ? [] : [[domain.name, domain]])),
    ),
    rightsOf,
    signalFor,
  })
  return {
    createContext({ viewer, requestId, log, signal, request, document, operationName, variables }) {
      const operation = getOperationAST(document, operationName)
      const dryRun = operation?.directives?.some(({ name }) => name.value === 'dryRun') ?? false
      const facts = { requestId, viewer, log, signal, now, settings, dryRun, [requestHead]: request }
      const { context, renew } = make(facts, database.session, { transactional: false })
      if (operation?.operation === 'mutation')
        runners.set(
          context,
          createMutationRunner({
            database,
            viewerId: viewer.id,
            dryRun,
            idempotent: idempotentOf({ request, document, operationName, variables, viewer }),
            transactional: session => make(facts, session, { transactional: true }).context,
            renew,
          }),
        )
      return context
    },
    createOwnContext(known, { domain, storage }) {
      const facts = { ...known, now, settings, dryRun: false }
      const { contextOf, renew } = make(facts, database.session, { transactional: false })
      type Work<Result> = (context: DataContext) => Promise<Result>
      const attempt = async <Result>(work: Work<Result>): Promise<Result> => {
        const opened = await database.begin()
        try {
          const result = await work(make(facts, opened.session, { transactional: true }).contextOf(domain))
          await opened.commit()
          return result
        } catch (error) {
          await opened.rollback()
          throw error
        }
      }
      const transaction: BackgroundContext['transaction'] = async work => {
        try {
          return await retryConflicts(() => attempt(work))
        } finally {
          renew(database.session)
        }
      }
      return Object.create(contextOf(domain), {
        storage: { value: storage },
        transaction: { value: transaction },
      })
    },
    runnerOf: context => runners.get(context) ?? null,
  }
}

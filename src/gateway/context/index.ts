import type { Context, Rights, RouteContext, Settings, Storage, Viewer } from '@trellis/sdk'
import { getOperationAST } from 'graphql'
import type { Database } from '../../database/database.ts'
import { idempotentRequest } from '../mutation/idempotency.ts'
import { createMutationRunner, type MutationRunner } from '../mutation/run-mutation.ts'
import type { CreateContext } from '../plugins/use-context.ts'
import type { RouteFacts } from '../routes/router.ts'
import { retryConflicts } from '../write-conflict.ts'
import { createContextMaker } from './create-context.ts'
import { createRegistries, type RegistriesOptions } from './registries.ts'

export interface ContextOptions extends RegistriesOptions {
  readonly database: Database
  readonly rightsOf: (viewer: Viewer) => Rights
  readonly settings: Settings
  /** @default the clock */
  readonly now?: () => Date
}

/** Makes the contexts of operations, and knows the runner of each one's mutations. */
export function createContexts({
  database,
  rightsOf,
  settings,
  now = () => new Date(),
  ...options
}: ContextOptions): {
  readonly createContext: CreateContext
  /** Makes the context of a request to a route, whose owner stores bytes there. */
  readonly createRouteContext: (facts: RouteFacts, storage: Storage) => RouteContext
  /** `null` for an operation that is no mutation. */
  readonly runnerOf: (context: Context) => MutationRunner | null
} {
  const make = createContextMaker({
    entities: options.entities,
    registries: createRegistries(options),
    rightsOf,
  })
  const runners = new WeakMap<Context, MutationRunner>()
  return {
    createContext({ viewer, requestId, log, signal, request, document, operationName, variables }) {
      const operation = getOperationAST(document, operationName)
      const dryRun = operation?.directives?.some(({ name }) => name.value === 'dryRun') ?? false
      const facts = { requestId, viewer, log, signal, now, settings, dryRun }
      const { context, renew } = make(facts, database.session, { transactional: false })
      if (operation?.operation === 'mutation')
        runners.set(
          context,
          createMutationRunner({
            database,
            viewerId: viewer.id,
            dryRun,
            idempotent: idempotentRequest({ request, document, operationName, variables, viewer }),
            transactional: (session, extension) =>
              make(facts, session, { transactional: true, extension }).context,
            renew,
          }),
        )
      return context
    },
    createRouteContext(known, storage) {
      const facts = { ...known, now, settings, dryRun: false }
      const { context, renew } = make(facts, database.session, { transactional: false })
      type Work<Result> = (context: Context) => Promise<Result>
      const attempt = async <Result>(work: Work<Result>): Promise<Result> => {
        const opened = await database.begin()
        try {
          const result = await work(make(facts, opened.session, { transactional: true }).context)
          await opened.commit()
          return result
        } catch (error) {
          await opened.rollback()
          throw error
        }
      }
      const transaction: RouteContext['transaction'] = async work => {
        try {
          return await retryConflicts(() => attempt(work))
        } finally {
          renew(database.session)
        }
      }
      return Object.create(context, { storage: { value: storage }, transaction: { value: transaction } })
    },
    runnerOf: context => runners.get(context) ?? null,
  }
}

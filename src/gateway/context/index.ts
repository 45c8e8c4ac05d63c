import type { Context, Rights, Viewer } from '@trellis/sdk'
import { getOperationAST } from 'graphql'
import type { Database } from '../../database/database.ts'
import { idempotentRequest } from '../mutation/idempotency.ts'
import { createMutationRunner, type MutationRunner } from '../mutation/run-mutation.ts'
import type { CreateContext } from '../plugins/use-context.ts'
import { createContextMaker } from './create-context.ts'
import { createRegistries, type RegistriesOptions } from './registries.ts'

export interface ContextOptions extends RegistriesOptions {
  readonly database: Database
  readonly rightsOf: (viewer: Viewer) => Rights
  /** @default the clock */
  readonly now?: () => Date
}

/** Makes the contexts of operations, and knows the runner of each one's mutations. */
export function createContexts({ database, rightsOf, now = () => new Date(), ...options }: ContextOptions): {
  readonly createContext: CreateContext
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
      const facts = { requestId, viewer, log, signal, now, dryRun }
      const { context, renew } = make(facts, database.session, { transactional: false })
      if (operation?.operation === 'mutation')
        runners.set(
          context,
          createMutationRunner({
            database,
            viewerId: viewer.id,
            dryRun,
            idempotent: idempotentRequest({ request, document, operationName, variables, viewer }),
            transactional: session => make(facts, session, { transactional: true }).context,
            renew,
          }),
        )
      return context
    },
    runnerOf: context => runners.get(context) ?? null,
  }
}

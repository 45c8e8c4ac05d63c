import { type Context, type UserError, UserErrors } from '@trellis/sdk'
import { sql } from 'kysely'
import type { Database, OpenTransaction, Session } from '../../database/database.ts'
import { retryConflicts } from '../write-conflict.ts'
import { claim, type IdempotentRequest, keepAnswer } from './idempotency.ts'

export interface MutationRunnerOptions {
  readonly database: Database
  readonly viewerId: string
  readonly dryRun: boolean
  readonly idempotent: IdempotentRequest | null
  /** The context of a mutation field: on the mutation's transaction. */
  readonly transactional: (session: Session) => Context
  /** Called when what the request reads from now on has changed. */
  readonly renew: (session: Session) => void
}

/** What a refused mutation answers: the payload's other fields are null. */
export interface Refused {
  readonly userErrors: readonly UserError[]
}

/** What a mutation field does. It may be asked to do it again, in another transaction, when nothing is left of what it did. */
export type Work = (context: Context) => unknown

/** Runs the mutation fields of one operation, each in a transaction of its own. */
export interface MutationRunner {
  /** The request that its fields are done once for; `null` for one without a key. */
  readonly idempotent: IdempotentRequest | null
  /** @param path where the answer has the field */
  run(path: string, work: Work): Promise<unknown>
  /** Runs a field whose transaction another process has: none is opened, and no answer kept, here. */
  pass(work: () => unknown): Promise<unknown>
  /** After the whole answer is made: takes a dry run back. */
  end(): Promise<void>
}

export function createMutationRunner(options: MutationRunnerOptions): MutationRunner {
  return options.dryRun ? dryRunner(options) : committingRunner(options)
}

function committingRunner({
  database,
  viewerId,
  idempotent,
  transactional,
  renew,
}: MutationRunnerOptions): MutationRunner {
  /** In a transaction, and with loaders and services, that nothing was done with before. */
  const attempt = async (path: string, work: Work): Promise<unknown> => {
    const transaction = await database.begin()
    const { session } = transaction
    const place = { viewerId, path: idempotent?.path ?? path }
    try {
      const before = idempotent && (await claim(session, idempotent, place))
      const answer = before ? before.answer : await work(transactional(session))
      if (idempotent && !before) await keepAnswer(session, idempotent, place, answer)
      await transaction.commit()
      return answer
    } catch (error) {
      await transaction.rollback()
      return refusedOr(error)
    }
  }
  // What is selected of the payload is read after the commit, and not from what was read before it.
  const renewed = async (work: () => unknown): Promise<unknown> => {
    try {
      return await work()
    } finally {
      renew(database.session)
    }
  }
  return {
    idempotent,
    run: (path, work) => renewed(() => retryConflicts(() => attempt(path, work))),
    pass: renewed,
    end: async () => undefined,
  }
}

/**
 * One transaction for the whole operation, so that each mutation sees what the ones before it would have
 * done, and so does what is selected of the payloads; it is never committed.
 */
function dryRunner({ database, transactional, renew }: MutationRunnerOptions): MutationRunner {
  let transaction: OpenTransaction | undefined
  return {
    idempotent: null,
    // There is nothing that could be taken back here: whoever does it elsewhere refuses.
    pass: async work => work(),
    async run(_path, work) {
      transaction ??= await database.begin()
      const { session } = transaction
      await sql`savepoint field`.execute(session.sql)
      const attempt = async (): Promise<unknown> => {
        try {
          return await work(transactional(session))
        } catch (error) {
          // Gives back the records that it held, too, so that it may be done again from here.
          await sql`rollback to savepoint field`.execute(session.sql)
          return refusedOr(error)
        }
      }
      try {
        return await retryConflicts(attempt)
      } finally {
        renew(session)
      }
    },
    end: async () => transaction?.rollback(),
  }
}

function refusedOr(error: unknown): Refused {
  if (error instanceof UserErrors) return { userErrors: error.userErrors }
  throw error
}

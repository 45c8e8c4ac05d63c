import { TrellisError } from '@trellis/sdk'
import { causesOf, databaseCodesOf } from './database-failure.ts'

/**
 * What PostgreSQL (https://www.postgresql.org/docs/current/mvcc-serialization-failure-handling.html) takes a transaction
 * back for because of what others write at the same time, a deadlock or a conflict, and Prisma's word for both.
 */
const codes: ReadonlySet<unknown> = new Set(['40P01', '40001', 'P2034'])

/** How Prisma's driver puts it where Prisma itself does not look, such as at a commit. */
const message = 'TransactionWriteConflict'

const isWriteConflict = (failure: unknown): boolean =>
  causesOf(failure).some(
    cause => cause.message === message || databaseCodesOf(cause).some(code => codes.has(code)),
  )

/** Each wait for a deadlock to be noticed takes a second, so a client that is to try again hears of it within five. */
const mostRetries = 3

/**
 * Does work of which nothing is left when it fails, and does it again where others were writing the same records.
 * The database has let the others go on by then, so the next attempt waits for them.
 *
 * @throws TrellisError `WRITE_CONFLICT` when that happened to every attempt
 */
export async function retryConflicts<Result>(attempt: () => Promise<Result>): Promise<Result> {
  for (let retries = 0; ; retries += 1) {
    try {
      return await attempt()
    } catch (failure) {
      if (!isWriteConflict(failure)) throw failure
      if (retries === mostRetries)
        throw new TrellisError(
          'WRITE_CONFLICT',
          'Others were writing the same records at the same time, and nothing was written. Send it again.',
          { cause: failure },
        )
    }
  }
}

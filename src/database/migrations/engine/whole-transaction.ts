import { isDriverAdapterError, type SqlDriverAdapter } from '@prisma/driver-adapter-utils'

/** One transaction around all that the engine does. Without `commit` it ends with the connection, and nothing was. */
export interface WholeTransaction {
  /** Begins it on the one connection of this adapter. */
  readonly begin: (adapter: SqlDriverAdapter) => Promise<SqlDriverAdapter>
  readonly commit: () => Promise<void>
  /**
   * What went wrong first. The engine goes on to note a failure down, which the transaction refuses, and that is what it says then.
   */
  readonly failure: () => unknown
}

/** PostgreSQL has what changes tables in transactions as well; the engine would commit script by script. */
export function createWholeTransaction(): WholeTransaction {
  let begun: SqlDriverAdapter | undefined
  let failure: unknown
  const say = async (adapter: SqlDriverAdapter, sql: string): Promise<void> =>
    void (await adapter.executeRaw({ sql, args: [], argTypes: [] }))
  return {
    async begin(adapter) {
      await say(adapter, 'begin')
      begun = adapter
      return {
        ...adapter,
        async executeScript(sql) {
          try {
            await adapter.executeScript(sql)
          } catch (error) {
            failure ??= asPostgresSaid(error)
            throw error
          }
        },
      }
    },
    async commit() {
      if (begun) await say(begun, 'commit')
    },
    failure: () => failure,
  }
}

/** The adapter's errors have a kind for a message, and PostgreSQL's words beside it. */
const asPostgresSaid = (error: unknown): unknown =>
  isDriverAdapterError(error) && error.cause.originalMessage !== undefined
    ? new Error(error.cause.originalMessage, { cause: error })
    : error

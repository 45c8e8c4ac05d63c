import {
  CompiledQuery,
  type DatabaseConnection,
  PostgresDialect,
  PostgresDriver,
  type PostgresPool,
  type TransactionSettings,
} from 'kysely'
import type pg from 'pg'

/** A pool of this one connection, which stays its transaction's: giving it back is not Kysely's to do. */
function poolOf(client: pg.PoolClient, hasEnded: () => boolean): PostgresPool {
  const kept = {
    // Asked for at each statement: whoever kept the connection may come when another transaction has it.
    get query() {
      if (hasEnded()) throw new Error('The transaction has ended. Await everything that is started in it.')
      return client.query.bind(client)
    },
    release: () => undefined,
  }
  return { options: {}, connect: async () => kept, end: async () => undefined }
}

const send = (connection: DatabaseConnection, statement: string) =>
  connection.executeQuery(CompiledQuery.raw(statement))

/** Kysely's transactions on a connection that is in one already are parts of that one: savepoints. */
class InnerTransactions extends PostgresDriver {
  #isUnderWay = false

  override async beginTransaction(connection: DatabaseConnection, settings: TransactionSettings) {
    const { isolationLevel, accessMode } = settings
    if (isolationLevel ?? accessMode)
      throw new Error(
        'This is part of a transaction that has begun: it cannot have an isolation level or access mode of its own.',
      )
    // Savepoints are a stack: taking one back would take back what came after it, whoever's it was.
    if (this.#isUnderWay)
      throw new Error(
        'A transaction() is under way in this transaction. Await it before the next, and within it use what its callback is given.',
      )
    this.#isUnderWay = true
    try {
      await send(connection, 'savepoint part')
    } catch (error) {
      this.#isUnderWay = false
      throw error
    }
  }

  override async commitTransaction(connection: DatabaseConnection) {
    await send(connection, 'release savepoint part')
    this.#isUnderWay = false
  }

  override async rollbackTransaction(connection: DatabaseConnection) {
    this.#isUnderWay = false
    await send(connection, 'rollback to savepoint part')
    await send(connection, 'release savepoint part')
  }
}

/** Kysely within a transaction that somebody else ends: it cannot end it, nor send anything after its end. */
export class InnerDialect extends PostgresDialect {
  readonly #pool: PostgresPool

  constructor(client: pg.PoolClient, hasEnded: () => boolean) {
    const pool = poolOf(client, hasEnded)
    super({ pool })
    this.#pool = pool
  }

  override createDriver() {
    return new InnerTransactions({ pool: this.#pool })
  }
}

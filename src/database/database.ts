import { AsyncLocalStorage } from 'node:async_hooks'
import { PrismaPg } from '@prisma/adapter-pg'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { type Prisma, PrismaClient } from '../generated/prisma/client.ts'
import { describeFailure } from '../lib/describe-failure.ts'
import type { ConnectionParts } from './connection.ts'
import { InnerDialect } from './inner-transactions.ts'
import { preparedClient, type StatementObserver } from './prepared-client.ts'
import { statementLifetimeSeconds } from './statement-names.ts'
import { valueTypes } from './value-types.ts'

/** Two ways to one connection: inside a transaction both see what the other wrote. */
export interface Session {
  /** Typed SQL with prepared statements, for reads and for an extension's own tables. */
  readonly sql: Kysely<unknown>
  /** Prisma's models, for writes. */
  readonly prisma: Prisma.TransactionClient
}

/** A transaction that somebody else ends. */
export interface OpenTransaction {
  readonly session: Session
  /** @throws what the database says when it cannot commit; it is rolled back then */
  commit(): Promise<void>
  rollback(): Promise<void>
}

/** The database of one gateway. */
export interface Database {
  /** Outside any transaction. */
  readonly session: Session
  begin(): Promise<OpenTransaction>
  /** Throws when the database does not answer. */
  ping(): Promise<void>
  close(): Promise<void>
}

export interface DatabaseOptions {
  readonly connection: ConnectionParts
  /** Connections at most. */
  readonly poolSize: number
  readonly log: { warn(facts: object, message: string): void }
  /** Told of every statement, for tests that count them. */
  readonly observe?: StatementObserver
}

/** A transaction that waits this long for its next statement is ended by the server; it would hold its locks. */
const idleInTransactionMs = 60_000

/** A statement that runs this long is ended by the server: no screen waits for it, and others do. */
const statementMs = 30_000

/** A statement that waits this long for a lock is ended: whoever holds it is not about to let go. */
const lockMs = 10_000

/** How long a new connection may take, where DATABASE_URL does not say. */
const connectMs = 10_000

/**
 * Prisma would end a transaction by itself after five seconds and hand its connection to others, while
 * our own statements may still be on their way on it. The server's limits do that job instead.
 */
const never = { maxWait: 10_000, timeout: 2 ** 31 - 1 } as const

class RolledBack extends Error {}

/** Opens the pool that Kysely and Prisma share. */
export function createDatabase({ connection, poolSize, log, observe }: DatabaseOptions): Database {
  const pool = new pg.Pool({
    connectionTimeoutMillis: connectMs,
    ...connection,
    // Prisma sends instants without an offset: in a session of another time zone they would be stored shifted.
    options: `${connection.options ?? ''} -c TimeZone=UTC`.trim(),
    max: poolSize,
    types: valueTypes,
    idle_in_transaction_session_timeout: idleInTransactionMs,
    statement_timeout: statementMs,
    lock_timeout: lockMs,
    maxLifetimeSeconds: statementLifetimeSeconds,
    Client: preparedClient(observe),
  })
  // A pooled connection that the server closes while it is idle is replaced at the next use.
  pool.on('error', error => log.warn({ err: describeFailure(error) }, 'a database connection was lost'))
  // One that breaks while it is in use fails the statement that uses it; unheard, it would end the process too.
  pool.on('connect', client => client.on('error', () => undefined))

  // Prisma opens the transaction; the connection it takes from the pool is noted for the one who asked.
  const asked = new AsyncLocalStorage<{ client?: pg.PoolClient }>()
  const connect = pool.connect.bind(pool)
  const connectAndNote = async (): Promise<pg.PoolClient> => {
    const client = await connect()
    const holder = asked.getStore()
    if (holder) holder.client ??= client
    return client
  }
  Object.assign(pool, {
    connect: (...callback: Parameters<typeof connect> | []) =>
      callback.length === 0 ? connectAndNote() : connect(...callback),
  })
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })

  const begin = (): Promise<OpenTransaction> =>
    new Promise((resolve, reject) => {
      const end = Promise.withResolvers<void>()
      let ended = false
      const holder: { client?: pg.PoolClient } = {}
      const done = asked.run(holder, () =>
        prisma.$transaction(async transaction => {
          const { client } = holder
          if (!client) throw new Error("Prisma's transaction took no connection from the pool.")
          resolve({
            session: {
              sql: new Kysely({ dialect: new InnerDialect(client, () => ended) }),
              prisma: transaction,
            },
            commit: () => {
              ended = true
              end.resolve()
              return done
            },
            rollback: async () => {
              ended = true
              end.reject(new RolledBack())
              await done.catch(error => {
                if (!(error instanceof RolledBack)) throw error
              })
            },
          })
          await end.promise
        }, never),
      )
      done.catch(reject)
    })

  return {
    session: { sql: new Kysely({ dialect: new PostgresDialect({ pool }) }), prisma },
    begin,
    ping: async () => void (await pool.query('select 1')),
    close: async () => {
      await prisma.$disconnect()
      await pool.end()
    },
  }
}

import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum, type SqlDriverAdapter } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import type { ConnectionParts } from '../../connection.ts'

/** PostgreSQL's `"char"`, the type of many catalogue columns, which adapter-pg 7.10 refuses, and `text`. */
const charType = 18
const textType = 25

/**
 * Prisma's adapter for one database and PostgreSQL schema, with what the engine needs beyond it:
 * columns of type "char" are read, and a script goes to the server in one piece. (adapter-pg cuts
 * it at every semicolon, through function bodies and strings, and so would leave half a script behind
 * when the other half fails; sent whole, PostgreSQL runs it as one transaction.)
 */
export async function createEngineAdapter(
  connection: ConnectionParts,
  postgresSchema: string,
): Promise<SqlDriverAdapter> {
  const pool = new pg.Pool({
    ...connection,
    application_name: 'trellis migrate engine',
    // One session: the engine's lock and its queries are on the same connection.
    max: 1,
    options: sessionOptions(connection.options, postgresSchema),
  })
  const charColumns = new WeakMap<object, readonly number[]>()
  const adapter = await new PrismaPg(disguisingChars(pool, charColumns), { schema: postgresSchema }).connect()
  let closing: Promise<void> | undefined
  return {
    provider: adapter.provider,
    adapterName: adapter.adapterName,
    queryRaw: async query => {
      const result = await adapter.queryRaw(query)
      for (const index of charColumns.get(result.rows) ?? [])
        result.columnTypes[index] = ColumnTypeEnum.Character
      return result
    },
    executeRaw: query => adapter.executeRaw(query),
    executeScript: async sql => {
      await adapter.executeRaw({ sql, args: [], argTypes: [] })
    },
    startTransaction: level => adapter.startTransaction(level),
    getConnectionInfo: () => adapter.getConnectionInfo(),
    // Called by the engine for some adapters and by us for all: a pool can be ended once.
    dispose: () => (closing ??= pool.end()),
  }
}

/**
 * UTC, since the engine writes its times without a zone. No "public" behind an extension's schema: before
 * that has a history of its own, the core's would be read. What comes last in the options counts.
 */
function sessionOptions(given: string | undefined, postgresSchema: string): string {
  return `${given ?? ''} -c TimeZone=UTC -c search_path=${postgresSchema}`.trim()
}

/** The pool, answering "char" columns as text, and noting in `charColumns` which ones they were. */
function disguisingChars(pool: pg.Pool, charColumns: WeakMap<object, readonly number[]>): pg.Pool {
  const query = async (config: pg.QueryArrayConfig) => {
    const result = await pool.query(config)
    // A script of several statements has a list of results, whatever the type says.
    for (const { fields, rows } of [result].flat()) {
      const chars = fields.flatMap(({ dataTypeID }, index) => (dataTypeID === charType ? [index] : []))
      for (const field of fields) if (field.dataTypeID === charType) field.dataTypeID = textType
      charColumns.set(rows, chars)
    }
    return result
  }
  return new Proxy(pool, {
    get: (target, property, receiver): unknown =>
      property === 'query' ? query : Reflect.get(target, property, receiver),
  })
}

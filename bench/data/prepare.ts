import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { parseConnectionString } from '../../src/database/connection.ts'
import { applyMigrations, coreSource } from '../../src/database/migrations/index.ts'
import { maintenanceUrl } from './address.ts'
import { type Facts, readFacts } from './facts.ts'

const root = join(import.meta.dirname, '..', '..')
const rows = ['rows.sql', 'report-rows.sql'].map(name =>
  readFileSync(join(import.meta.dirname, name), 'utf8'),
)

const silent = { debug() {}, info() {}, warn() {}, error() {} }

/** What the data is made of: the tables as the migrations leave them, and the rows. */
const version = (): string =>
  createHash('sha256')
    .update(
      readdirSync(join(root, 'prisma', 'migrations'))
        .toSorted()
        .join(),
    )
    .update(rows.join())
    .digest('hex')
    .slice(0, 16)

/**
 * Makes the database, once: it is left where it is, and made anew when the rows of this version are others.
 *
 * @throws Error that says how to point elsewhere, when there is no server
 */
export async function prepareData(url: string, say: (line: string) => void): Promise<Facts> {
  const name = new URL(url).pathname.slice(1)
  const server = await connect(maintenanceUrl(url))
  try {
    const known = await server.query<{ mark: string | null }>(
      `select shobj_description(oid, 'pg_database') as mark from pg_database where datname = $1`,
      [name],
    )
    const mark = `trellis bench ${version()}`
    if (known.rows[0]?.mark !== mark) {
      say(`making the database ${name}: a million opportunities, some minutes, once`)
      await server.query(`drop database if exists ${pg.escapeIdentifier(name)} with (force)`)
      await server.query(`create database ${pg.escapeIdentifier(name)}`)
      await fill(url, say)
      await server.query(`comment on database ${pg.escapeIdentifier(name)} is ${pg.escapeLiteral(mark)}`)
    }
  } finally {
    await server.end()
  }
  const client = await connect(url)
  try {
    return await readFacts(client)
  } finally {
    await client.end()
  }
}

async function fill(url: string, say: (line: string) => void): Promise<void> {
  await applyMigrations({ connection: parseConnectionString(url), ...coreSource(root), log: silent })
  const client = await connect(url)
  try {
    // Indexes are made again afterwards: that is faster than keeping them while a million rows come in.
    const { rows: indexes } = await client.query<{ name: string; definition: string }>(
      `select indexrelid::regclass::text as name, pg_get_indexdef(indexrelid) as definition from pg_index
       where not indisprimary and not indisunique and indrelid::regclass::text in ('"Customer"', '"Contact"', '"Opportunity"', '"OpportunityLine"', '"StageHistory"', '"Lead"', '"Case"', '"Feedback"')`,
    )
    for (const { name } of indexes) await client.query(`drop index ${name}`)
    say('writing rows')
    for (const text of rows) await client.query(text)
    say('making indexes')
    await client.query(`set maintenance_work_mem = '512MB'`)
    for (const { definition } of indexes) await client.query(definition)
    await client.query('vacuum analyze')
  } finally {
    await client.end()
  }
}

/** @throws Error that says how to point elsewhere */
export async function connect(url: string): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url })
  try {
    await client.connect()
  } catch (error) {
    const { host } = new URL(url)
    throw new Error(
      `No PostgreSQL answers at ${host}: ${String(error)}. Set BENCH_DATABASE_URL, such as postgresql://user:password@host:5432/trellis_bench; the user has to be allowed to create databases.`,
      { cause: error },
    )
  }
  return client
}

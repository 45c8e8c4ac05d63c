import type pg from 'pg'
import { DATABASE } from './settings.ts'

/** The advisory lock under which the database is made, since `create database` knows no `if not exists`. */
const SETTING_UP = 2

/**
 * Makes the role and the database of Trellis where they are missing: at the first start, and after one that was
 * killed before it came to this. The role may create databases, for tests and for writing migrations.
 */
export async function ensureDatabase(client: pg.Client, readPassword: () => Promise<string>): Promise<void> {
  if (await isComplete(client)) return
  await client.query('select pg_advisory_lock($1)', [SETTING_UP])
  const present = await lookUp(client)
  const password = client.escapeLiteral(await readPassword())
  if (!present.role) await client.query(`create role ${DATABASE} login createdb password ${password}`)
  if (!present.database) await client.query(`create database ${DATABASE} owner ${DATABASE}`)
  await client.query('select pg_advisory_unlock($1)', [SETTING_UP])
}

async function isComplete(client: pg.Client): Promise<boolean> {
  const { role, database } = await lookUp(client)
  return role && database
}

async function lookUp(client: pg.Client): Promise<{ role: boolean; database: boolean }> {
  const { rows } = await client.query<{ role: boolean; database: boolean }>(
    `select exists (select from pg_roles where rolname = $1) as role,
            exists (select from pg_database where datname = $1) as database`,
    [DATABASE],
  )
  return rows[0] ?? { role: false, database: false }
}

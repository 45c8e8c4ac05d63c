import { type Kysely, sql } from 'kysely'
import type { DecisionTables } from './decisions.ts'

/** The version of each extension that has served on this database, by the extension's name; none of those that never did. */
export async function readServedVersions(
  database: Kysely<DecisionTables>,
): Promise<ReadonlyMap<string, string>> {
  const rows = await database
    .selectFrom('Extension')
    .select(['name', 'servedVersion'])
    .where('servedVersion', 'is not', null)
    .execute()
  return new Map(rows.flatMap(({ name, servedVersion }) => (servedVersion ? [[name, servedVersion]] : [])))
}

/** Which version of an extension serves, and which one did before. */
export interface Turn {
  readonly name: string
  readonly version: string
  /** `null` where none did. */
  readonly from: string | null
}

/**
 * Has the turn to itself until the end of this transaction.
 *
 * @returns `MINE`; `OTHERS` while another replica is at it; `OVER` where another one has noted a version meanwhile
 */
export async function takeTurn(
  database: Kysely<unknown>,
  { name, from }: Turn,
): Promise<'MINE' | 'OTHERS' | 'OVER'> {
  const { rows: locks } = await sql<{ isMine: boolean }>`
    select pg_try_advisory_xact_lock(hashtextextended(${`Extension.servedVersion ${name}`}, 0)) as "isMine"`.execute(
    database,
  )
  if (locks[0]?.isMine !== true) return 'OTHERS'
  // A statement of its own: it has to see what whoever had the lock before has committed.
  const { rows } = await sql<{ servedVersion: string | null }>`
    select "servedVersion" from "Extension" where name = ${name}`.execute(database)
  return (rows[0]?.servedVersion ?? null) === from ? 'MINE' : 'OVER'
}

/** Notes which version has served. Revision 0 says of a row that is new that nothing was decided. */
export async function noteServedVersion(
  database: Kysely<unknown>,
  { name, version }: Turn,
  by: { readonly at: Date; readonly userId: string },
): Promise<void> {
  await sql`
    insert into "Extension" (name, revision, "updatedAt", "updatedById", "servedVersion")
    values (${name}, 0, ${by.at}, ${by.userId}, ${version})
    on conflict (name) do update set "servedVersion" = excluded."servedVersion"`.execute(database)
}

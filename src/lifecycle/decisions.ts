import { type Kysely, sql } from 'kysely'
import { type ExtensionDecision, undecided } from '../composition/index.ts'
import { type RemoteDeclaration, readDeclaration } from './remotes/declaration.ts'

/** The part of the database that decisions are kept in. */
export type DecisionTables = {
  readonly Extension: {
    readonly name: string
    readonly enabled: boolean
    readonly settings: Readonly<Record<string, unknown>>
    readonly secrets: Readonly<Record<string, string>>
    readonly remote: unknown
    readonly revision: number
    readonly updatedAt: Date
    readonly updatedById: string
    /** What has served, not what was decided: `served-versions.ts`. */
    readonly servedVersion: string | null
  }
}

/** A decision with what only setup gets to see. */
export interface StoredDecision extends ExtensionDecision {
  /** Sealed, by name. */
  readonly secrets: Readonly<Record<string, string>>
  /** What was said of a service that was added; `null` of an extension that is installed. */
  readonly remote: RemoteDeclaration | null
}

/** All decisions, by the extension's name. */
export type Decisions = ReadonlyMap<string, StoredDecision>

export const nothingDecided: StoredDecision = { ...undecided, secrets: {}, remote: null }

/** Reads what was decided, also about extensions that are not installed at present. */
export async function readDecisions(database: Kysely<DecisionTables>): Promise<Decisions> {
  const rows = await database
    .selectFrom('Extension')
    .select(['name', 'enabled', 'settings', 'secrets', 'remote', 'revision'])
    // Others only note which version has served.
    .where('revision', '>', 0)
    .execute()
  return new Map(
    rows.map(({ name, enabled, settings, secrets, remote: stored, revision }) => {
      const remote = readDeclaration(stored)
      const secretNames = Object.keys(secrets).toSorted()
      const isAdded = remote !== null
      return [name, { isEnabled: enabled, isAdded, settings, secrets, secretNames, remote, revision }]
    }),
  )
}

/** One number that every decision makes larger: rows are never removed, that of a service that was removed neither. */
export async function readRevision(database: Kysely<DecisionTables>): Promise<number> {
  const { rows } = await sql<{
    revision: number
  }>`select coalesce(sum(revision), 0)::int as revision from "Extension"`.execute(database)
  return rows[0]?.revision ?? 0
}

/** The bytes of "Extend": decisions are taken one after the other, since each is checked against all others. */
const lockKey = 0x457874656e64n

/** Makes whoever decides something at the same time wait for the end of this transaction. */
export const lockDecisions = async (database: Kysely<DecisionTables>): Promise<void> =>
  void (await sql`select pg_advisory_xact_lock(${lockKey})`.execute(database))

/** Writes one down, and who took it. */
export async function writeDecision(
  database: Kysely<DecisionTables>,
  name: string,
  { isEnabled, settings, secrets, remote, revision }: StoredDecision,
  by: { readonly at: Date; readonly userId: string },
): Promise<void> {
  const row = {
    enabled: isEnabled,
    settings: sql<never>`${JSON.stringify(settings)}::jsonb`,
    secrets: sql<never>`${JSON.stringify(secrets)}::jsonb`,
    remote: remote && sql<never>`${JSON.stringify(remote)}::jsonb`,
    revision,
    updatedAt: by.at,
    updatedById: by.userId,
  }
  await database
    .insertInto('Extension')
    .values({ name, ...row })
    .onConflict(conflict => conflict.column('name').doUpdateSet(row))
    .execute()
}

import { type Kysely, sql } from 'kysely'

/** A record that is about to have a pair of values, such as an opportunity and a contact. */
export interface PairCandidate {
  readonly id: string
  readonly pair: readonly [string, string]
}

export interface TakenPairsOptions {
  readonly database: Kysely<unknown>
  readonly table: string
  readonly columns: readonly [string, string]
  /** Whether deleted records keep what they have. @default false */
  readonly deletedKeep?: boolean
}

/**
 * Candidates whose pair another record has, or another candidate before them, each with that record's id: one
 * statement. The table's own unique index has the last word, against two who ask at once.
 */
export async function takenPairs(
  candidates: readonly PairCandidate[],
  { database, table, columns: [first, second], deletedKeep = false }: TakenPairsOptions,
): Promise<ReadonlyMap<string, string>> {
  if (candidates.length === 0) return new Map()
  const pairs = JSON.stringify(candidates.map(({ pair }) => ({ first: pair[0], second: pair[1] })))
  const { rows } = await sql<{ id: string; first: string; second: string }>`
    select stored.id, given.first, given.second
    from (select distinct * from jsonb_to_recordset(${pairs}::jsonb) as given(first text, second text)) as given
    join ${sql.table(table)} as stored on stored.${sql.ref(first)} = given.first and stored.${sql.ref(second)} = given.second
    where ${deletedKeep} or stored."deletedAt" is null`.execute(database)
  const keyOf = (one: string, other: string): string => JSON.stringify([one, other])
  const holders = new Map(rows.map(row => [keyOf(row.first, row.second), row.id]))
  const taken = new Map<string, string>()
  for (const { id, pair } of candidates) {
    const holder = holders.get(keyOf(...pair))
    if (holder === undefined) holders.set(keyOf(...pair), id)
    else if (holder !== id) taken.set(id, holder)
  }
  return taken
}

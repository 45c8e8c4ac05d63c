import type pg from 'pg'

/** Any number that nobody else takes for a lock on this database. */
const lock = 7_227_362

/**
 * Keeps the data for one run, until its connection ends: what two write at the same time, both find wrong.
 *
 * @throws Error when another run has it
 */
export async function claimData(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ isMine: boolean }>('select pg_try_advisory_lock($1) as "isMine"', [
    lock,
  ])
  if (!rows[0]?.isMine)
    throw new Error(
      'Another run of the benchmark is under way on this database. Wait for its end, or set BENCH_DATABASE_URL to a database of another name.',
    )
}

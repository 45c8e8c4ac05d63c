import { type Kysely, sql } from 'kysely'

/** Where numbers such as `O-000042` come from, and who has them. */
export interface SerialNumbers {
  /** A sequence of the database. */
  readonly sequence: string
  /** The table whose column `number` has those that were given. */
  readonly table: string
  /** What a number begins with, such as `O`. */
  readonly prefix: string
}

export interface DrawOptions extends SerialNumbers {
  readonly database: Kysely<unknown>
  readonly count: number
  /** Numbers that are about to be written: not to be drawn either. */
  readonly taken: ReadonlySet<string>
}

/** Numbers of one statement, at most. */
const most = 1000

/**
 * Draws the next numbers, all in one statement. Importers bring numbers of their own, so that one may be taken
 * already: it is passed over, and the more are, the more are drawn at once. Numbers are never drawn twice, so
 * what is rolled back leaves a gap.
 */
export async function drawNumbers({
  database,
  sequence,
  table,
  prefix,
  count,
  taken,
}: DrawOptions): Promise<readonly string[]> {
  const drawn: string[] = []
  for (let batch = count; drawn.length < count; batch = Math.min(2 * batch, most)) {
    const { rows } = await sql<{ number: string }>`
      select number from (
        select ${`${prefix}-`} || lpad(serial::text, greatest(6, length(serial::text)), '0') as number
        from (select nextval(${`"${sequence}"`}::regclass) as serial from generate_series(1, ${batch})) as serials
      ) as numbers
      where not exists (select from ${sql.table(table)} as stored where stored.number = numbers.number)`.execute(
      database,
    )
    drawn.push(...rows.map(({ number }) => number).filter(number => !taken.has(number)))
  }
  return drawn.slice(0, count)
}

import type { DataContext } from '@trellis/sdk'
import { type RawBuilder, sql } from 'kysely'
import type { DuplicateRule } from '../../../generated/resolvers.ts'
import { type Comparison, type Rule, rulesToFindBy } from './rules.ts'

type Values = Readonly<Record<string, unknown>>

/** A record that others are compared with, whether it is stored already or not. */
export interface Subject {
  /** By which the answer names it. */
  readonly key: string
  /** `null` for one that is not stored. */
  readonly id: string | null
  readonly values: Values
}

/** A record that may be the same. */
export interface Match {
  readonly id: string
  readonly score: number
  readonly rules: readonly DuplicateRule[]
}

export interface FindOptions {
  readonly minimumScore: number
  /** Records for each subject, at most. */
  readonly first: number
  /** Whether subjects are compared with those before them, too, whose keys are the matches' ids. @default 'none' */
  readonly peers?: 'earlier' | 'none'
}

interface Row {
  readonly key: string
  readonly id: string
  readonly score: string
  readonly rules: readonly DuplicateRule[]
}

const valueOf = ({ name, onlyWith }: Rule): RawBuilder<unknown> =>
  onlyWith ? sql`case when ${sql.ref(onlyWith)} > 0 then ${sql.ref(name)} else 0 end` : sql.ref(name)

/**
 * Finds records that may be the same as these, of those that the viewer may read and that are not deleted: one
 * statement, however many. What one rule leaves open, 1 less its weight, the others may close, so the score is 1 less the
 * product of what is left open.
 */
export async function findDuplicates(
  { database, readable }: DataContext,
  { entity, columns, rules }: Comparison,
  subjects: readonly Subject[],
  { minimumScore, first, peers = 'none' }: FindOptions,
): Promise<ReadonlyMap<string, readonly Match[]>> {
  if (subjects.length === 0) return new Map()
  const given = subjects.map(({ key, id, values }, place) => ({
    key,
    id,
    place,
    ...Object.fromEntries(columns.map(column => [column, values[column] ?? null])),
  }))
  const shape = sql.join([
    ...['key', 'id', ...columns].map(column => sql`${sql.ref(column)} text`),
    sql`place int`,
  ])
  const sources = rulesToFindBy(rules, minimumScore).flatMap(rule => rule.sources)
  const values = rules.map(
    ({ name, weight, likeness }) => sql`${sql.lit(weight)} * (${likeness}) as ${sql.ref(name)}`,
  )
  /** Compares the subjects with these, which are called `stored`, have an `id`, and are among them by a condition. */
  const comparedWith = (others: RawBuilder<unknown>, id: string, isAmong: RawBuilder<unknown>) => sql`
    select candidate.key, candidate.id, ${sql.join(values)}
    from (${sql.join(
      sources.map(
        source => sql`
          select given.key, stored.${sql.ref(id)} as id from given join ${others} as stored on ${source} where ${isAmong}`,
      ),
      sql` union `,
    )}) as candidate
    join given using (key) join ${others} as stored on stored.${sql.ref(id)} = candidate.id`
  const compared = [
    comparedWith(
      readable(entity),
      'id',
      sql`stored."deletedAt" is null and stored.id is distinct from given.id`,
    ),
    ...(peers === 'earlier' && subjects.length > 1
      ? [comparedWith(sql`given`, 'key', sql`stored.place < given.place`)]
      : []),
  ]
  const open = rules.map(rule => sql`(1 - ${valueOf(rule)})`)
  const matched = rules.map(rule => sql`case when ${valueOf(rule)} > 0 then ${sql.lit(rule.name)} end`)
  const { rows } = await sql<Row>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given(${shape})
    ), compared as (${sql.join(compared, sql` union all `)}), scored as (
      select key, id, round(1 - ${sql.join(open, sql` * `)}, 3) as score, array_remove(array[${sql.join(matched)}], null) as rules from compared
    ), placed as (
      select *, row_number() over (partition by key order by score desc, id) as place from scored where score >= ${minimumScore}::numeric
    )
    select key, id, score, rules from placed where place <= ${first} order by key, place`.execute(database())
  const byKey = Map.groupBy(rows, ({ key }) => key)
  return new Map(
    [...byKey].map(([key, found]) => [
      key,
      found.map(({ id, score, rules: names }) => ({ id, score: Number(score), rules: names })),
    ]),
  )
}

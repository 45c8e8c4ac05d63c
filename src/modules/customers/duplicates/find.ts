import type { DataContext } from '@trellis/sdk'
import { type RawBuilder, sql } from 'kysely'
import type { DuplicateRule } from '../../../generated/resolvers.ts'
import type { Comparison, Rule } from './rules.ts'

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
}

interface Row {
  readonly key: string
  readonly id: string
  readonly score: string
  readonly rules: readonly DuplicateRule[]
}

const valueOf = ({ name, onlyWith }: Rule): RawBuilder<unknown> =>
  onlyWith ? sql`case when ${sql.ref(onlyWith)} > 0 then ${sql.ref(name)} else 0 end` : sql.ref(name)

/** Scores are decimal fractions, which binary ones only come near to. */
const rounding = 1e-9

/** The score of records that are wholly alike by these rules. */
const reach = (rules: readonly Rule[]): number =>
  1 - rules.reduce((open, { weight }) => open * (1 - weight), 1)

/**
 * The rules by which records have to be looked for: names alone, and what counts with them only, are left out where
 * they would not be enough, so that a new record is compared with the few that share an address or a number.
 */
function rulesToFindBy(rules: readonly Rule[], minimumScore: number): readonly Rule[] {
  const byName = rules.filter(({ isVague, onlyWith }) => isVague || onlyWith !== null)
  return rules.filter(rule => {
    if (rule.isVague) return rule.weight >= minimumScore
    return rule.onlyWith === null || reach(byName) >= minimumScore - rounding
  })
}

/**
 * Finds records that may be the same as these, of those that the viewer may read and that are not deleted: one
 * statement, however many. What one rule leaves open, 1 less its weight, the others may close, so the score is 1 less the
 * product of what is left open.
 */
export async function findDuplicates(
  { database, readable }: DataContext,
  { entity, columns, rules }: Comparison,
  subjects: readonly Subject[],
  { minimumScore, first }: FindOptions,
): Promise<ReadonlyMap<string, readonly Match[]>> {
  if (subjects.length === 0) return new Map()
  const given = subjects.map(({ key, id, values }) => ({
    key,
    id,
    ...Object.fromEntries(columns.map(column => [column, values[column] ?? null])),
  }))
  const shape = sql.join(['key', 'id', ...columns].map(column => sql`${sql.ref(column)} text`))
  const sources = rulesToFindBy(rules, minimumScore).flatMap(rule => rule.sources)
  const candidates = sources.map(
    source => sql`
      select given.key, stored.id from given join ${readable(entity)} as stored on ${source}
      where stored."deletedAt" is null and stored.id is distinct from given.id`,
  )
  const values = rules.map(
    ({ name, weight, likeness }) => sql`${sql.lit(weight)} * (${likeness}) as ${sql.ref(name)}`,
  )
  const open = rules.map(rule => sql`(1 - ${valueOf(rule)})`)
  const matched = rules.map(rule => sql`case when ${valueOf(rule)} > 0 then ${sql.lit(rule.name)} end`)
  const { rows } = await sql<Row>`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given(${shape})
    ), candidate as (${sql.join(candidates, sql` union `)}), compared as (
      select candidate.key, candidate.id, ${sql.join(values)}
      from candidate join given using (key) join ${readable(entity)} as stored on stored.id = candidate.id
    ), scored as (
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

import { type RawBuilder, sql } from 'kysely'
import type { DuplicateRule } from '../../../generated/resolvers.ts'

/** An expression over `stored`, a record that there is, and `given`, the one that it is compared with. */
type Expression = RawBuilder<unknown>

/** What makes two records look like one. */
export interface Rule {
  readonly name: DuplicateRule
  /** How much it says that they are the same, from 0 to 1, where they are wholly alike. */
  readonly weight: number
  /** How much they are alike, from 0 to 1. */
  readonly likeness: Expression
  /** Conditions by which indexes find records that may be alike. */
  readonly sources: readonly Expression[]
  /** Texts of the given record, one of which another one has if it is alike; none where less than equal counts. */
  readonly keys: readonly { readonly column: string; readonly text: Expression }[]
  /** Whether what is less than equal counts as well, of which there may be much. */
  readonly isVague: boolean
  /** The rule without which it counts nothing. */
  readonly onlyWith: DuplicateRule | null
}

type Normal = (column: Expression) => Expression

/** Forms that indexes of the tables have, to the letter. */
const lower: Normal = column => sql`lower(${column})`
const digits: Normal = column => sql`ltrim(regexp_replace(${column}, '\\D', '', 'g'), '0')`
const domain: Normal = column =>
  sql`left(substring(lower(${column}) from '^https?://(?:www\\.)?([^/:?#]+)'), 253)`

const stored = (column: string): Expression => sql.ref(`stored.${column}`)
const given = (column: string): Expression => sql.ref(`given.${column}`)

/** Fewer digits are no telephone number, but an extension. */
const asNumber: Normal = column => sql`case when length(${digits(column)}) >= 6 then ${digits(column)} end`

interface EqualOptions {
  readonly columns: readonly string[]
  /** The form in which they are compared. */
  readonly normal: Normal
  /** The form of what they are compared with, where not everything is. @default normal */
  readonly comparable?: Normal
  readonly onlyWith?: DuplicateRule
}

/** One of the columns is the same as one of the columns. */
function equal(
  name: DuplicateRule,
  weight: number,
  { columns, normal, comparable = normal, onlyWith }: EqualOptions,
): Rule {
  const keys = columns.map(column => ({ column, text: comparable(given(column)) }))
  // One equality each, so that the items of a bulk are compared by their hashes and not in pairs.
  const sources = columns.flatMap(column => keys.map(({ text }) => sql`${normal(stored(column))} = ${text}`))
  return {
    name,
    weight,
    likeness: sql`case when ${sql.join(sources, sql` or `)} then 1 else 0 end`,
    sources,
    keys,
    isVague: false,
    onlyWith: onlyWith ?? null,
  }
}

/** Texts less alike than this are different ones. */
const leastSimilar = 0.6

/** Texts that share many of their trigrams. */
function similar(
  name: DuplicateRule,
  weight: number,
  text: (column: (name: string) => Expression) => Expression,
  sources: readonly Expression[],
): Rule {
  const similarity = sql`round(similarity(${text(stored)}, ${text(given)})::numeric, 4)`
  return {
    name,
    weight,
    likeness: sql`case when ${similarity} >= ${sql.lit(leastSimilar)} then ${similarity} else 0 end`,
    sources,
    keys: [],
    isVague: true,
    onlyWith: null,
  }
}

const personName = (column: (name: string) => Expression): Expression =>
  sql`nullif(concat_ws(' ', ${column('firstName')}, ${column('lastName')}), '')`

/** A person with a name like this one's, found by the indexes on its parts. */
const namedAlike = sql`${stored('lastName')} % ${given('lastName')} and (${given('firstName')} is null or ${stored('firstName')} % ${given('firstName')})`

/** An entity whose records are compared, by which columns and rules. */
export interface Comparison {
  readonly entity: 'Customer' | 'Contact' | 'Lead'
  readonly columns: readonly string[]
  readonly rules: readonly Rule[]
}

export const customerComparison: Comparison = {
  entity: 'Customer',
  columns: ['name', 'email', 'phone', 'website'],
  rules: [
    equal('EMAIL', 0.8, { columns: ['email'], normal: lower }),
    equal('PHONE', 0.6, { columns: ['phone'], normal: digits, comparable: asNumber }),
    equal('WEBSITE', 0.7, { columns: ['website'], normal: domain }),
    similar('NAME', 0.6, column => column('name'), [sql`${stored('name')} % ${given('name')}`]),
  ],
}

export const contactComparison: Comparison = {
  entity: 'Contact',
  columns: ['firstName', 'lastName', 'email', 'phone', 'mobile', 'customerId'],
  rules: [
    equal('EMAIL', 0.8, { columns: ['email'], normal: lower }),
    equal('PHONE', 0.5, { columns: ['phone', 'mobile'], normal: digits, comparable: asNumber }),
    similar('NAME', 0.6, personName, [namedAlike]),
    // Colleagues are alike in it, so it counts for those only who are named alike.
    equal('COMPANY', 0.4, { columns: ['customerId'], normal: column => column, onlyWith: 'NAME' }),
  ],
}

/** Where no person is known, a lead goes by its company. */
const leadName = (column: (name: string) => Expression): Expression =>
  sql`coalesce(${personName(column)}, ${column('company')})`

export const leadComparison: Comparison = {
  entity: 'Lead',
  columns: ['firstName', 'lastName', 'company', 'email', 'phone', 'mobile', 'website'],
  rules: [
    equal('EMAIL', 0.8, { columns: ['email'], normal: lower }),
    equal('PHONE', 0.5, { columns: ['phone', 'mobile'], normal: digits, comparable: asNumber }),
    equal('WEBSITE', 0.4, { columns: ['website'], normal: domain, onlyWith: 'NAME' }),
    similar('NAME', 0.6, leadName, [namedAlike, sql`${stored('company')} % ${given('company')}`]),
    {
      ...equal('COMPANY', 0.4, { columns: ['company'], normal: lower, onlyWith: 'NAME' }),
      // Of a lead that goes by its company the name has said it.
      likeness: sql`case when ${lower(stored('company'))} = ${lower(given('company'))} and ${personName(stored)} is not null and ${personName(given)} is not null then 1 else 0 end`,
    },
  ],
}

/** Scores are decimal fractions, which binary ones only come near to. */
const rounding = 1e-9

/** The score of records that are wholly alike by these rules. */
const reach = (rules: readonly Rule[]): number =>
  1 - rules.reduce((open, { weight }) => open * (1 - weight), 1)

/**
 * The rules by which records have to be looked for: names alone, and what counts with them only, are left out where
 * they would not be enough, so that a new record is compared with the few that share an address or a number.
 */
export function rulesToFindBy(rules: readonly Rule[], minimumScore: number): readonly Rule[] {
  const byName = rules.filter(({ isVague, onlyWith }) => isVague || onlyWith !== null)
  return rules.filter(rule => {
    if (rule.isVague) return rule.weight >= minimumScore
    return rule.onlyWith === null || reach(byName) >= minimumScore - rounding
  })
}

import {
  type AggregateQuestion,
  type GroupBy,
  type ListArguments,
  type Measure,
  TrellisError,
} from '@trellis/sdk'
import { type Column, columnOf, type EntityDefinition } from '../definition.ts'
import { fieldOfEnumValue } from '../naming.ts'
import { listCondition, ofParent, type Parents, perParent, type Reading } from './list.ts'
import { assertReadable, column, table } from './names.ts'
import { identifier, join, raw, type Sql, sql } from './statement.ts'

/** Fields of one `groupBy`, and groups of one answer, at most. */
const most = { fields: 3, groups: 1000 } as const

export const measures: readonly Measure[] = ['sum', 'avg', 'min', 'max', 'countDistinct']

const functions: Readonly<Record<Measure, (field: Sql) => Sql>> = {
  sum: field => sql`sum(${field})`,
  avg: field => sql`round(avg(${field}), 4)`,
  min: field => sql`min(${field})`,
  max: field => sql`max(${field})`,
  countDistinct: field => sql`count(distinct ${field})::int`,
}

const orderMeasures = { SUM: 'sum', AVG: 'avg', MIN: 'min', MAX: 'max' } as const

/** The name of a measure's column in the answer, such as `sum_amount`. */
export const measureAlias = (measure: Measure, field: string): string => `${measure}_${field}`

/** The name of a group's column in the answer, such as `group_ownerId`. */
export const groupAlias = (field: string): string => `group_${field}`

/** The name of the column that counts a group's currencies. */
export const currenciesAlias = (field: string): string => `currencies_${field}`

// An offset such as +08:00 is one to Intl; PostgreSQL reads it as POSIX does, where it lies west of Greenwich.
function isTimeZone(name: string): boolean {
  if (!/^[a-z]/i.test(name)) return false
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}

/** The stored column that a group is made by: `OWNER` means `ownerId`. */
function groupColumn(entity: EntityDefinition, value: string): Column {
  const field = fieldOfEnumValue(value)
  return entity.columns.get(field) ?? columnOf(entity, `${field}Id`)
}

const isDate = ({ type }: Column): boolean => type === 'Date' || type === 'DateTime'

function groupExpression(stored: Column, { bucket, timeZone }: GroupBy): Sql {
  const field = column(stored.name)
  if (!isDate(stored)) {
    if (bucket)
      throw new TrellisError(
        'BAD_INPUT',
        `groupBy ${stored.name} has a bucket, which only dates and instants have.`,
      )
    return field
  }
  const zone = timeZone ?? 'UTC'
  if (!isTimeZone(zone))
    throw new TrellisError('BAD_INPUT', `timeZone is "${zone}"; it takes an IANA name such as Asia/Shanghai.`)
  const local = stored.type === 'DateTime' ? sql`timezone(${zone}::text, ${field})` : field
  return sql`date_trunc(${(bucket ?? 'DAY').toLowerCase()}::text, ${local})::date`
}

export interface AggregatePlan {
  readonly groups: readonly { readonly column: Column; readonly expression: Sql }[]
  readonly measures: readonly { readonly measure: Measure; readonly column: Column }[]
  /** Columns whose amounts are added up or compared: they must be of one currency in each group. */
  readonly amounts: readonly Column[]
  readonly limit: number
}

/**
 * Reads the question.
 *
 * @throws TrellisError `BAD_INPUT` for too many groups, a bucket of what is no date, an unknown time zone
 * @throws TrellisError `FORBIDDEN` for a field that the viewer may not read
 */
export function planAggregate({ entity, right }: Reading, question: AggregateQuestion): AggregatePlan {
  const groupBy = question.groupBy ?? []
  const limit = question.first ?? 100
  if (groupBy.length > most.fields)
    throw new TrellisError('BAD_INPUT', `groupBy has ${groupBy.length} fields; ${most.fields} are allowed.`)
  if (limit < 1 || limit > most.groups)
    throw new TrellisError('BAD_INPUT', `first is ${limit}; aggregate allows 1 to ${most.groups}.`)
  const groups = groupBy.map(group => {
    const stored = groupColumn(entity, group.field)
    return { column: stored, expression: groupExpression(stored, group) }
  })
  const names = groups.map(group => group.column.name)
  const repeated = names.find((name, index) => names.indexOf(name) !== index)
  if (repeated) throw new TrellisError('BAD_INPUT', `groupBy names ${repeated} twice.`)
  const asked = measures.flatMap(measure =>
    (question.measures?.[measure] ?? []).map(name => ({ measure, column: columnOf(entity, name) })),
  )
  for (const { column: stored } of [...groups, ...asked]) assertReadable(entity, right, stored)
  const amounts = asked.filter(
    ({ measure, column: { currency } }) =>
      currency && measure !== 'countDistinct' && !names.includes(currency),
  )
  return {
    groups,
    measures: asked,
    amounts: [
      ...new Set([
        ...amounts.map(({ column: stored }) => stored),
        ...orderedAmounts(entity, question, names),
      ]),
    ],
    limit,
  }
}

const orderField = (entity: EntityDefinition, field: string | null | undefined, by: string): Column => {
  if (!field) throw new TrellisError('BAD_INPUT', `orderBy ${by} needs a field.`)
  const stored = columnOf(entity, fieldOfEnumValue(field))
  if ((by === 'SUM' || by === 'AVG') && isDate(stored))
    throw new TrellisError('BAD_INPUT', `orderBy ${by} of ${field} adds up dates; MIN and MAX are allowed.`)
  return stored
}

const orderedAmounts = (
  entity: EntityDefinition,
  { orderBy }: AggregateQuestion,
  grouped: readonly string[],
): Column[] =>
  (orderBy ?? []).flatMap(({ by, field }) => {
    if (by === 'COUNT' || by === 'GROUP') return []
    const stored = orderField(entity, field, by)
    return stored.currency && !grouped.includes(stored.currency) ? [stored] : []
  })

/**
 * A group's place in the select list, where the count comes first. Used rather than the expression
 * again: a time zone is a parameter, and the database takes two parameters for two expressions.
 */
const position = (group: number): Sql => raw(String(group + 2))

function orderExpressions(
  reading: Reading,
  question: AggregateQuestion,
  { groups }: AggregatePlan,
): readonly Sql[] {
  const { entity, right } = reading
  const asked = (question.orderBy ?? []).flatMap(({ by, field, direction }): readonly Sql[] => {
    const way = direction === 'DESC' ? sql`desc nulls last` : sql`asc nulls last`
    if (by === 'COUNT') return [sql`count(*) ${way}`]
    if (by === 'GROUP') return groups.map((_, index) => sql`${position(index)} ${way}`)
    const stored = orderField(entity, field, by)
    assertReadable(entity, right, stored)
    return [sql`${functions[orderMeasures[by]](column(stored.name))} ${way}`]
  })
  // The groups have the last word, so that the same question has the same answer.
  return [...asked, ...groups.map((_, index) => sql`${position(index)} nulls last`)]
}

/** All groups in one statement; those of each parent, when there are parents. */
export function aggregateStatement(
  reading: Reading,
  args: ListArguments,
  question: AggregateQuestion,
  plan: AggregatePlan,
  parents?: Parents,
): Sql {
  const { groups, limit } = plan
  const select = [
    sql`count(*)::int as "count"`,
    ...groups.map(group => sql`${group.expression} as ${identifier(groupAlias(group.column.name))}`),
    ...plan.measures.map(
      ({ measure, column: stored }) =>
        sql`${functions[measure](column(stored.name))} as ${identifier(measureAlias(measure, stored.name))}`,
    ),
    ...plan.amounts.map(
      stored =>
        sql`array_agg(distinct ${column(stored.currency ?? '')}) filter (where ${column(stored.name)} is not null) as ${identifier(currenciesAlias(stored.name))}`,
    ),
  ]
  const where = listCondition(reading, args, parents ? [ofParent(parents)] : [])
  const order = orderExpressions(reading, question, plan)
  const grouping =
    groups.length > 0 ? sql` group by ${join(groups.map((_, index) => position(index)))}` : sql``
  const sorting = order.length > 0 ? sql` order by ${join(order)}` : sql``
  const inner = sql`select ${join(select)} from ${table(reading.entity)} where ${where}${grouping}${sorting} limit ${limit}`
  return parents ? perParent(parents, inner) : inner
}

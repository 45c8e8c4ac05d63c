import type { ListArguments } from '@trellis/sdk'
import { listCondition, ofParent, type Parents, perParent, type Reading } from '../list.ts'
import { all, table } from '../names.ts'
import { identifier, join, type Sql, sql } from '../statement.ts'
import { currencyColumns } from './currencies.ts'
import { figureSql, measureAlias } from './measures.ts'
import { position } from './order.ts'
import type { AggregatePlan } from './plan.ts'

/** The name of a group's column in the answer. By its place: names within names would be too long for the database. */
export const groupAlias = (index: number): string => `group_${index}`

/** All groups in one statement; those of each parent, when there are parents. */
export function aggregateStatement(
  reading: Reading,
  args: ListArguments,
  { groups, joins, joined, figures, parts, amounts, having, order, limit }: AggregatePlan,
  parents?: Parents,
): Sql {
  const select = [
    sql`count(*)::int as "count"`,
    ...groups.map(({ expression }, index) => sql`${expression} as ${identifier(groupAlias(index))}`),
    ...figures.map(figure => sql`${figureSql(figure)} as ${identifier(measureAlias(figure))}`),
    ...parts.flatMap(({ filter, figures: ofPart, prefix }) => [
      sql`(count(*)${filter})::int as ${identifier(`${prefix}count`)}`,
      ...ofPart.map(
        figure => sql`${figureSql(figure, filter)} as ${identifier(`${prefix}${measureAlias(figure)}`)}`,
      ),
    ]),
    ...amounts.flatMap(currencyColumns),
  ]
  const scope = { ...reading.scope, joined }
  const where = listCondition({ ...reading, scope }, args, { link: parents && ofParent(parents) })
  const grouping =
    groups.length > 0 ? sql` group by ${join(groups.map((_, index) => position(index)))}` : sql``
  const choosing = having.length > 0 ? sql` having ${all(having)}` : sql``
  const sorting = order.length > 0 ? sql` order by ${join(order)}` : sql``
  const related = joins.length > 0 ? join(joins, '') : sql``
  const inner = sql`select ${join(select)} from ${table(reading.entity)}${related} where ${where}${grouping}${choosing}${sorting} limit ${limit}`
  return parents ? perParent(parents, inner) : inner
}

import { type AggregateQuestion, TrellisError } from '@trellis/sdk'
import { type Column, columnOf } from '../../definition.ts'
import type { Reading } from '../list.ts'
import { assertReadable } from '../names.ts'
import { type Sql, sql } from '../statement.ts'
import { amountsOf, isMixed } from './currencies.ts'
import { type Group, planGroups } from './groups.ts'
import { havingConditions, readHaving } from './having.ts'
import { type Figure, measures } from './measures.ts'
import { orderExpressions, readOrder } from './order.ts'

/** Groups of one answer: how many unless asked, and how many at most. */
const size = { usual: 100, most: 10_000 } as const

export interface AggregatePlan {
  readonly groups: readonly Group[]
  /** The tables of related records that are grouped by. */
  readonly joins: readonly Sql[]
  readonly figures: readonly Figure[]
  /** Columns whose amounts are added up or compared: they must be of one currency in each group. */
  readonly amounts: readonly Column[]
  readonly having: readonly Sql[]
  readonly order: readonly Sql[]
  readonly limit: number
}

/**
 * Reads the question.
 *
 * @throws TrellisError `BAD_INPUT` for a question that contradicts itself or asks for too much
 * @throws TrellisError `FORBIDDEN` for a field that the viewer may not read
 */
export function planAggregate(reading: Reading, question: AggregateQuestion): AggregatePlan {
  const { entity, right } = reading
  const limit = question.first ?? size.usual
  if (limit < 1 || limit > size.most)
    throw new TrellisError('BAD_INPUT', `first is ${limit}; aggregate allows 1 to ${size.most}.`)
  const { groups, joins, own } = planGroups(reading, question.groupBy ?? [])
  const figures = measures.flatMap(measure =>
    (question.measures?.[measure] ?? []).map(name => ({ measure, column: columnOf(entity, name) })),
  )
  const conditions = readHaving(entity, question.having)
  const terms = readOrder(entity, question.orderBy)
  const compared = [
    ...conditions.flatMap(({ figure }) => figure ?? []),
    ...terms.flatMap(({ by }) => (typeof by === 'string' ? [] : [by])),
  ]
  for (const { column } of [...figures, ...compared]) assertReadable(entity, right, column)
  const comparedAmounts = amountsOf(compared, own)
  return {
    groups,
    joins,
    figures,
    amounts: [...new Set([...amountsOf(figures, own), ...comparedAmounts])],
    having: havingConditions(conditions, comparedAmounts),
    // Groups whose amounts cannot be compared come first: behind others, the limit could hide that they are there.
    order: [
      ...[...comparedAmounts].map(stored => sql`(${isMixed(stored)}) is true desc`),
      ...orderExpressions(terms, groups),
    ],
    limit,
  }
}

import { type AggregateQuestion, TrellisError } from '@trellis/sdk'
import type { Column } from '../../definition.ts'
import type { Reading } from '../list.ts'
import { assertReadable } from '../names.ts'
import { type Sql, sql } from '../statement.ts'
import { amountsOf, isMixed } from './currencies.ts'
import { type Group, planGroups } from './groups.ts'
import { havingConditions, readHaving } from './having.ts'
import { type Figure, figuresAsked } from './measures.ts'
import { orderExpressions, readOrder } from './order.ts'
import { type Part, partsOf } from './parts.ts'

/** Groups of one answer: how many unless asked, and how many at most. */
const size = { usual: 100, most: 1000 } as const

export interface AggregatePlan {
  readonly groups: readonly Group[]
  /** The tables of related records that are grouped by. */
  readonly joins: readonly Sql[]
  /** Their depths, by the references that lead to them. */
  readonly joined: ReadonlyMap<string, number>
  readonly figures: readonly Figure[]
  /** What parts of groups are asked for; none without a pivot. */
  readonly parts: readonly Part[]
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
  const { groups, pivot, joins, joined, own } = planGroups(reading, question)
  const figures = figuresAsked(entity, question.measures)
  const ofParts = figuresAsked(entity, question.pivot?.measures)
  const conditions = readHaving(entity, question.having)
  const terms = readOrder(entity, question.orderBy)
  const compared = [
    ...conditions.flatMap(({ figure }) => figure ?? []),
    ...terms.flatMap(({ by }) => (typeof by === 'string' ? [] : [by])),
  ]
  for (const { column } of [...figures, ...ofParts, ...compared]) assertReadable(entity, right, column)
  const comparedAmounts = amountsOf(compared, own)
  return {
    groups,
    joins,
    joined,
    figures,
    parts: pivot ? partsOf(pivot, question.pivot?.values ?? [], ofParts) : [],
    amounts: [...new Set([...amountsOf([...figures, ...ofParts], own), ...comparedAmounts])],
    having: havingConditions(conditions, comparedAmounts),
    // Groups whose amounts cannot be compared come first: behind others, the limit could hide that they are there.
    order: [
      ...[...comparedAmounts].map(stored => sql`(${isMixed(stored)}) is true desc`),
      ...orderExpressions(terms, groups),
    ],
    limit,
  }
}

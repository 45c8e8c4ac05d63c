import { type AggregateRow, type Measure, TrellisError } from '@trellis/sdk'
import type { Row } from './page.ts'
import { type AggregatePlan, currenciesAlias, groupAlias, measureAlias } from './sql/aggregate.ts'

/**
 * Gives the database's flat row the shape of the answer.
 *
 * @throws TrellisError `MIXED_CURRENCIES` when amounts of several currencies were added up
 */
export function aggregateRow(row: Row, plan: AggregatePlan): AggregateRow {
  for (const { name } of plan.amounts) {
    const currencies = row[currenciesAlias(name)]
    if (Array.isArray(currencies) && currencies.length > 1)
      throw new TrellisError(
        'MIXED_CURRENCIES',
        `${name} is in ${currencies.join(', ')}, which do not add up; group by CURRENCY too, or filter by one currency.`,
      )
  }
  const valuesOf = (wanted: Measure): Record<string, unknown> =>
    Object.fromEntries(
      plan.measures
        .filter(({ measure }) => measure === wanted)
        .map(({ measure, column }) => [column.name, row[measureAlias(measure, column.name)]]),
    )
  return {
    count: Number(row['count']),
    group: Object.fromEntries(plan.groups.map(({ column }) => [column.name, row[groupAlias(column.name)]])),
    measures: {
      sum: valuesOf('sum'),
      avg: valuesOf('avg'),
      min: valuesOf('min'),
      max: valuesOf('max'),
      countDistinct: valuesOf('countDistinct'),
    },
  }
}

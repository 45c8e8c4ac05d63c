import { type AggregateRow, type Figures, type Measure, TrellisError } from '@trellis/sdk'
import { relatedGroupName } from './expand/columns.ts'
import type { Row } from './page.ts'
import { currenciesOf } from './sql/aggregate/currencies.ts'
import type { Group } from './sql/aggregate/groups.ts'
import { type Figure, measureAlias } from './sql/aggregate/measures.ts'
import type { AggregatePlan } from './sql/aggregate/plan.ts'
import { groupAlias } from './sql/aggregate/statement.ts'

/**
 * Gives the database's flat row the shape of the answer.
 *
 * @throws TrellisError `MIXED_CURRENCIES` when amounts of several currencies were added up or compared
 */
export function aggregateRow(row: Row, plan: AggregatePlan): AggregateRow {
  for (const stored of plan.amounts) {
    const currencies = currenciesOf(stored, row)
    if (currencies)
      throw new TrellisError(
        'MIXED_CURRENCIES',
        `${stored.name} is in several currencies, such as ${currencies.join(' and ')}, which do not add up; group by CURRENCY too, or filter by one currency.`,
      )
  }
  return {
    ...figuresOf(row, plan.figures, ''),
    group: groupOf(row, plan.groups),
    parts: new Map(
      plan.parts.map(({ value, figures, prefix }) => [value, figuresOf(row, figures, prefix)] as const),
    ),
  }
}

function figuresOf(row: Row, figures: readonly Figure[], prefix: string): Figures {
  const valuesOf = (wanted: Measure): Record<string, unknown> =>
    Object.fromEntries(
      figures
        .filter(({ measure }) => measure === wanted)
        .map(figure => [figure.column.name, row[`${prefix}${measureAlias(figure)}`]]),
    )
  return {
    count: Number(row[`${prefix}count`]),
    measures: {
      sum: valuesOf('sum'),
      avg: valuesOf('avg'),
      min: valuesOf('min'),
      max: valuesOf('max'),
      countDistinct: valuesOf('countDistinct'),
      countValues: valuesOf('countValues'),
    },
  }
}

interface Values {
  [name: string]: unknown
}

const isValues = (value: unknown): value is Values => typeof value === 'object' && value !== null

/** Values of the list's own fields by name, and those of related records below the reference that leads to them. */
function groupOf(row: Row, groups: readonly Group[]): Row {
  const all: Values = {}
  for (const [index, { path, column }] of groups.entries()) {
    let values = all
    for (const reference of path) values = valuesBelow(values, relatedGroupName(reference))
    values[column.name] = row[groupAlias(index)]
  }
  return all
}

function valuesBelow(values: Values, name: string): Values {
  const known = values[name]
  if (isValues(known)) return known
  const made: Values = {}
  values[name] = made
  return made
}

import { type EntityLoaders, type Figures, type Filter, type Measures, TrellisError } from '@trellis/sdk'
import type { ReportPeriod } from '../../generated/resolvers.ts'
import { type Dimension, groupByOf, valueIn } from './dimension.ts'

/** Rows of a report at most: more is no report, and would be cut off somewhere. */
const mostRows = 1000

/** What is counted, and how. */
export interface ReportQuestion {
  readonly counted: Pick<EntityLoaders<unknown>, 'aggregate'>
  /** Which records are counted; all of them hold. */
  readonly filters: readonly (Filter | null | undefined)[]
  readonly by: readonly Dimension[]
  readonly period: ReportPeriod | null | undefined
  readonly measures?: Measures
  /** Where amounts are among the measures, the path to their currency: each currency has rows of its own. */
  readonly currency?: string
  /** What tells parts of a row apart, such as won and lost. */
  readonly pivot?: {
    readonly path: string
    readonly values: readonly string[]
    readonly measures?: Measures
  }
}

/** A row before its figures: what the database found. */
export interface Cells {
  /** One for each dimension. */
  readonly values: readonly (string | null)[]
  readonly currency: string | null
  readonly whole: Figures
  /** By the pivot's values. */
  readonly parts: ReadonlyMap<string, Figures>
}

/**
 * What a report is by, name and meaning.
 *
 * @throws TrellisError `BAD_INPUT` for nothing, for more than two, for one twice
 */
export function dimensionsOf<Name extends string>(
  by: readonly Name[],
  meaning: (name: Name) => Dimension,
): readonly (readonly [Name, Dimension])[] {
  if (by.length < 1 || by.length > 2)
    throw new TrellisError('BAD_INPUT', `by has ${by.length} entries; a report has 1 or 2.`)
  if (by[0] === by[1]) throw new TrellisError('BAD_INPUT', `by names ${by[0]} twice.`)
  return by.map(name => [name, meaning(name)] as const)
}

/**
 * Reads the figures of a report in one statement: the database groups, and nothing is added up here.
 *
 * @throws TrellisError `BAD_INPUT` for more rows than a report has
 */
export async function readReport({
  counted,
  filters,
  by,
  period,
  measures,
  currency,
  pivot,
}: ReportQuestion): Promise<readonly Cells[]> {
  const coined = currency === undefined ? null : { path: currency }
  const groups = await counted.aggregate({
    filter: { and: filters.filter(filter => filter != null) },
    groupBy: [...by, ...(coined ? [coined] : [])].map(dimension => groupByOf(dimension, period)),
    first: mostRows,
    ...(measures && { measures }),
    ...(pivot && { pivot: { ...pivot, by: groupByOf(pivot, period) } }),
  })
  if (groups.length === mostRows)
    throw new TrellisError(
      'BAD_INPUT',
      `The report would have ${mostRows} rows or more. Ask for longer periods, for fewer days, or by less.`,
    )
  return groups.map(({ group, parts, ...whole }) => ({
    values: by.map(dimension => valueIn(group, dimension)),
    currency: coined ? valueIn(group, coined) : null,
    whole,
    parts,
  }))
}

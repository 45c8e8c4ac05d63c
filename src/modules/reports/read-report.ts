import {
  type AggregateQuestion,
  type AggregateRow,
  type DataContext,
  type EntityLoaders,
  type Filter,
  TrellisError,
} from '@trellis/sdk'
import type { ReportPeriod } from '../../generated/resolvers.ts'
import { type Dimension, groupByOf, valueIn } from './dimension.ts'

/** Rows of a report at most: more is no report, and would be cut off somewhere. */
const mostRows = 1000

/** Groups that one aggregate answers at most. */
const mostGroups = 10_000

/** What is counted, and how. */
export interface ReportQuestion {
  readonly counted: Pick<EntityLoaders<unknown>, 'aggregate'>
  /** Which records are counted; all of them hold. */
  readonly filters: readonly (Filter | null | undefined)[]
  readonly by: readonly Dimension[]
  readonly period: ReportPeriod | null | undefined
  readonly measures: NonNullable<AggregateQuestion['measures']>
  /** Where amounts are among the measures, the path to their currency: each currency has rows of its own. */
  readonly currency?: string
  /** A field whose values become figures of one row rather than rows of their own, such as won and lost. */
  readonly pivot?: string
}

/** A row before its figures: the groups of the database that it is made of. */
export interface Cells {
  /** One for each dimension. */
  readonly values: readonly (string | null)[]
  readonly currency: string | null
  /** By the pivot's value; one under `''` without a pivot. */
  readonly groups: ReadonlyMap<string, AggregateRow>
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
export async function readReport(
  { log }: Pick<DataContext, 'log'>,
  { counted, filters, by, period, measures, currency, pivot }: ReportQuestion,
): Promise<readonly Cells[]> {
  const [coined, told] = [currency, pivot].map(path => (path === undefined ? null : { path }))
  const besides = [coined, told].filter(one => one != null && by.every(({ path }) => path !== one.path))
  const all = [...by, ...besides.filter(one => one != null)]
  const groups = await counted.aggregate({
    filter: { and: filters.filter(filter => filter != null) },
    groupBy: all.map(dimension => groupByOf(dimension, period)),
    measures,
    first: mostGroups,
  })
  const rows = new Map<string, Omit<Cells, 'groups'> & { readonly groups: Map<string, AggregateRow> }>()
  for (const group of groups) {
    const values = by.map(dimension => valueIn(group.group, dimension))
    const of = coined ? valueIn(group.group, coined) : null
    const identity = JSON.stringify([values, of])
    const row = rows.get(identity) ?? { values, currency: of, groups: new Map<string, AggregateRow>() }
    row.groups.set((told && valueIn(group.group, told)) ?? '', group)
    rows.set(identity, row)
  }
  log.debug({ groups: groups.length, rows: rows.size }, 'report read')
  if (rows.size > mostRows || groups.length === mostGroups)
    throw new TrellisError(
      'BAD_INPUT',
      `The report has ${groups.length === mostGroups ? 'many' : rows.size} rows; ${mostRows} are allowed. Ask for longer periods, fewer days, or by less.`,
    )
  return [...rows.values()]
}

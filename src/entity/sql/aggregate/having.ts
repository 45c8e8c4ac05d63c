import type { Filter, Having } from '@trellis/sdk'
import { type Column, columnBehind, type EntityDefinition } from '../../definition.ts'
import { assertShape, isFilter } from '../filter-shape.ts'
import { all } from '../names.ts'
import { operators } from '../operators.ts'
import { type Sql, sql } from '../statement.ts'
import { countsOnly, isMixed } from './currencies.ts'
import { type Figure, figureSql, measures } from './measures.ts'

/** Conditions on one figure of a group. */
export interface Condition {
  /** Where they stand, such as `having.sum.amount`. */
  readonly path: string
  /** `null` for the count of records. */
  readonly figure: Figure | null
  readonly filter: Filter
}

/**
 * Reads `having`.
 *
 * @throws TrellisError `BAD_INPUT` for more conditions than are allowed, or a null
 */
export function readHaving(
  entity: EntityDefinition,
  having: Having | null | undefined,
): readonly Condition[] {
  if (!having) return []
  assertShape('having', having)
  const counts = isFilter(having.count) ? [{ path: 'having.count', figure: null, filter: having.count }] : []
  return [
    ...counts,
    ...measures.flatMap(measure =>
      Object.entries(having[measure] ?? {}).flatMap(([field, filter]) =>
        isFilter(filter)
          ? [
              {
                path: `having.${measure}.${field}`,
                figure: { measure, column: columnBehind(entity, field) },
                filter,
              },
            ]
          : [],
      ),
    ),
  ]
}

/**
 * The conditions as SQL. A group whose amounts are in several currencies cannot be compared: it stays, so that it is
 * seen and refused rather than left out by figures that mean nothing.
 *
 * @throws TrellisError `BAD_INPUT` naming the figure and the operator
 */
export const havingConditions = (
  conditions: readonly Condition[],
  amounts: ReadonlySet<Column>,
): readonly Sql[] =>
  conditions.flatMap(({ path, figure, filter }) => {
    const asked = operators(path, filter, figure ? comparable(figure) : sql`count(*)`)
    const mayBeMixed = figure !== null && !countsOnly.has(figure.measure) && amounts.has(figure.column)
    return mayBeMixed && asked.length > 0 ? [sql`((${all(asked)}) or ${isMixed(figure.column)})`] : asked
  })

/** Whole numbers add up to a bigint, which is compared with no decimal. */
const comparable = (figure: Figure): Sql =>
  figure.measure === 'sum' ? sql`${figureSql(figure)}::numeric` : figureSql(figure)

import type { AggregateRow, GroupBy, Loaders } from '@trellis/sdk'
import type { ReportPeriod } from '../../generated/resolvers.ts'
import { textOf } from './text-of.ts'

/** Entities that rows are about, by their loaders; each has a name. */
export type NamedRecords =
  | 'campaigns'
  | 'customers'
  | 'lostReasons'
  | 'marketingPlans'
  | 'pipelines'
  | 'pipelineStages'
  | 'products'
  | 'teams'
  | 'users'

/** A respect in which the records of a report are told apart. */
export interface Dimension {
  /** From the counted entity: a stored field, or references that lead to one, such as `customer.industry`. */
  readonly path: string
  /** Where the path ends at a reference: whose ids these are. */
  readonly records?: NamedRecords & keyof Loaders
  /** Whether values are the days on which periods begin. */
  readonly isPeriod?: boolean
}

/** `expectedCloseDate` -> `EXPECTED_CLOSE_DATE`, as the API's enums have it. */
const enumValueOf = (field: string): string => field.replace(/([A-Z])/g, '_$1').toUpperCase()

/** How an aggregate is asked to group by it. */
export function groupByOf({ path, isPeriod }: Dimension, period: ReportPeriod | null | undefined): GroupBy {
  const steps = path.split('.')
  const field: GroupBy = {
    field: enumValueOf(steps.at(-1) ?? ''),
    ...(isPeriod && { bucket: period?.bucket ?? 'MONTH', timeZone: period?.timeZone ?? 'UTC' }),
  }
  return steps.slice(0, -1).reduceRight<GroupBy>((inner, reference) => ({ [reference]: inner }), field)
}

const isGroup = (value: unknown): value is AggregateRow['group'] =>
  typeof value === 'object' && value !== null

/** What a group's records have in this respect. */
export function valueIn(group: AggregateRow['group'], { path, records }: Dimension): string | null {
  const steps = path.split('.')
  let values: AggregateRow['group'] = group
  for (const reference of steps.slice(0, -1)) {
    const below = values[`${reference}Group`]
    values = isGroup(below) ? below : {}
  }
  const last = steps.at(-1) ?? ''
  // A record's own id is a field like any other.
  return textOf(values[records && last !== 'id' ? `${last}Id` : last])
}

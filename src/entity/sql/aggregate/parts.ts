import { type Sql, sql } from '../statement.ts'
import type { Group } from './groups.ts'
import type { Figure } from './measures.ts'

/** The records of a group that have one value of the pivot. */
export interface Part {
  readonly value: string
  /** The `filter` clause of figures over them. */
  readonly filter: Sql
  readonly figures: readonly Figure[]
  /** What the names of its columns in the answer begin with. */
  readonly prefix: string
}

export const partsOf = (
  { expression }: Group,
  values: readonly string[],
  figures: readonly Figure[],
): readonly Part[] =>
  values.map((value, index) => ({
    value,
    filter: sql` filter (where ${expression} = ${value})`,
    figures,
    prefix: `part_${index}_`,
  }))

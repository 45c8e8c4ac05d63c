import type { OperationDefinitionNode } from 'graphql'
import type { Counts } from './counters.ts'
import { partsOf } from './parts-of.ts'

/** What is done more often the more parents there are. */
export interface Growth {
  /** Response keys to the field that causes it. */
  readonly path: readonly string[]
  /** Such as `statement select …`, `call of Customer.visits`, `request POST http://…`. */
  readonly what: string
  readonly timesOfFew: number
  readonly timesOfMany: number
}

/** What an operation causes with few parents, and with many. */
export interface Measured {
  readonly few: Counts
  readonly many: Counts
}

export type Measure = (operation: OperationDefinitionNode) => Promise<Measured>

/**
 * Where an operation costs more the more parents there are: the innermost fields that do so by themselves. Empty when its cost is
 * the same for few and many.
 */
export async function findGrowth(
  operation: OperationDefinitionNode,
  measure: Measure,
): Promise<readonly Growth[]> {
  const narrow = async (
    part: OperationDefinitionNode,
    path: readonly string[],
  ): Promise<readonly Growth[]> => {
    const grown = growthOf(await measure(part))
    if (grown.length === 0) return []
    const below: Growth[] = []
    // A part that is all of it has nothing to be told apart from but what is below.
    for (const inner of partsOf(part, path)) below.push(...(await narrow(inner.operation, inner.path)))
    return below.length > 0 ? below : grown.map(growth => ({ ...growth, path }))
  }
  return narrow(operation, [])
}

/** Something that is done once when there is anything to do is not growth: few may have had nothing. */
function growthOf({ few, many }: Measured): readonly Omit<Growth, 'path'>[] {
  return [...many].flatMap(([what, timesOfMany]) => {
    const timesOfFew = few.get(what) ?? 0
    return timesOfMany > Math.max(timesOfFew, 1) ? [{ what, timesOfFew, timesOfMany }] : []
  })
}

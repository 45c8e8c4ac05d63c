import { quantile } from '../measure/statistics.ts'

/** The most that a cycle may leave behind, in kB: a schema that is kept is some megabytes. */
export const mostKilobytes = 64

/** Cycles that do not count: code is compiled, and caches fill, in the first ones. */
const warmUpCycles = 10

/**
 * By how much the heap grows each cycle once it is warm; kB. The median of the slopes between any two cycles (Theil and
 * Sen), since the engine may hold what was last in use for a cycle longer, which is megabytes and no growth.
 *
 * @param heaps after each cycle, in bytes
 */
export function heapSlope(heaps: readonly number[]): number {
  const values = heaps.slice(warmUpCycles).map(bytes => bytes / 1000)
  const slopes = values.flatMap((value, place) =>
    values.slice(place + 1).map((later, further) => (later - value) / (further + 1)),
  )
  return quantile(slopes, 0.5)
}

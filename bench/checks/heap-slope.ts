/** The most that a cycle may leave behind, in kB: a schema that is kept is some megabytes. */
export const mostKilobytes = 64

/** Cycles that do not count: code is compiled, and caches fill, in the first ones. */
const warmUpCycles = 10

/** By how much the heap grows each cycle once it is warm, by least squares; kB. @param heaps after each cycle, in bytes */
export function heapSlope(heaps: readonly number[]): number {
  const values = heaps.slice(warmUpCycles).map(bytes => bytes / 1000)
  const mean = (numbers: readonly number[]): number =>
    numbers.reduce((sum, number) => sum + number, 0) / numbers.length
  const [meanPlace, meanValue] = [(values.length - 1) / 2, mean(values)]
  const along = mean(values.map((value, place) => (place - meanPlace) * (value - meanValue)))
  return along / mean(values.map((_, place) => (place - meanPlace) ** 2))
}

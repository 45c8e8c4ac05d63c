/** The places of those that were there before. */
export function repetitions(keys: readonly string[]): ReadonlySet<number> {
  const seen = new Set<string>()
  const again = new Set<number>()
  for (const [index, key] of keys.entries()) {
    if (seen.has(key)) again.add(index)
    seen.add(key)
  }
  return again
}

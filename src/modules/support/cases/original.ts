import type { Context, Records } from '@trellis/sdk'

type Case = Records['Case']

/**
 * What a case that may be a duplicate itself is a duplicate of in the end, as far as the viewer may see; `null` for
 * a case that there is not.
 */
export async function originalOf(id: string, { loaders }: Context): Promise<Case | null> {
  let found = await loaders.cases.byId.load(id)
  const seen = new Set<string>()
  while (found?.duplicateOfId && !seen.has(found.id)) {
    seen.add(found.id)
    const next = await loaders.cases.byId.load(found.duplicateOfId)
    if (!next || next.deletedAt) break
    found = next
  }
  return found
}

import { type MergeEffect, type Records, UserErrors } from '@trellis/sdk'

/** Refuses merges by which it would be forgotten what a lead has become: the one that was converted stays, or none. */
export const keepConverted: MergeEffect<Records['Lead']> = merges => {
  const userErrors = merges.flatMap(({ record, merged }) =>
    merged
      .filter(({ convertedAt }) => convertedAt !== null && record.convertedAt === null)
      .map(({ id }) => ({
        code: 'CONTRADICTION',
        message: `Lead ${id} was converted, and ${record.id} was not; merge the other way round.`,
        path: ['input', 'mergedIds'],
      })),
  )
  if (userErrors.length > 0) throw new UserErrors(userErrors)
}

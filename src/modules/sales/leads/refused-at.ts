import { UserErrors } from '@trellis/sdk'

/**
 * Runs a write of a record that follows from a mutation's input, and says of its refusals where in that input they can
 * be put right.
 *
 * @param placeOf the path in the arguments for a field of the record
 */
export async function refusedAt<Value>(
  work: () => Promise<Value>,
  placeOf: (field: string | undefined) => readonly string[],
): Promise<Value> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof UserErrors)) throw error
    throw new UserErrors(error.userErrors.map(({ path, ...rest }) => ({ ...rest, path: placeOf(path[1]) })))
  }
}

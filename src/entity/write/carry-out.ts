import type { Intent } from './intent.ts'
import { judge } from './judge.ts'
import { assertWritesSome } from './rights.ts'
import { type Outcome, type WriteOptions, write } from './write.ts'
import type { Writing } from './writing.ts'

/**
 * Writes what callers mean to write, one record or many on the same way: rights first, then the records as
 * they are, then all that `write` does. The number of statements does not depend on the number of records.
 *
 * @throws UserErrors with all that is wrong, when anything is and `errorPolicy` is `ABORT`
 * @throws TrellisError `FORBIDDEN`
 */
export async function carryOut(
  writing: Writing,
  intents: readonly Intent[],
  options: WriteOptions,
): Promise<Outcome> {
  for (const action of new Set(intents.map(intent => intent.action))) assertWritesSome(writing, action)
  return write(writing, await judge(writing, intents, options.onForbidden), options)
}

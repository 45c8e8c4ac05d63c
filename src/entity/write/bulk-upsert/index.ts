import type { BulkOutcome, BulkUpsertInput } from '@trellis/sdk'
import { bulkOutcome, inBulk, pathOfItem } from '../bulk.ts'
import { repetitions } from '../repetitions.ts'
import { write } from '../write.ts'
import type { Writing } from '../writing.ts'
import { assertBounds } from './bounds.ts'
import { fateOf } from './fate.ts'
import { recall, remember } from './known.ts'

/**
 * Creates or changes records by their ids in another system. An item that says nothing new writes nothing,
 * so that a load may be run again, or taken up where it broke off.
 *
 * @throws UserErrors when an item is refused and `errorPolicy` is `ABORT`
 * @throws TrellisError `BAD_INPUT` for more items than are allowed; `FORBIDDEN`
 */
export async function bulkUpsert(writing: Writing, input: BulkUpsertInput): Promise<BulkOutcome> {
  const { system, items } = input
  assertBounds(input)
  const memory = await recall(writing, input)
  const repeated = repetitions(items.map(({ externalId }) => externalId))
  // All at once, so that the wholes of parts are read by one statement.
  const fates = await Promise.all(
    items.map((item, index) =>
      fateOf(item, { writing, system, memory, path: pathOfItem(index), isRepeated: repeated.has(index) }),
    ),
  )
  const { results, userErrors } = bulkOutcome(await write(writing, fates, inBulk(input)))
  await remember(
    writing,
    system,
    items.flatMap((item, index) => {
      const id = results[index]?.id ?? null
      return id === null || memory.isRepeated(item) ? [] : [{ item, id }]
    }),
  )
  return {
    results: results.map((result, index) => ({ ...result, externalId: items[index]?.externalId ?? '' })),
    userErrors,
  }
}

import { entityOf } from '../../definition.ts'
import { redirectsOf } from '../../merge/redirects.ts'
import type { Row } from '../../page.ts'
import { run } from '../../sql/statement.ts'
import type { Writing } from '../writing.ts'
import type { Item } from './bounds.ts'

/** An item, and the record that it stands for. */
interface Known {
  readonly item: Item
  readonly before: Row
}

/**
 * Follows references of items to merged records: whoever sends the id that a record had is not taken to move what
 * points there. Only ids that differ from what is stored are looked up.
 *
 * @returns the item with the ids of the records that stayed
 */
export async function followReferences(
  { entity, entities, context }: Writing,
  known: readonly Known[],
): Promise<(item: Item) => Item> {
  const led = new Map<string, string>()
  for (const { name, reference } of entity.columns.values()) {
    const target = reference && entityOf(entities, reference.target)
    if (!target?.mergeable) continue
    const differing = known.flatMap(({ item: { [name]: id }, before: { [name]: stored } }) =>
      typeof id === 'string' && typeof stored === 'string' && id !== stored ? [id] : [],
    )
    const redirects = await redirectsOf(statement => run(context.database(), statement), target, differing)
    for (const [id, to] of redirects) led.set(id, to)
  }
  if (led.size === 0) return item => item
  return item => ({
    ...item,
    ...Object.fromEntries(
      Object.entries(item).flatMap(([name, value]) => {
        const to =
          entity.columns.get(name)?.reference && typeof value === 'string' ? led.get(value) : undefined
        return to === undefined ? [] : [[name, to]]
      }),
    ),
  })
}

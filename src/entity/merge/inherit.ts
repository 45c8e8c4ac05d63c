import { columnOf, type EntityDefinition, entityOf, entityOfId } from '../definition.ts'
import type { Row } from '../page.ts'
import { loadersOf } from '../registry.ts'
import { identifier, run, sql } from '../sql/statement.ts'
import type { Writing } from '../write/writing.ts'

function targetOf({ entity, entities }: Writing, name: string, id: string): EntityDefinition | null {
  const { reference, anyReference } = columnOf(entity, name)
  if (reference) return entityOf(entities, reference.target)
  return anyReference ? (entityOfId(entities, id) ?? null) : null
}

/**
 * Sets references that come from merged records and lead to what the viewer may not see: the viewer could not
 * set them, but they are the record's now, and are not to be lost. Those that lead to deleted records are.
 *
 * @returns the values that are left to be written as the viewer's
 */
export async function inheritReferences(writing: Writing, id: string, values: Row): Promise<Row> {
  const { entity, context } = writing
  const left: Record<string, unknown> = { ...values }
  for (const [name, value] of Object.entries(values)) {
    const target = typeof value === 'string' ? targetOf(writing, name, value) : null
    if (!target) continue
    const seen = await loadersOf(context, target).byId.load(String(value))
    if (seen && seen['deletedAt'] === null) continue
    delete left[name]
    const living = sql`(select id from ${identifier(target.name)} where id = ${value} and "deletedAt" is null)`
    await run(
      context.database(),
      sql`update ${identifier(entity.name)} set ${identifier(name)} = ${living} where id = ${id}`,
    )
  }
  return left
}

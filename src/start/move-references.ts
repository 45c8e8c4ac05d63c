import type { DataContext, Merge, MergeEffect } from '@trellis/sdk'
import { sql } from 'kysely'
import { extensionFailure } from '../composition/index.ts'
import { extensionPostgresSchema } from '../database/migrations/index.ts'
import type { Reference } from './references.ts'

type Hooks = Readonly<Record<string, (merges: never, context: DataContext) => void | Promise<void>>>

interface Row {
  readonly id: string
}

/** What PostgreSQL says when a row would be there twice. */
const uniqueViolation = '23505'

/**
 * The hooks on merges of an extension that declares references: its own first, which may join rows that may not be
 * there twice, then all columns are set to the id that stays, each by one statement.
 */
export function withMovedReferences(
  extension: string,
  references: readonly Reference[],
  hooks: Hooks = {},
): Hooks {
  const moved = [...Map.groupBy(references, ({ entity }) => entity)].map(([entity, columns]) => {
    const own = hooks[entity]
    const hook = async (merges: readonly Merge<Row>[], context: DataContext): Promise<void> => {
      // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- filed under its entity, it is given merges of that one
      await own?.(merges as never, context)
      for (const column of columns) await move(extension, column, merges, context)
    }
    return [entity, hook satisfies MergeEffect<Row>] as const
  })
  return { ...hooks, ...Object.fromEntries(moved) }
}

/** @throws TrellisError `EXTENSION_FAILED` that names the extension, with what PostgreSQL said as its cause */
async function move(
  extension: string,
  { table, column, entity }: Reference,
  merges: readonly Merge<Row>[],
  { database }: DataContext,
): Promise<void> {
  const pairs = merges.flatMap(({ record, merged }) => merged.map(({ id }) => ({ id, stays: record.id })))
  const [ids, stays] = [pairs.map(({ id }) => id), pairs.map(pair => pair.stays)]
  const name = sql.id(extensionPostgresSchema(extension), table)
  try {
    await sql`
      update ${name} as row set ${sql.id(column)} = pair.stays
      from unnest(${ids}::text[], ${stays}::text[]) as pair(id, stays)
      where row.${sql.id(column)} = pair.id`.execute(database())
  } catch (thrown) {
    throw extensionFailure(
      extension,
      `references.${table}.${column}`,
      explained(thrown, { table, column, entity }),
    )
  }
}

const explained = (thrown: unknown, { table, column, entity }: Reference): unknown =>
  thrown instanceof Error && 'code' in thrown && thrown.code === uniqueViolation
    ? new Error(
        `Rows of "${table}" that would have the same ${column} may not be there twice. ` +
          `Join or delete them in merges: { ${entity}: … }, which runs before ${table}.${column} is set.`,
        { cause: thrown },
      )
    : thrown

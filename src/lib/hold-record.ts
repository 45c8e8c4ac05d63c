import { type Kysely, sql } from 'kysely'

interface Owned {
  readonly ownerId: string | null
}

interface Holding {
  readonly rights: { assert(action: 'update', subject: Owned & { readonly entity: string }): void }
  database(): Kysely<unknown>
}

export interface HoldOptions<Row> {
  readonly id: string
  /** The entity, which its table is named after. */
  readonly entity: string
  /** Reads it as far as the viewer sees it, and anew each time. */
  readonly load: (id: string) => Promise<Row | null>
}

/**
 * A record as it is once nobody else writes it, held until the transaction ends: of two who decide it at once, the
 * second finds it decided. `null` for one that the viewer does not see.
 *
 * @throws TrellisError `FORBIDDEN` when the viewer may not change it; nobody waits for them then
 */
export async function holdRecord<Row extends Owned>(
  context: Holding,
  { id, entity, load }: HoldOptions<Row>,
): Promise<Row | null> {
  const seen = await load(id)
  if (!seen) return null
  context.rights.assert('update', { entity, ownerId: seen.ownerId })
  await sql`select from ${sql.table(entity)} where id = ${id} for no key update`.execute(context.database())
  return load(id)
}

import { createHash } from 'node:crypto'
import type { BulkUpsertInput } from '@trellis/sdk'
import { stableJson } from '../../../lib/stable-json.ts'
import { newId } from '../../../lib/type-id.ts'
import type { Row } from '../../page.ts'
import { loadersOf } from '../../registry.ts'
import { run, sql } from '../../sql/statement.ts'
import { lockRecords } from '../lock.ts'
import type { Writing } from '../writing.ts'
import type { Item } from './bounds.ts'
import { followReferences } from './follow-references.ts'

/** The record behind an external id, and what was last sent for it. */
export interface Known {
  readonly entityId: string
  readonly externalId: string
  readonly hash: string
}

/** What is known of a system's ids, and the records behind them as far as the viewer may see them. */
export interface Memory {
  find(item: Item): Known | undefined
  /** Whether the item is the very same as when it was last sent. */
  isRepeated(item: Item): boolean
  record(id: string): Row | undefined
  /** The item as it is to be written: ids of merged records in it are those of the records that stayed. */
  current(item: Item): Item
  /** Another item, earlier in the bulk and new as well, that stands for the same record since they were merged. */
  twin(item: Item): Item | undefined
}

const hashOf = (item: Item): string => createHash('sha256').update(stableJson(item)).digest('base64url')

/** Finds what is known of the ids, and keeps others from importing the same system's at the same time. */
async function findKnown(
  { entity, context }: Writing,
  { system, items }: BulkUpsertInput,
): Promise<ReadonlyMap<string, Known>> {
  const database = context.database()
  await run(database, sql`select pg_advisory_xact_lock(hashtextextended(${`${entity.name} ${system}`}, 0))`)
  const rows = await run<Known>(
    database,
    sql`
    select "entityId", "externalId", hash from "ExternalReference"
    where system = ${system} and "entityType" = ${entity.name} and "externalId" = any(${items.map(item => item.externalId)})`,
  )
  return new Map(rows.map(row => [row.externalId, row]))
}

/** Reads what the system's ids stand for; records that may change are held until the transaction ends. */
export async function recall(writing: Writing, input: BulkUpsertInput): Promise<Memory> {
  const known = await findKnown(writing, input)
  const find = (item: Item): Known | undefined => known.get(item.externalId)
  const isRepeated = (item: Item): boolean => find(item)?.hash === hashOf(item)
  const idsOf = (items: readonly Item[]): readonly string[] =>
    items.flatMap(item => find(item)?.entityId ?? [])

  const repeated = idsOf(input.items.filter(isRepeated))
  const seen = await loadersOf(writing.context, writing.entity).byId.loadMany(repeated)
  const held = await lockRecords(writing, idsOf(input.items.filter(item => !isRepeated(item))))
  const records = new Map(held)
  for (const [index, id] of repeated.entries()) if (seen[index]) records.set(id, seen[index])
  const fresh = input.items.filter(item => !isRepeated(item))
  const sent = Map.groupBy(fresh, item => find(item)?.entityId)
  const current = await followReferences(
    writing,
    fresh.flatMap(item => {
      const before = records.get(find(item)?.entityId ?? '')
      return before ? [{ item, before }] : []
    }),
  )
  return {
    find,
    isRepeated,
    record: id => records.get(id),
    current,
    twin: item => {
      const id = isRepeated(item) ? undefined : find(item)?.entityId
      const [first = item] = id === undefined ? [] : (sent.get(id) ?? [])
      return first === item ? undefined : first
    },
  }
}

/**
 * Remembers, for the next time, what was sent and which record it stands for: one statement, with the
 * rows as one JSON value, for new ids and known ones.
 */
export async function remember(
  { entity, context }: Writing,
  system: string,
  sent: readonly { readonly item: Item; readonly id: string }[],
): Promise<void> {
  if (sent.length === 0) return
  const rows = sent.map(({ item, id }) => ({
    id: newId('xrf'),
    entityId: id,
    externalId: item.externalId,
    hash: hashOf(item),
  }))
  await run(
    context.database(),
    sql`
    insert into "ExternalReference" (id, "entityType", "entityId", system, "externalId", hash, "lastSyncedAt")
    select id, ${entity.name}, "entityId", ${system}, "externalId", hash, ${context.now()}::timestamptz
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as sent(id text, "entityId" text, "externalId" text, hash text)
    on conflict (system, "entityType", "externalId") do update set hash = excluded.hash, "lastSyncedAt" = excluded."lastSyncedAt"`,
  )
}

import { createHash } from 'node:crypto'
import {
  type BulkUpsertInput,
  type BulkUpsertResult,
  TrellisError,
  type UpsertStatus,
  type UserError,
  UserErrors,
} from '@trellis/sdk'
import { sql } from 'kysely'
import { stableJson } from '../../lib/stable-json.ts'
import { newId } from '../../lib/type-id.ts'
import type { Row } from '../page.ts'
import { loadersOf } from '../registry.ts'
import { createDraft, type Draft } from './draft.ts'
import { storedValues, withOwner } from './input.ts'
import { lockRecords } from './lock.ts'
import { assertWritable } from './rights.ts'
import { write } from './write.ts'
import type { Writing } from './writing.ts'

/** Items of one bulk upsert, and characters of a system's name and of an id in it, at most. */
const most = { items: 1000, system: 100, externalId: 200 } as const

type Item = BulkUpsertInput['items'][number]

interface Known {
  readonly entityId: string
  readonly externalId: string
  readonly hash: string
}

const hashOf = (item: Item): string => createHash('sha256').update(stableJson(item)).digest('base64url')

/** @throws TrellisError `BAD_INPUT` when the whole is out of bounds */
function assertBounds({ system, items }: BulkUpsertInput): void {
  if (items.length < 1 || items.length > most.items)
    throw new TrellisError('BAD_INPUT', `items has ${items.length} entries; 1 to ${most.items} are allowed.`)
  if (system.trim() === '' || system.length > most.system)
    throw new TrellisError(
      'BAD_INPUT',
      `system is "${system.slice(0, 60)}"; it takes 1 to ${most.system} characters.`,
    )
}

function checkIds(items: readonly Item[]): readonly UserError[] {
  const seen = new Set<string>()
  return items.flatMap(({ externalId }, index) => {
    const path = ['input', 'items', String(index), 'externalId']
    if (externalId === '' || externalId.length > most.externalId)
      return [
        {
          code: 'TOO_LONG',
          message: `externalId has ${externalId.length} characters; 1 to ${most.externalId} are allowed.`,
          path,
        },
      ]
    if (seen.has(externalId))
      return [{ code: 'DUPLICATE', message: `externalId "${externalId}" is in items twice.`, path }]
    seen.add(externalId)
    return []
  })
}

/** Finds the records behind the ids, and keeps others from importing the same system's at the same time. */
async function findKnown(
  { entity, context }: Writing,
  { system, items }: BulkUpsertInput,
): Promise<ReadonlyMap<string, Known>> {
  const database = context.database()
  await sql`select pg_advisory_xact_lock(hashtextextended(${`${entity.name} ${system}`}, 0))`.execute(
    database,
  )
  const { rows } = await sql<Known>`
    select "entityId", "externalId", hash from "ExternalReference"
    where system = ${system} and "entityType" = ${entity.name} and "externalId" = any(${items.map(item => item.externalId)})`.execute(
    database,
  )
  return new Map(rows.map(row => [row.externalId, row]))
}

const partition = <Value>(
  values: readonly Value[],
  test: (value: Value) => boolean,
): readonly [readonly Value[], readonly Value[]] => [
  values.filter(test),
  values.filter(value => !test(value)),
]

/** The external ids of those that the viewer may see: of others, not even that nothing changed is said. */
async function readable({ entity, context }: Writing, known: readonly Known[]): Promise<ReadonlySet<string>> {
  const rows = await loadersOf(context, entity).byId.loadMany(known.map(({ entityId }) => entityId))
  return new Set(known.filter((_, index) => rows[index]).map(({ externalId }) => externalId))
}

async function remember(
  writing: Writing,
  system: string,
  drafts: readonly Draft[],
  items: readonly Item[],
): Promise<void> {
  const { entity, context, models } = writing
  const itemOf = (draft: Draft): Item => {
    const item = items[Number(draft.path[2])]
    if (!item) throw new Error(`The draft at ${draft.path.join('.')} belongs to no item.`)
    return item
  }
  const created = drafts.filter(({ action }) => action === 'create')
  await models.create(
    'ExternalReference',
    created.map(draft => {
      const item = itemOf(draft)
      return {
        id: newId('xrf'),
        entityType: entity.name,
        entityId: draft.id,
        system,
        externalId: item.externalId,
        hash: hashOf(item),
        lastSyncedAt: context.now(),
      }
    }),
  )
  const changed = drafts.filter(({ action }) => action !== 'create').map(itemOf)
  if (changed.length === 0) return
  await sql`
    update "ExternalReference" as stored set hash = given.hash, "lastSyncedAt" = ${context.now()}
    from unnest(${changed.map(item => item.externalId)}::text[], ${changed.map(hashOf)}::text[]) as given("externalId", hash)
    where stored.system = ${system} and stored."entityType" = ${entity.name} and stored."externalId" = given."externalId"`.execute(
    context.database(),
  )
}

/**
 * Creates or changes records by their ids in another system. An item that is the same as when it was last
 * sent writes nothing, so that a load may be run again, or taken up where it broke off.
 *
 * @throws UserErrors when an item is refused and `errorPolicy` is `ABORT`
 * @throws TrellisError `BAD_INPUT` for more items than are allowed; `FORBIDDEN`
 */
export async function bulkUpsert(writing: Writing, input: BulkUpsertInput): Promise<BulkUpsertResult> {
  const { entity, context } = writing
  const { system, items } = input
  assertBounds(input)
  const early: UserError[] = [...checkIds(items)]
  if (early.length > 0 && input.errorPolicy !== 'SKIP') throw new UserErrors(early)
  const refused = new Set(early.map(({ path }) => Number(path[2])))

  const known = await findKnown(writing, input)
  const [same, differs] = partition(items, item => known.get(item.externalId)?.hash === hashOf(item))
  const unchanged = await readable(
    writing,
    same.flatMap(item => known.get(item.externalId) ?? []),
  )
  const stored = await lockRecords(
    writing,
    differs.flatMap(item => known.get(item.externalId)?.entityId ?? []),
  )

  const drafts = items.flatMap((item, index): Draft[] => {
    const reference = known.get(item.externalId)
    const path = ['input', 'items', String(index)]
    if (refused.has(index) || unchanged.has(item.externalId)) return []
    const values = { ...storedValues(entity, item), source: system }
    if (!reference)
      return [
        createDraft({
          action: 'create',
          id: newId(entity.idPrefix),
          before: null,
          input: item,
          path,
          values: withOwner(entity, values, context.viewer),
        }),
      ]
    const before = stored.get(reference.entityId)
    if (before && before['deletedAt'] === null)
      return [
        createDraft({
          action: 'update',
          id: reference.entityId,
          before,
          input: item,
          path,
          values: changesOf(values, before),
        }),
      ]
    early.push({
      code: before ? 'DELETED' : 'NOT_FOUND',
      message: `The ${entity.name} known as "${item.externalId}" is deleted, or not yours to see.`,
      path: [...path, 'externalId'],
    })
    return []
  })
  if (early.length > 0 && input.errorPolicy !== 'SKIP') throw new UserErrors(early)

  // All at once, so that the wholes of parts are read by one statement.
  await Promise.all(drafts.map(draft => assertWritable(writing, draft.action, draft.before ?? draft.values)))
  const written =
    drafts.length > 0
      ? await write(writing, drafts, input.errorPolicy ?? 'ABORT')
      : { drafts: [], userErrors: [] }
  await remember(writing, system, written.drafts, items)
  const byIndex = new Map(written.drafts.map(draft => [Number(draft.path[2]), draft]))
  return {
    userErrors: [...early, ...written.userErrors],
    results: items.map((item, index) => {
      const draft = byIndex.get(index)
      const reference = known.get(item.externalId)
      const isUnchanged = !refused.has(index) && unchanged.has(item.externalId)
      const status: UpsertStatus = draft
        ? draft.action === 'create'
          ? 'CREATED'
          : 'UPDATED'
        : isUnchanged
          ? 'UNCHANGED'
          : 'REFUSED'
      return {
        externalId: item.externalId,
        id: draft?.id ?? (isUnchanged ? (reference?.entityId ?? null) : null),
        status,
      }
    }),
  }
}

/** Only what differs, so that checks and effects see changes where there are some. */
const changesOf = (values: Row, before: Row): Row =>
  Object.fromEntries(
    Object.entries(values).filter(([name, value]) => stableJson(value) !== stableJson(before[name])),
  )

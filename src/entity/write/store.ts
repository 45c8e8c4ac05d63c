import { UserErrors } from '@trellis/sdk'
import pg from 'pg'
import { Prisma } from '../../generated/prisma/client.ts'
import { defaultValue } from '../default-value.ts'
import { columnOf, type EntityDefinition } from '../definition.ts'
import { wordsOf } from '../naming.ts'
import type { Row } from '../page.ts'
import { bulkUpdate } from './bulk-update.ts'
import type { Draft } from './draft.ts'
import type { Writing } from './writing.ts'

/** Prisma takes a date without time as its midnight in UTC. */
const forPrisma = (entity: EntityDefinition, values: Row): Row =>
  Object.fromEntries(
    Object.entries(values).map(([name, value]) =>
      entity.columns.get(name)?.type === 'Date' && typeof value === 'string'
        ? [name, new Date(`${value}T00:00:00.000Z`)]
        : [name, value],
    ),
  )

/**
 * Rows of the same fields, so that one statement takes them all: what one of them leaves out, and another does
 * not, is what the table would have put there.
 */
function alike(entity: EntityDefinition, rows: readonly Row[]): readonly Row[] {
  const names = new Set(rows.flatMap(row => Object.keys(row)))
  const defaults = said(
    Object.fromEntries([...names].map(name => [name, defaultValue(columnOf(entity, name))])),
  )
  return rows.map(row => ({ ...defaults, ...said(row) }))
}

const said = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== undefined))

/** PostgreSQL's codes and Prisma's for the same: Prisma sends some of our statements, Kysely the others. */
const taken: ReadonlySet<string> = new Set(['23505', 'P2002'])
const unknownReference: ReadonlySet<string> = new Set(['23503', 'P2003'])
const tooGreat: ReadonlySet<string> = new Set(['22003', 'P2020'])

const codeOf = (error: unknown): string =>
  error instanceof Prisma.PrismaClientKnownRequestError || error instanceof pg.DatabaseError
    ? (error.code ?? '')
    : ''

/** What the database refused although the checks let it pass, because somebody else was faster, say. */
function refusedByDatabase(error: unknown, { entity }: Writing, path: readonly string[]): UserErrors | null {
  const words = wordsOf(entity.name)
  if (taken.has(codeOf(error)))
    return new UserErrors([
      { code: 'TAKEN', message: `Another ${words} has the same values where they have to differ.`, path },
    ])
  if (unknownReference.has(codeOf(error)))
    return new UserErrors([
      { code: 'NOT_FOUND', message: `The ${words} refers to a record that does not exist.`, path },
    ])
  if (tooGreat.has(codeOf(error)))
    return new UserErrors([
      {
        code: 'OUT_OF_RANGE',
        message: `A figure that follows from the ${words}, such as a total, has more than 14 digits before the point.`,
        path,
      },
    ])
  return null
}

/** Writes drafts that passed every check: new ones in one statement, changes in another. */
export async function store(writing: Writing, drafts: readonly Draft[]): Promise<void> {
  const { entity, context, models } = writing
  const stamp = { updatedAt: context.now(), updatedById: context.viewer.id }
  const created = drafts.filter(({ action }) => action === 'create')
  const changed = drafts.filter(({ action }) => action !== 'create')
  for (const draft of changed) draft.amend(stamp)
  try {
    const rows = created.map(({ id, values }) => ({
      ...forPrisma(entity, values),
      ...stamp,
      id,
      createdAt: stamp.updatedAt,
      createdById: stamp.updatedById,
    }))
    await models.create(entity.name, alike(entity, rows))
    const [first, ...others] = changed
    if (first && others.length === 0)
      await models.update(entity.name, first.id, {
        ...forPrisma(entity, first.values),
        version: { increment: 1 },
      })
    else if (first) await bulkUpdate(writing, changed)
  } catch (error) {
    throw refusedByDatabase(error, writing, drafts[0]?.path.slice(0, 1) ?? []) ?? error
  }
}

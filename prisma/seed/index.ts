import type { Storage } from '@trellis/sdk'
import { sql } from 'kysely'
import { bootstrapUsers, ensureBootstrapUsers } from '../../src/database/bootstrap-users.ts'
import type { Database, Session } from '../../src/database/database.ts'
import { startOfDay } from './calendar.ts'
import { insertFiles } from './files.ts'
import { insertSample } from './insert-sample.ts'
import { isUntouched } from './is-untouched.ts'
import { readDefaultPipeline } from './pipeline.ts'
import { makeSampleData } from './sample-data.ts'

export interface SeedOptions {
  /**
   * The end of the sample's history; the same moment makes the same rows, ids included.
   * @default the beginning of today, in UTC
   */
  readonly now?: Date
  /** Where the sample's files go. @default nowhere, and there are none */
  readonly storage?: Storage
}

/** Whether the sample was written, and how many of its main records. */
export interface SeedResult {
  readonly seeded: boolean
  readonly customers: number
  readonly contacts: number
  readonly opportunities: number
}

const nothing: SeedResult = { seeded: false, customers: 0, contacts: 0, opportunities: 0 }

/** The lock under which one gateway seeds and the others wait: the bytes of "Sample". */
const lockKey = 0x53616d706c65n

/**
 * Fills a database that nobody has put anything into with a sample: a sales department, its customers, and
 * two years of its history. All of it or, when the process ends on the way, none.
 */
export async function seedSampleData(
  database: Database,
  { now = startOfDay(new Date()), storage }: SeedOptions = {},
): Promise<SeedResult> {
  // Most starts find something, and need no transaction to see it.
  if (!(await isUntouched(database.session))) return nothing
  const transaction = await database.begin()
  try {
    const result = await seed(transaction.session, now, storage)
    await transaction.commit()
    return result
  } catch (error) {
    await transaction.rollback()
    throw error
  }
}

async function seed(session: Session, now: Date, storage: Storage | undefined): Promise<SeedResult> {
  await sql`select pg_advisory_xact_lock(${lockKey})`.execute(session.sql)
  const pipeline = await readDefaultPipeline(session)
  if (!pipeline || !(await isUntouched(session))) return nothing

  await ensureBootstrapUsers({ session })
  const idOf = async (email: string) =>
    (await session.prisma.user.findUniqueOrThrow({ where: { email }, select: { id: true } })).id
  const sample = makeSampleData({
    now,
    administratorId: await idOf(bootstrapUsers.administrator.email),
    agentId: await idOf(bootstrapUsers.agent.email),
    pipeline,
  })
  await insertSample(session, sample)
  if (storage) await insertFiles(session, sample.files, storage)
  const { customers, contacts, opportunities } = sample
  return {
    seeded: true,
    customers: customers.length,
    contacts: contacts.length,
    opportunities: opportunities.length,
  }
}

import { sql } from 'kysely'
import type { Session } from '../../src/database/database.ts'
import { activityLogTables } from './activity-log.ts'
import { marketingTables } from './campaigns.ts'
import { insertRows } from './insert-rows.ts'
import { type OrderBook, orderBookTables } from './order-book.ts'
import type { SampleData } from './sample-data.ts'
import { serviceDeskTables } from './service-desk.ts'
import type { Appointment } from './staff.ts'

/** Writes all rows, those that others refer to first. */
export async function insertSample(session: Session, sample: SampleData): Promise<void> {
  await insertRows(session, 'Team', sample.teams)
  await insertRows(session, 'User', sample.users)
  await appoint(session, sample.appointments)
  await insertRows(session, 'Product', sample.products)
  await insertRows(session, 'Customer', sample.customers)
  await insertRows(session, 'Contact', sample.contacts)
  await insertRows(session, 'Opportunity', sample.opportunities)
  await insertRows(session, 'OpportunityLine', sample.opportunityLines)
  await insertRows(session, 'StageHistory', sample.stageHistories)
  await insertOrderBook(session, sample.orderBook)
  for (const table of marketingTables) await insertRows(session, table, sample.marketing[table])
  for (const table of activityLogTables) await insertRows(session, table, sample.activityLog[table])
  for (const table of serviceDeskTables) await insertRows(session, table, sample.serviceDesk[table])
  await goOnBehind(session, 'Case_number', sample.serviceDesk.Case.length)
  await insertRows(session, 'Need', sample.needs)
  for (const table of ['Segment', 'SegmentMember'] as const)
    await insertRows(session, table, sample.segments[table])
  await insertRows(session, 'ExternalReference', sample.externalReferences)
  for (const table of ['Tag', 'Tagging', 'Note'] as const)
    await insertRows(session, table, sample.records[table])
}

/** Writes what was offered and ordered; numbers go on behind those that are given. */
async function insertOrderBook(session: Session, book: OrderBook): Promise<void> {
  for (const table of orderBookTables)
    if (book[table].length > 0) await insertRows(session, table, book[table])
  await goOnBehind(session, 'Quote_number', book.Quote.length)
  await goOnBehind(session, 'Order_number', book.Order.length)
}

/** Has a sequence go on behind as many numbers. */
async function goOnBehind(session: Session, sequence: string, count: number): Promise<void> {
  await sql`select setval(${`"${sequence}"`}::regclass, ${Math.max(1, count)}, ${count > 0})`.execute(
    session.sql,
  )
}

/** Puts users who are there already in their places. */
async function appoint(session: Session, appointments: readonly Appointment[]): Promise<void> {
  await sql`
    update "User" as stored
    set "teamId" = given."teamId", "managerId" = given."managerId", "createdAt" = given."createdAt", "updatedAt" = given."updatedAt"
    from jsonb_populate_recordset(null::"User", ${JSON.stringify(appointments)}::jsonb) as given
    where stored.id = given.id`.execute(session.sql)
}

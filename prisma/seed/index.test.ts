import { createHash } from 'node:crypto'
import { createGatewayOn, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { ensureBootstrapUsers } from '../../src/database/bootstrap-users.ts'
import { Prisma } from '../../src/generated/prisma/client.ts'
import { activityLogTables } from './activity-log.ts'
import { type OpenTestDatabase, openTestDatabase } from './fixtures/open-test-database.ts'
import { type SeedResult, seedSampleData } from './index.ts'
import { orderBookTables } from './order-book.ts'
import { serviceDeskTables } from './service-desk.ts'

const now = new Date('2026-03-17T00:00:00Z')
const notSeeded = { seeded: false, customers: 0, contacts: 0, opportunities: 0 }

/** A checksum of each table's rows, but for what a gateway that looks at them writes about itself. */
async function checksums({ query }: OpenTestDatabase): Promise<Readonly<Record<string, string>>> {
  const tables = Object.values(Prisma.ModelName).filter(name => name !== 'Installation')
  const parts = tables.map(
    table =>
      `select '${table}' as name, md5(string_agg(row::text, '|' order by row::text)) as sum from "${table}" row`,
  )
  const rows = await query<{ name: string; sum: string }>(parts.join(' union all '))
  return Object.fromEntries(rows.map(({ name, sum }) => [name, sum]))
}

const countOf = async ({ query }: OpenTestDatabase, table: string): Promise<number> =>
  (await query<{ count: number }>(`select count(*)::int as count from "${table}"`))[0]?.count ?? -1

/** A database that was filled once, for the claims that change nothing. */
let filled: OpenTestDatabase
let result: SeedResult
beforeAll(async () => {
  filled = await openTestDatabase()
  await ensureBootstrapUsers(filled.database)
  result = await seedSampleData(filled.database, { now, storage: filled.storage })
})
afterAll(() => filled[Symbol.asyncDispose]())

test('an empty database gets a few hundred customers with their history', async () => {
  const open = filled
  const { seeded, ...counts } = result

  expect(seeded).toBe(true)
  expect(counts).toMatchInlineSnapshot(`
    {
      "contacts": 691,
      "customers": 300,
      "opportunities": 920,
    }
  `)
  expect({
    customers: await countOf(open, 'Customer'),
    contacts: await countOf(open, 'Contact'),
    opportunities: await countOf(open, 'Opportunity'),
  }).toEqual(counts)
  expect({
    needs: await countOf(open, 'Need'),
    segments: await countOf(open, 'Segment'),
    members: await countOf(open, 'SegmentMember'),
  }).toMatchInlineSnapshot(`
    {
      "members": 10,
      "needs": 105,
      "segments": 6,
    }
  `)
  const orderBook: Record<string, number> = {}
  for (const table of orderBookTables) orderBook[table] = await countOf(open, table)
  expect(orderBook).toMatchInlineSnapshot(`
    {
      "Approval": 38,
      "ApprovalRule": 3,
      "Order": 366,
      "OrderLine": 709,
      "Quote": 598,
      "QuoteLine": 1162,
      "SalesTarget": 68,
    }
  `)
  const activityLog: Record<string, number> = {}
  for (const table of activityLogTables) activityLog[table] = await countOf(open, table)
  expect(activityLog).toMatchInlineSnapshot(`
    {
      "Activity": 1725,
      "ActivityAttendee": 1602,
      "ActivityTarget": 3450,
      "TimelineEvent": 10452,
    }
  `)
  const serviceDesk: Record<string, number> = {}
  for (const table of serviceDeskTables) serviceDesk[table] = await countOf(open, table)
  expect(serviceDesk).toMatchInlineSnapshot(`
    {
      "BusinessCalendar": 2,
      "BusinessInterval": 20,
      "Case": 335,
      "CaseComment": 549,
      "Feedback": 172,
      "Holiday": 45,
      "SlaPolicy": 4,
      "TimelineEvent": 10452,
    }
  `)
  const [next] = await open.query(
    `select nextval('"Quote_number"')::int as quote, nextval('"Order_number"')::int as order, nextval('"Case_number"')::int as case`,
  )
  expect(next).toEqual({
    quote: (orderBook['Quote'] ?? 0) + 1,
    order: (orderBook['Order'] ?? 0) + 1,
    case: (serviceDesk['Case'] ?? 0) + 1,
  })
})

test('tags, notes and files hang on them, and the files are there', async () => {
  const open = filled
  const { storage } = open
  const counts: Record<string, number> = {}
  for (const table of ['Tag', 'Tagging', 'Note', 'Attachment']) counts[table] = await countOf(open, table)
  expect(counts).toMatchInlineSnapshot(`
    {
      "Attachment": 2,
      "Note": 174,
      "Tag": 4,
      "Tagging": 220,
    }
  `)

  const files = await open.query<{ storageKey: string; size: number; sha256: string }>(
    'select "storageKey", size, sha256 from "Attachment"',
  )
  for (const { storageKey, size, sha256 } of files) {
    const hash = createHash('sha256')
    for await (const chunk of storage.get(storageKey)) hash.update(chunk)
    expect(await storage.stat(storageKey)).toEqual({ size })
    expect(hash.digest('hex')).toBe(sha256)
  }
})

test('every segment has customers, by the front door', async () => {
  await using gateway = await createGatewayOn({ connection: filled.connection, now: () => now })
  const answer = await gateway.data(
    '{ segments(orderBy: { field: NAME }) { nodes { name customers { totalCount } } } }',
  )
  expect(valueAt(answer, 'segments.nodes')).toMatchInlineSnapshot(`
    [
      {
        "customers": {
          "totalCount": 51,
        },
        "name": "About to decide",
      },
      {
        "customers": {
          "totalCount": 32,
        },
        "name": "Bought nothing for a year",
      },
      {
        "customers": {
          "totalCount": 8,
        },
        "name": "Key accounts",
      },
      {
        "customers": {
          "totalCount": 17,
        },
        "name": "Large, and nothing under way",
      },
      {
        "customers": {
          "totalCount": 5,
        },
        "name": "Manufacturers in Germany",
      },
      {
        "customers": {
          "totalCount": 2,
        },
        "name": "Reference customers",
      },
    ]
  `)
})

test('the same moment makes the same rows, whatever the time zone', async () => {
  await using another = await openTestDatabase({ timeZone: 'Asia/Shanghai' })
  await seedSampleData(another.database, { now, storage: another.storage })

  expect(await checksums(another)).toEqual(await checksums(filled))
})

test('without a moment, the history ends today', async () => {
  await using open = await openTestDatabase()
  await seedSampleData(open.database)
  const [row] = await open.query<{ days: number }>(
    `select extract(day from now() - max("createdAt"))::int as days from "Opportunity"`,
  )
  expect(row?.days).toBeLessThan(10)
})

test('a second start changes nothing', async () => {
  const open = filled
  const before = await checksums(open)

  await ensureBootstrapUsers(open.database)
  expect(await seedSampleData(open.database, { now: new Date('2027-01-01') })).toEqual(notSeeded)
  expect(await checksums(open)).toEqual(before)
})

test('of two gateways that start at once, one seeds', async () => {
  await using open = await openTestDatabase()
  const results = await Promise.all(
    [open.database, open.other].map(async database => {
      await ensureBootstrapUsers(database)
      return seedSampleData(database, { now })
    }),
  )
  expect(results.filter(({ seeded }) => seeded)).toHaveLength(1)
  expect(await countOf(open, 'Customer')).toBe(300)
})

test.each([
  ['a customer', `insert into "Customer" (id, name) values ('cus_1', 'Acme')`],
  ['a deleted customer', `insert into "Customer" (id, name, "deletedAt") values ('cus_1', 'Acme', now())`],
  ['a user', `insert into "User" (id, name, email) values ('usr_1', 'Cara', 'cara@acme.example')`],
  ['a promise', `insert into "SlaPolicy" (id, name) values ('slp_1', 'Standard')`],
  ['a tag', `insert into "Tag" (id, name) values ('tag_1', 'vip')`],
  ['a team', `insert into "Team" (id, name) values ('tea_1', 'Europe')`],
  ['a pipeline of its own', `update "Pipeline" set "isDefault" = false`],
  ['a stage less', `update "PipelineStage" set "deletedAt" = now() where code = 'PROPOSAL'`],
])('a database with %s is left alone', async (_, statement) => {
  await using open = await openTestDatabase()
  await ensureBootstrapUsers(open.database)
  await open.query(statement)
  const before = await checksums(open)

  expect(await seedSampleData(open.database, { now })).toEqual(notSeeded)
  expect(await checksums(open)).toEqual(before)
})

test('what fails on the way leaves nothing behind, and the next start seeds', async () => {
  await using open = await openTestDatabase()
  await ensureBootstrapUsers(open.database)
  const before = await checksums(open)
  // The table that is written last refuses.
  await open.query(`alter table "ExternalReference" add constraint refuse check (system <> 'erp')`)
  await expect(seedSampleData(open.database, { now })).rejects.toThrow('refuse')
  expect(await checksums(open)).toEqual(before)

  await open.query(`alter table "ExternalReference" drop constraint refuse`)
  expect(await seedSampleData(open.database, { now })).toMatchObject({ seeded: true })
})

test('bootstrap users who were renamed and shut out stay so', async () => {
  await using open = await openTestDatabase()
  await ensureBootstrapUsers(open.database)
  await open.query(`update "User" set name = 'Ada Lovelace', "isActive" = false where email like 'ada@%'`)
  await seedSampleData(open.database, { now })
  const users = await open.query(
    `select u.name, u."isActive", t.name as team from "User" u left join "Team" t on t.id = u."teamId"
     where email in ('ada@trellis.example', 'ben@trellis.example') order by email`,
  )
  expect(users).toEqual([
    { name: 'Ada Lovelace', isActive: false, team: null },
    { name: 'Ben Okafor', isActive: true, team: 'Europe' },
  ])
})

import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { defineExtension, type Extension, type ExtensionOptions } from '@trellis/sdk'
import { codesOf, createTestGateway, fieldsAt, textAt, valueAt } from '@trellis/testing'
import { sql } from 'kysely'
import { describe, expect, test } from 'vitest'

const migration = `
  CREATE TABLE "Invitation" ("id" TEXT PRIMARY KEY, "fromId" TEXT, "toId" TEXT NOT NULL, "about" TEXT, "size" INTEGER);
  CREATE TABLE "Membership" ("customerId" TEXT PRIMARY KEY, "since" DATE);`

/** An extension with these tables, in a folder that goes with it. */
async function withTables(
  options: Partial<ExtensionOptions>,
): Promise<AsyncDisposable & { readonly club: Extension }> {
  const root = await mkdtemp(join(tmpdir(), 'trellis-club-'))
  const folder = join(root, 'prisma', 'migrations', '20260301090000_club')
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, 'migration.sql'), migration)
  await writeFile(join(root, 'prisma', 'schema.prisma'), 'datasource db {\n  provider = "postgresql"\n}\n')
  const club = defineExtension({
    name: 'club',
    version: '1.0.0',
    scopes: ['customer:read'],
    typeDefs: '',
    ...options,
  })
  return {
    club: { ...club, file: join(root, 'index.ts') },
    [Symbol.asyncDispose]: () => rm(root, { recursive: true }),
  }
}

describe('when records become one', () => {
  test('every column that refers to them is set to the id that stays, and no other', async () => {
    await using made = await withTables({
      references: {
        'Invitation.fromId': 'Customer',
        'Invitation.toId': 'Customer',
        'Invitation.about': 'Target',
      },
    })
    await using gateway = await createTestGateway({ extensions: [made.club] })
    const { sql: database } = gateway.trellis.database.session
    const [stays, one, two, other] = [
      await gateway.create('customer', { name: 'Stays' }),
      await gateway.create('customer', { name: 'One' }),
      await gateway.create('customer', { name: 'Two' }),
      await gateway.create('customer', { name: 'Other' }),
    ]
    await sql`insert into ext_club."Invitation" values ('a', ${one}, ${two}, ${one}), ('b', ${other}, ${one}, ${other}), ('c', null, ${stays}, ${two})`.execute(
      database,
    )
    expect(await gateway.refusals('customerMerge', { id: stays, mergedIds: [one, two] })).toEqual([])
    const { rows } = await sql`select * from ext_club."Invitation" order by id`.execute(database)
    expect(rows).toEqual([
      { id: 'a', fromId: stays, toId: stays, about: stays, size: null },
      { id: 'b', fromId: other, toId: stays, about: other, size: null },
      { id: 'c', fromId: null, toId: stays, about: stays, size: null },
    ])
  })

  test('rows that may not be there twice are joined by merges before', async () => {
    await using made = await withTables({
      references: { 'Membership.customerId': 'Customer' },
      merges: {
        Customer: async ([merge], { database }) => {
          const ids = merge?.merged.map(({ id }) => id)
          await sql`delete from ext_club."Membership" where "customerId" = any(${ids}) and since is null`.execute(
            database(),
          )
        },
      },
    })
    const logLines: string[] = []
    await using gateway = await createTestGateway({ extensions: [made.club], logLines })
    const { sql: database } = gateway.trellis.database.session
    const [stays, one, two] = [
      await gateway.create('customer', { name: 'Stays' }),
      await gateway.create('customer', { name: 'One' }),
      await gateway.create('customer', { name: 'Two' }),
    ]
    await sql`insert into ext_club."Membership" values (${one}, null), (${two}, '2026-01-01')`.execute(
      database,
    )
    expect(await gateway.refusals('customerMerge', { id: stays, mergedIds: [one] })).toEqual([])
    expect(await gateway.refusals('customerMerge', { id: stays, mergedIds: [two] })).toEqual([])
    const members = async () =>
      (await sql`select "customerId" from ext_club."Membership" order by 1`.execute(database)).rows
    expect(await members()).toEqual([{ customerId: stays }])

    const twice = await gateway.create('customer', { name: 'Twice' })
    await sql`insert into ext_club."Membership" values (${twice}, '2026-02-02')`.execute(database)
    const answer = await gateway.ask(
      'mutation ($input: CustomerMergeInput!) { customerMerge(input: $input) { userErrors { code } } }',
      { input: { id: stays, mergedIds: [twice] } },
    )
    expect(codesOf(answer)).toEqual(['EXTENSION_FAILED'])
    expect(valueAt(answer, 'errors.0.extensions.extension')).toBe('club')
    expect(logLines.join('\n')).toContain('Join or delete them in merges: { Customer: … }')
    expect(await members()).toHaveLength(2)
    expect(await gateway.data('query ($id: ID!) { customer(id: $id) { name } }', { id: twice })).toEqual({
      customer: { name: 'Twice' },
    })
  })
})

test('all that is wrong with references is said at setup', async () => {
  await using made = await withTables({
    references: {
      'Visit.customerId': 'Customer',
      'Invitation.customerId': 'Customer',
      'Invitation.size': 'Customer',
      'Membership.customerId': 'Customer',
    },
  })
  await using gateway = await createTestGateway({ quarantines: true, extensions: [made.club] })
  const answer = await gateway.data('{ extensions { status problems { code message } } }')
  expect(fieldsAt(answer, 'extensions', 'status')).toEqual(['QUARANTINED'])
  expect(textAt(answer, 'extensions.0.problems.0.code')).toBe('SETUP_FAILED')
  const message = textAt(answer, 'extensions.0.problems.0.message')
  for (const said of [
    'references["Visit.customerId"]: there is no table "Visit" in ext_club.',
    '"Invitation" has no column "customerId"; it has id, fromId, toId, about, size.',
    'references["Invitation.size"]: the column is of the type integer; ids of core records are text.',
    'the index "Membership_pkey" allows a value once',
  ])
    expect(message).toContain(said)
})

test('what cannot become one may be there once', async () => {
  await using made = await withTables({ references: { 'Membership.customerId': 'Product' } })
  await using gateway = await createTestGateway({ extensions: [made.club] })
  const answer = await gateway.data('{ extensions { status } }')
  expect(fieldsAt(answer, 'extensions', 'status')).toEqual(['ENABLED'])
})

import { type Context, type DataContext, defineExtension, UserErrors } from '@trellis/sdk'
import { codesOf, createTestGateway, type TestGateway } from '@trellis/testing'
import { type Kysely, sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

declare module '@trellis/sdk' {
  interface Services {
    readonly visits: { record(doing: string): Promise<unknown> }
  }
}

const insert = (note: string, database: Kysely<unknown>) =>
  sql`insert into public.visit (note) values (${note})`.execute(database)

/** What the mutation does, by its argument: each opens a transaction, as Kysely's manual shows it. */
const doings: Readonly<Record<string, (context: DataContext) => Promise<unknown>>> = {
  record: ({ database }) =>
    database()
      .transaction()
      .execute(transaction => insert('recorded', transaction)),
  refuse: async context => {
    await doings['record']?.(context)
    throw new UserErrors([{ code: 'BAD_INPUT', message: 'No.', path: ['input', 'doing'] }])
  },
  'fail within': async ({ database }) => {
    await insert('before', database())
    const within = database()
      .transaction()
      .execute(async transaction => {
        await insert('within', transaction)
        await sql`select 1 / 0`.execute(transaction)
      })
    await within.catch(() => undefined)
    await insert('after', database())
  },
  'two at once': context => Promise.all([doings['record']?.(context), doings['record']?.(context)]),
  serializable: ({ database }) =>
    database()
      .transaction()
      .setIsolationLevel('serializable')
      .execute(transaction => insert('serializable', transaction)),
}

const visits = defineExtension({
  name: 'visits',
  version: '1.0.0',
  typeDefs: `
    extend type Mutation { "Records visits." visitsRecord("How." input: VisitsRecordInput!): VisitsRecordPayload }
    "How to record them." input VisitsRecordInput { "The way." doing: String! }
    "What became of it." type VisitsRecordPayload { "Whether it was done." done: Boolean "Why not." userErrors: [UserError!]! }
  `,
  services: {
    visits: (context: DataContext) => ({ record: async doing => doings[doing]?.(context) }),
  },
  resolvers: {
    Mutation: {
      visitsRecord: async (_: unknown, { input }: { input: { doing: string } }, { services }: Context) => {
        await services.visits.record(input.doing)
        return { done: true, userErrors: [] }
      },
    },
  },
})

let gateway: TestGateway
const database = () => gateway.trellis.database.session.sql
beforeAll(async () => {
  gateway = await createTestGateway({ extensions: [visits] })
  await sql`create table visit (note text)`.execute(database())
})
afterAll(() => gateway[Symbol.asyncDispose]())
beforeEach(() => sql`truncate visit`.execute(database()))

const notes = async () => {
  const { rows } = await sql<{ note: string }>`select note from visit`.execute(database())
  return rows.map(({ note }) => note)
}
const record = (doing: string, { dryRun = false, key }: { dryRun?: boolean; key?: string } = {}) =>
  gateway.ask(
    `mutation ($doing: String!) ${dryRun ? '@dryRun' : ''} { visitsRecord(input: { doing: $doing }) { done userErrors { code } } }`,
    { doing },
    { headers: key === undefined ? {} : { 'idempotency-key': key } },
  )
const done = { data: { visitsRecord: { done: true, userErrors: [] } } }

test("an extension's transaction is part of the mutation's: kept with it", async () => {
  expect(await record('record')).toMatchObject(done)
  expect(await notes()).toEqual(['recorded'])
})

test('and taken back with it, by a dry run', async () => {
  expect(await record('record', { dryRun: true })).toMatchObject(done)
  expect(await notes()).toEqual([])
})

test('and by a refusal, after which its Idempotency-Key is free', async () => {
  for (const _ of [1, 2]) {
    const answer = await record('refuse', { key: 'refused' })
    expect(answer).toMatchObject({ data: { visitsRecord: { userErrors: [{ code: 'BAD_INPUT' }] } } })
  }
  expect(await notes()).toEqual([])
})

test('what fails in it takes back its own doing and nothing else', async () => {
  expect(await record('fail within')).toMatchObject(done)
  expect(await notes()).toEqual(['before', 'after'])
})

test.each(['two at once', 'serializable'])('%s cannot be, and nothing of it is kept', async doing => {
  expect(codesOf(await record(doing))).toEqual(['EXTENSION_FAILED'])
  expect(await notes()).toEqual([])
})

import { codesOf, createTestGateway, type TestGateway, textAt, untilWaiting } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'

let gateway: TestGateway
const database = () => gateway.trellis.database.session.sql

/** Has the database take back the next writes of such rows, so many times; sequences count on whatever is taken back. */
async function conflict(table: 'Customer' | 'Attachment', { times }: { readonly times: number }) {
  await sql`select setval('writes', 1, false)`.execute(database())
  await sql`
    create or replace function conflict() returns trigger language plpgsql as $$ begin
      if nextval('writes') <= ${sql.lit(times)} then raise exception 'could not serialize access' using errcode = '40001'; end if;
      return new;
    end $$`.execute(database())
  await sql`create or replace trigger conflict before insert or update on ${sql.table(table)} for each row execute function conflict()`.execute(
    database(),
  )
}

beforeAll(async () => {
  gateway = await createTestGateway()
  await sql`create sequence writes`.execute(database())
})
afterAll(() => gateway[Symbol.asyncDispose]())
beforeEach(async () => {
  for (const table of ['Customer', 'Attachment'])
    await sql`drop trigger if exists conflict on ${sql.table(table)}`.execute(database())
})

const create =
  'mutation { customerCreate(input: { name: "Acme" }) { customer { id name } userErrors { code } } }'
const rows = () => Promise.all(['Customer', 'OutboxEvent'].map(table => gateway.rowsIn(table)))

test.each([1, 3])('a field that conflicts %i times is done once', async times => {
  const [customers = 0, events = 0] = await rows()
  await conflict('Customer', { times })
  expect(await gateway.data(create)).toMatchObject({ customerCreate: { customer: { name: 'Acme' } } })
  expect(await rows()).toEqual([customers + 1, events + 1])
})

test('one that always conflicts is to be sent again, and has done nothing', async () => {
  const before = await rows()
  await conflict('Customer', { times: 4 })
  const withKey = { headers: { 'idempotency-key': 'again' } }
  const answer = await gateway.ask(create, {}, withKey)
  expect(answer).toMatchObject({ data: { customerCreate: null } })
  expect(codesOf(answer)).toEqual(['WRITE_CONFLICT'])
  expect(await rows()).toEqual(before)
  const id = textAt(await gateway.data(create, {}, withKey), 'customerCreate.customer.id')
  expect(textAt(await gateway.data(create, {}, withKey), 'customerCreate.customer.id')).toBe(id)
})

test('a dry run keeps what the fields before would have done', async () => {
  const before = await rows()
  await conflict('Customer', { times: 1 })
  const dry = `mutation @dryRun {
    one: contactCreate(input: { lastName: "Ann" }) { contact { lastName } }
    ${create.slice('mutation {'.length)}`
  expect(await gateway.data(dry)).toMatchObject({
    one: { contact: { lastName: 'Ann' } },
    customerCreate: { customer: { name: 'Acme' } },
  })
  expect(await rows()).toEqual(before)
})

test('so is the transaction of a route', async () => {
  const targetId = await gateway.create('customer', { name: 'Acme' })
  const id = await gateway.create('attachment', {
    targetId,
    fileName: 'a.txt',
    mimeType: 'text/plain',
  })
  await conflict('Attachment', { times: 2 })
  const response = await gateway.trellis.gateway.fetch(
    new Request(`http://localhost/attachments/${id}/content`, {
      method: 'PUT',
      headers: { authorization: `Bearer ${gateway.keys.administrator}` },
      body: 'Hello',
    }),
  )
  expect([response.status, await response.json()]).toMatchObject([201, { id, size: 5 }])
})

test('of two that hold what the other one waits for, the one that is taken back is done again', async () => {
  const customerId = await gateway.create('customer', { name: 'Old' })
  const productId = await gateway.create('product', { sku: 'OLD', name: 'Old', price: '1' })
  await sql`select setval('writes', 1, false)`.execute(database())
  // Each holds its own, waits for the gate, and then asks for what the other one holds.
  const gate = 3
  for (const [table, first, second] of [
    ['Customer', 1, 2],
    ['Product', 2, 1],
  ] as const) {
    const name = sql.id(`cross${table}`)
    await sql`
      create function ${name}() returns trigger language plpgsql as $$ begin
        perform nextval('writes'), pg_advisory_xact_lock(${sql.lit(first)});
        perform pg_advisory_xact_lock_shared(${sql.lit(gate)});
        perform pg_advisory_xact_lock(${sql.lit(second)});
        return new;
      end $$`.execute(database())
    await sql`create trigger crossing before update on ${sql.table(table)} for each row execute function ${name}()`.execute(
      database(),
    )
  }
  const keeper = await gateway.trellis.database.begin()
  await sql`select pg_advisory_xact_lock(${gate})`.execute(keeper.session.sql)
  const both = Promise.all([
    gateway.refusals('customerUpdate', { id: customerId, name: 'New' }),
    gateway.refusals('productUpdate', { id: productId, name: 'New' }),
  ])
  await untilWaiting(2, gateway)
  await keeper.commit()
  expect(await both).toEqual([[], []])
  expect(
    await gateway.data(
      'query ($c: ID!, $p: ID!) { customer(id: $c) { name version } product(id: $p) { name version } }',
      {
        c: customerId,
        p: productId,
      },
    ),
  ).toEqual({ customer: { name: 'New', version: 2 }, product: { name: 'New', version: 2 } })
  const { rows: counted } = await sql`select last_value::int as writes from writes`.execute(database())
  expect(counted).toEqual([{ writes: 3 }])
})

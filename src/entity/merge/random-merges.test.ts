import { createTestGateway, fieldsAt, listAt, type TestGateway } from '@trellis/testing'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { entities } from '../../../test/core/fixtures/entities.ts'
import { entityOf } from '../definition.ts'
import { pointersTo } from './pointers.ts'

let gateway: TestGateway
const tagIds: string[] = []
beforeAll(async () => {
  gateway = await createTestGateway()
  for (const name of ['vip', 'slow']) tagIds.push(await gateway.create('tag', { name }))
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** Customers by their places: what is above each, what hangs on each, and which of them become one, in turn. */
interface Plan {
  readonly parents: readonly (number | null)[]
  readonly contacts: readonly { readonly customer: number; readonly superior: number | null }[]
  readonly notes: readonly number[]
  readonly taggings: readonly { readonly customer: number; readonly tag: number }[]
  readonly merges: readonly { readonly winner: number; readonly others: readonly number[] }[]
}

const most = 8
const place = fc.nat(most - 1)
const plans: fc.Arbitrary<Plan> = fc.record({
  // What is above has a lower place, so that it is a forest.
  parents: fc.tuple(
    ...Array.from({ length: most }, (_, index) =>
      index === 0 ? fc.constant(null) : fc.option(fc.nat(index - 1), { freq: 3 }),
    ),
  ),
  contacts: fc.array(fc.record({ customer: place, superior: fc.option(fc.nat(3)) }), { maxLength: 5 }),
  notes: fc.array(place, { maxLength: 5 }),
  taggings: fc.uniqueArray(fc.record({ customer: place, tag: fc.nat(1) }), {
    maxLength: 6,
    selector: ({ customer, tag }) => `${customer} ${tag}`,
  }),
  merges: fc.array(fc.record({ winner: place, others: fc.array(place, { minLength: 1, maxLength: 4 }) }), {
    minLength: 1,
    maxLength: 4,
  }),
})

let run = 0

/** Makes records in bulk, and answers their ids. */
async function make(entity: string, items: readonly object[]): Promise<readonly string[]> {
  if (items.length === 0) return []
  const type = `${entity.charAt(0).toUpperCase()}${entity.slice(1)}BulkUpsertInput`
  const answer = await gateway.data(
    `mutation ($input: ${type}!) { bulk: ${entity}BulkUpsert(input: $input) { results { id } userErrors { code } } }`,
    {
      input: {
        system: `run ${run}`,
        items: items.map((item, index) => ({ externalId: `${entity} ${index}`, ...item })),
      },
    },
  )
  expect(listAt(answer, 'bulk.userErrors')).toEqual([])
  return fieldsAt(answer, 'bulk.results', 'id').map(String)
}

async function grow({ parents, contacts, notes, taggings }: Plan): Promise<readonly string[]> {
  const customers = await make(
    'customer',
    parents.map((_, index) => ({ name: `Customer ${index}` })),
  )
  for (const [index, parent] of parents.entries())
    if (parent !== null)
      await gateway.refusals('customerUpdate', { id: customers[index], parentId: customers[parent] })
  const people = await make(
    'contact',
    contacts.map(({ customer }) => ({ lastName: 'Ada', customerId: customers[customer] })),
  )
  for (const [index, { superior }] of contacts.entries())
    if (superior !== null && superior < index)
      await gateway.refusals('contactUpdate', { id: people[index], reportsToId: people[superior] })
  await make(
    'note',
    notes.map(customer => ({ body: 'Rang.', targetId: customers[customer] })),
  )
  await make(
    'tagging',
    taggings.map(({ customer, tag }) => ({ targetId: customers[customer], tagId: tagIds[tag] })),
  )
  return customers
}

/** Merges as the plan says, and answers which id stayed for each of them. */
async function mergeAll(customers: readonly string[], { merges }: Plan): Promise<readonly string[]> {
  let stayed = [...customers]
  for (const { winner, others } of merges) {
    const id = stayed[winner] ?? ''
    const mergedIds = [...new Set(others.map(other => stayed[other] ?? ''))].filter(other => other !== id)
    if (mergedIds.length === 0) continue
    expect(await gateway.refusals('customerMerge', { id, mergedIds })).toEqual([])
    stayed = stayed.map(current => (mergedIds.includes(current) ? id : current))
  }
  return stayed
}

/** Rows of any table that point to a customer that is not there. */
async function danglingPointers(): Promise<readonly unknown[]> {
  const parts = pointersTo(entities, entityOf(entities, 'Customer')).flatMap(({ entity, columns }) =>
    columns.map(
      ({ name }) =>
        `select '${entity.name}.${name}' as pointer from "${entity.name}" as pointing where "${name}" like 'cus\\_%' and not exists (select from "Customer" as stored where stored.id = pointing."${name}")`,
    ),
  )
  const all = [
    ...parts,
    `select 'ExternalReference' from "ExternalReference" where "entityId" like 'cus\\_%' and not exists (select from "Customer" as stored where stored.id = "entityId")`,
  ]
  return (await sql.raw(all.join(' union all ')).execute(gateway.trellis.database.session.sql)).rows
}

/** Customers that are above themselves. */
async function circles(): Promise<readonly unknown[]> {
  const { rows } = await sql`
    with recursive upward(start, above) as (
      select id, "parentId" from "Customer" where "parentId" is not null
      union
      select start, "parentId" from upward join "Customer" on id = above where "parentId" is not null
    ) select start from upward where start = above`.execute(gateway.trellis.database.session.sql)
  return rows
}

test('whatever is merged, nothing is lost, nothing points to what is gone, and every id leads to what stayed', async () => {
  await fc.assert(
    fc.asyncProperty(plans, async plan => {
      run += 1
      const customers = await grow(plan)
      const stayed = await mergeAll(customers, plan)
      const ofStayed = (places: readonly number[], id: string | undefined) =>
        places.filter(customer => stayed[customer] === id).length
      const answer = await gateway.data(
        `query ($ids: [ID!]!) { customersByIds(ids: $ids) {
          id deletedAt contacts { totalCount } notes { totalCount } tags { totalCount }
          externalReferences { system }
        } }`,
        { ids: customers },
      )
      expect(listAt(answer, 'customersByIds')).toEqual(
        stayed.map(id => ({
          id,
          deletedAt: null,
          contacts: {
            totalCount: ofStayed(
              plan.contacts.map(({ customer }) => customer),
              id,
            ),
          },
          notes: { totalCount: ofStayed(plan.notes, id) },
          tags: {
            totalCount: new Set(
              plan.taggings.filter(({ customer }) => stayed[customer] === id).map(({ tag }) => tag),
            ).size,
          },
          externalReferences: stayed.filter(other => other === id).map(() => ({ system: `run ${run}` })),
        })),
      )
      const known = stayed.map(
        (_, index) =>
          `of${index}: customers(filter: { externalReference: { system: { eq: "run ${run}" }, externalId: { eq: "customer ${index}" } } }) { nodes { id } }`,
      )
      expect(Object.values(await gateway.data(`{ ${known.join(' ')} }`))).toEqual(
        stayed.map(id => ({ nodes: [{ id }] })),
      )
      expect(await danglingPointers()).toEqual([])
      expect(await circles()).toEqual([])
    }),
    { numRuns: 20 },
  )
})

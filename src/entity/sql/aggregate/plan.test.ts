import type { AggregateQuestion, ReadRight } from '@trellis/sdk'
import { parse } from 'graphql'
import { expect, test } from 'vitest'
import { entityOf } from '../../definition.ts'
import { readDefinitions } from '../../read-definitions.ts'
import { planAggregate } from './plan.ts'

const entities = readDefinitions(
  parse(`
    type Sale @entity(prefix: "sal") { amount: Decimal stage: Stage customer: Customer }
    type Stage @entity(prefix: "stg") { type: String }
    type Customer @entity(prefix: "cus") { industry: String revenue: Decimal parent: Customer }
    type User @entity(prefix: "usr") { name: String }
  `),
)

/** Of a viewer who may read these fields only. No role is like that yet, so that no request can show it. */
const readable: Readonly<Record<string, ReadonlySet<string>>> = {
  Sale: new Set(['customerId', 'createdAt']),
  Customer: new Set(['industry']),
}
const read = (entity: string): ReadRight => ({
  entity,
  rows: { kind: 'all' },
  fields: readable[entity] ?? 'all',
})

const plan = (question: AggregateQuestion) =>
  planAggregate(
    {
      entity: entityOf(entities, 'Sale'),
      right: read('Sale'),
      scope: { entities, rights: { read, assert: () => undefined } },
    },
    question,
  )

test('what may be read may be grouped by, on the way and at its end', () => {
  const groupBy = [{ customer: { field: 'INDUSTRY' } }, { field: 'CREATED_AT' }]
  expect(
    plan({ groupBy, having: { count: { gt: 1 }, max: { createdAt: { isNull: false } } } }),
  ).toMatchObject({
    groups: [{ path: ['customer'] }, { path: [] }],
    joins: [{}],
  })
})

test.each<[string, AggregateQuestion, string]>([
  ['a field', { groupBy: [{ field: 'AMOUNT' }] }, 'Sale.amount'],
  ['a field of a related record', { groupBy: [{ customer: { field: 'REVENUE' } }] }, 'Customer.revenue'],
  ['a reference on the way', { groupBy: [{ stage: { field: 'TYPE' } }] }, 'Sale.stageId'],
  [
    'a reference further on',
    { groupBy: [{ customer: { parent: { field: 'INDUSTRY' } } }] },
    'Customer.parentId',
  ],
  ['a figure', { measures: { sum: ['amount'] } }, 'Sale.amount'],
  ['a figure to choose groups by', { having: { countDistinct: { stage: { gt: 1 } } } }, 'Sale.stageId'],
  ['a figure to sort groups by', { orderBy: [{ by: 'COUNT_DISTINCT', field: 'AMOUNT' }] }, 'Sale.amount'],
])('%s that may not be read is refused', (_, question, coordinate) => {
  expect(() => plan(question)).toThrow(`You may not read ${coordinate}.`)
})

test('a reference that there is not is a mistake in code', () => {
  expect(() => plan({ groupBy: [{ custmer: { field: 'INDUSTRY' } }] })).toThrow(
    'Sale stores no field custmerId; it has id, createdAt,',
  )
  expect(() => plan({ groupBy: [{ customer: 'INDUSTRY' }] })).toThrow(
    'groupBy.customer is INDUSTRY, which names no field.',
  )
})

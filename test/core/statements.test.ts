import { createTestGateway, fieldsAt, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { EntityDefinition } from '../../src/entity/definition.ts'
import { entities, writable } from './fixtures/entities.ts'
import { createSamples, type Samples } from './fixtures/samples.ts'

let gateway: TestGateway
let samples: Samples
beforeAll(async () => {
  gateway = await createTestGateway()
  samples = createSamples(gateway)
})
afterAll(() => gateway[Symbol.asyncDispose]())

const statementsOf = async (query: string, variables: Readonly<Record<string, unknown>>) =>
  (await gateway.statementsOf(() => gateway.data(query, variables))).length

test('customers with their people, sales and lines are one statement; with extensions, a few more, however many', async () => {
  const productId = await gateway.create('product', { sku: 'COUNT', name: 'Count', price: '1' })
  const bulk = async (entity: string, items: readonly unknown[]) => {
    const upper = entity.charAt(0).toUpperCase() + entity.slice(1)
    const answer = await gateway.data(
      `mutation ($items: [${upper}UpsertItem!]!) { done: ${entity}BulkUpsert(input: { system: "count", items: $items }) { results { id } } }`,
      { items },
    )
    return fieldsAt(answer, 'done.results', 'id')
  }
  const customers = await bulk(
    'customer',
    Array.from({ length: 100 }, (_, index) => ({
      externalId: String(index),
      name: `Count ${index}`,
      website: 'https://count.example',
    })),
  )
  const threeOf = (owners: readonly unknown[]) =>
    owners.flatMap(owner =>
      [1, 2, 3].map(place => ({ owner, place, externalId: `${String(owner)} ${place}` })),
    )
  await bulk(
    'contact',
    threeOf(customers).map(({ owner, externalId }) => ({ externalId, lastName: 'Count', customerId: owner })),
  )
  const opportunities = await bulk(
    'opportunity',
    threeOf(customers).map(({ owner, externalId }) => ({ externalId, name: 'Count', customerId: owner })),
  )
  await bulk(
    'opportunityLine',
    threeOf(opportunities).map(({ owner, place, externalId }) => ({
      externalId,
      opportunityId: owner,
      productId,
      position: place,
      unitPrice: '1',
    })),
  )

  const core =
    'name contacts { nodes { firstName } } opportunities(first: 5) { nodes { name lines { product { name } } } }'
  const nested = `query ($first: Int) { customers(first: $first) { nodes { ${core} } } }`
  // The first time by resolvers, the second by the database alone.
  for (const first of [20, 100])
    for (const _ of ['first', 'second']) expect(await statementsOf(nested, { first })).toBe(1)

  const query = `query ($first: Int) { customers(first: $first) { nodes { ${core} loyalty { tier points } profile { domain } } } }`
  const [twenty, hundred] = [
    await statementsOf(query, { first: 20 }),
    await statementsOf(query, { first: 100 }),
  ]
  expect(hundred).toBe(twenty)
  expect(hundred).toBeLessThanOrEqual(4)
})

/** Stages of the default pipeline; migrations make them, with the same ids everywhere. */
const prospecting = 'stg_01k0000000e008000000000001'
const closedLost = 'stg_01k0000000e008000000000007'

/** Every way from one entity to others: what points elsewhere, what points here, and what extensions add. */
const relations = [...entities.values()]
  .flatMap(entity => [
    ...[...entity.columns.values()].flatMap(({ reference }) =>
      reference ? [{ entity, field: reference.field, selection: '{ id }' }] : [],
    ),
    ...[...entity.collections.values()].map(({ field, listBy }) => ({
      entity,
      field,
      selection: listBy === null ? '(first: 2) { totalCount nodes { id } aggregate { count } }' : '{ id }',
    })),
    { entity, field: 'externalReferences', selection: '{ system externalId }' },
  ])
  .map(relation => ({ ...relation, coordinate: `${relation.entity.name}.${relation.field}` }))

/** References of which a record has one and not several: all but one of them, left out. */
function withOneOf(entity: string, index: number): Readonly<Record<string, undefined>> {
  const choices: Readonly<Record<string, readonly string[]>> = {
    ActivityAttendee: ['contactId', 'leadId', 'userId'],
    CampaignMember: ['contactId', 'leadId'],
    Feedback: ['caseId', 'orderId'],
  }
  const names = choices[entity] ?? []
  return Object.fromEntries(
    names.flatMap((name, place) => (place === index % names.length ? [] : [[name, undefined]])),
  )
}

describe('every relation takes as many statements for 20 records as for 3', () => {
  /** Twenty records of each entity, each of which points to another one wherever it can. */
  const twenty = new Map<string, readonly unknown[]>()
  let converted: readonly unknown[] = []

  const makeTwenty = async (
    entity: EntityDefinition,
    more: (index: number) => Readonly<Record<string, unknown>>,
  ) => {
    const items = []
    for (let index = 0; index < 20; index += 1)
      items.push({ externalId: `${index}`, ...(await samples.input(entity, more(index))) })
    const mutation = `mutation ($input: ${entity.name}BulkUpsertInput!) { done: ${entity.singular}BulkUpsert(input: $input) { results { id } userErrors { message } } }`
    const answer = await gateway.data(mutation, { input: { system: `twenty ${twenty.size}`, items } })
    expect(valueAt(answer, 'done.userErrors')).toEqual([])
    twenty.set(entity.name, fieldsAt(answer, 'done.results', 'id'))
  }

  beforeAll(async () => {
    const plain = (index: number) => (key: string, target: string) => ({ [key]: twenty.get(target)?.[index] })
    // First without what may be absent, then with it: by then there is something to point to.
    for (const isFirst of [true, false]) {
      for (const entity of writable)
        await makeTwenty(entity, index => {
          const columns = [...entity.columns.values()].filter(
            column => column.writable !== 'never' && (!column.nullable || !isFirst),
          )
          const references = columns.flatMap(({ name, reference }) =>
            reference ? [plain(index)(name, reference.target)] : [],
          )
          // Lost, so that it may have a reason for that, and after another stage, so that its history has one to come from.
          const stageHistory = [{ stageId: prospecting, enteredAt: '2020-01-01T00:00:00Z' }]
          const lost = entity.name === 'Opportunity' && !isFirst ? { stageId: closedLost, stageHistory } : {}
          // From nothing on, so that approvals are asked for by a rule.
          const strict = entity.name === 'ApprovalRule' ? { minimumTotal: '0' } : {}
          // A person, so that there is a contact to become.
          const person = entity.name === 'Lead' ? { lastName: 'Ng' } : {}
          const duplicate = entity.name === 'Case' && !isFirst ? { status: 'DUPLICATE' } : {}
          return Object.assign(
            {},
            ...references,
            lost,
            strict,
            duplicate,
            person,
            isFirst ? {} : withOneOf(entity.name, index),
          )
        })
      // The first ones become somebody; campaigns would follow the others.
      if (isFirst) {
        converted = twenty.get('Lead') ?? []
        for (const id of converted) await gateway.refusals('leadConvert', { id })
      }
    }
    // So that somebody has decided.
    for (const id of twenty.get('Approval') ?? []) await gateway.refusals('approvalApprove', { id })
    const histories = await gateway.data(
      '{ stageHistories(first: 20, filter: { fromStageId: { isNull: false } }) { nodes { id } } }',
    )
    twenty.set('StageHistory', fieldsAt(histories, 'stageHistories.nodes', 'id'))
    const events = await gateway.data(
      '{ timelineEvents(first: 20, filter: { activityId: { isNull: false } }) { nodes { id } } }',
    )
    twenty.set('TimelineEvent', fieldsAt(events, 'timelineEvents.nodes', 'id'))
  })

  test.each(relations)('$coordinate, below a list', async ({ entity, field, selection }) => {
    const query = `query ($first: Int) { many: ${entity.plural}(first: $first) { nodes { ${field} ${selection} } } }`
    const few = await statementsOf(query, { first: 3 })
    expect(await statementsOf(query, { first: 20 })).toBe(few)
    // Figures of an aggregate and references of other systems are read by loaders.
    expect(few).toBe(/aggregate|system/.test(selection) ? 2 : 1)
  })

  test.each(relations)(
    '$coordinate, below records looked up by their ids',
    async ({ entity, field, selection }) => {
      const ids = (field.startsWith('converted') ? converted : twenty.get(entity.name)) ?? []
      expect(ids).toHaveLength(20)
      const query = `query ($ids: [ID!]!) { many: ${entity.plural}ByIds(ids: $ids) { ${field} ${selection} } }`
      const few = await statementsOf(query, { ids: ids.slice(0, 3) })
      expect(await statementsOf(query, { ids })).toBe(few)
      expect(few).toBeGreaterThan(1)
    },
  )
})

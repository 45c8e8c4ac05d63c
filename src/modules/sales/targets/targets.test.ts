import { createTestGateway, fieldsAt, type TestGateway, valueAt } from '@trellis/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

type Values = Readonly<Record<string, unknown>>

let gateway: TestGateway
let stages: Readonly<Record<string, unknown>>
let productId: string
let otherId: string
let teamId: string
beforeAll(async () => {
  gateway = await createTestGateway()
  const answer = await gateway.data('{ pipelineStages { nodes { code id } } }')
  const nodes = valueAt(answer, 'pipelineStages.nodes')
  stages = Object.fromEntries(
    (Array.isArray(nodes) ? nodes : []).map(stage => [valueAt(stage, 'code'), valueAt(stage, 'id')]),
  )
  const product = (sku: string) => gateway.create('product', { sku, name: sku, price: '10' })
  ;[productId, otherId] = [await product('BOX'), await product('CRATE')]
  teamId = await gateway.create('team', { name: 'Europe' })
})
afterAll(() => gateway[Symbol.asyncDispose]())

const quarter = { startDate: '2026-01-01', endDate: '2026-03-31' }
const target = (more: Values = {}) =>
  gateway.create('salesTarget', { name: 'First quarter', amount: '1000', ...quarter, ...more })
/** A sale that was won, of the administrator unless said otherwise. */
const won = (amount: string, closedAt: string, more: Values = {}) =>
  gateway.create('opportunity', { name: 'Boxes', stageId: stages['CLOSED_WON'], amount, closedAt, ...more })
const attainment = async (id: string, as: 'administrator' | 'agent' = 'administrator') =>
  valueAt(
    await gateway.data(
      'query ($id: ID!) { salesTarget(id: $id) { attainment { amount percent count } } }',
      { id },
      { as },
    ),
    'salesTarget.attainment',
  )
/** Somebody whom nothing else counts for. */
let people = 0
const somebody = () => {
  people += 1
  return gateway.create('user', { name: `Seller ${people}`, email: `seller${people}@trellis.example` })
}

describe('what was sold towards a target', () => {
  test('is what its owner has won, in its time and its currency', async () => {
    const ownerId = await somebody()
    const mine = { ownerId }
    await won('400', '2026-01-01T00:00:00Z', mine)
    await won('100.5555', '2026-02-28T12:00:00Z', mine)
    const id = await target(mine)
    expect(await attainment(id)).toEqual({ amount: '500.5555', percent: '50.0556', count: 2 })

    await won('1', '2025-12-31T23:59:59.999Z', mine)
    await won('1', '2026-02-01T00:00:00Z', { ...mine, currency: 'EUR' })
    await won('1', '2026-02-01T00:00:00Z')
    await gateway.create('opportunity', { name: 'Open', amount: '1', ...mine })
    await gateway.create('opportunity', {
      ...{ name: 'Lost', amount: '1', stageId: stages['CLOSED_LOST'], closedAt: '2026-02-01T00:00:00Z' },
      ...mine,
    })
    await gateway.refusals('opportunityDelete', { id: await won('1', '2026-02-01T00:00:00Z', mine) })
    expect(await attainment(id)).toEqual({ amount: '500.5555', percent: '50.0556', count: 2 })
  })

  test('counts by the days of its time zone', async () => {
    const ownerId = await somebody()
    await won('1', '2025-12-31T16:00:00Z', { ownerId })
    await won('10', '2026-01-01T15:59:59.999Z', { ownerId })
    await won('100', '2026-01-01T16:00:00Z', { ownerId })
    const day = { ownerId, startDate: '2026-01-01', endDate: '2026-01-01' }
    expect(await attainment(await target({ ...day, timeZone: 'Asia/Shanghai' }))).toMatchObject({
      amount: '11',
      count: 2,
    })
    expect(await attainment(await target(day))).toMatchObject({ amount: '110', count: 2 })
    // In winter five hours behind, so that the day begins at 05:00Z.
    expect(await attainment(await target({ ...day, timeZone: 'America/New_York' }))).toMatchObject({
      amount: '110',
      count: 2,
    })
  })

  test('is what its team has won, where it is nobody’s', async () => {
    await won('70', '2026-02-01T00:00:00Z', { ownerId: await somebody(), teamId })
    await won('30', '2026-02-01T00:00:00Z', { ownerId: null, teamId })
    expect(await attainment(await target({ ownerId: null, teamId }))).toEqual({
      amount: '100',
      percent: '10',
      count: 2,
    })
    // The team of an owner's target says whose team that is, and no more.
    expect(await attainment(await target({ ownerId: await somebody(), teamId }))).toMatchObject({ count: 0 })
  })

  test('is what its product brought, line by line', async () => {
    const ownerId = await somebody()
    const id = await won('999', '2026-02-01T00:00:00Z', { ownerId })
    await won('999', '2026-02-01T00:00:00Z', { ownerId })
    const line = (more: Values) =>
      gateway.create('opportunityLine', { opportunityId: id, productId, unitPrice: '10', ...more })
    await line({ quantity: '3' })
    await line({ quantity: '0.0001', unitPrice: '0.5' })
    await line({ currency: 'EUR' })
    await line({ productId: otherId })
    await gateway.refusals('opportunityLineDelete', { id: await line({}) })
    expect(await attainment(await target({ ownerId, productId }))).toEqual({
      amount: '30.0001',
      percent: '3',
      count: 1,
    })
  })

  test('has no percentage of nothing', async () => {
    const ownerId = await somebody()
    expect(await attainment(await target({ ownerId, amount: '0' }))).toEqual({
      amount: '0',
      percent: null,
      count: 0,
    })
  })

  test('is added up by one statement for all targets of a level', async () => {
    const query =
      'query ($first: Int) { salesTargets(first: $first) { nodes { attainment { amount } owner { name } } } }'
    for (let index = 0; index < 5; index += 1) await target()
    const count = async (first: number) =>
      (await gateway.statementsOf(() => gateway.data(query, { first }))).length
    expect([await count(1), await count(10)]).toEqual([2, 2])
  })

  test('is seen by the agent whose target it is; that of others is not', async () => {
    const { agent } = gateway.userIds
    await won('250', '2026-02-01T00:00:00Z', { ownerId: agent })
    const own = await target({ ownerId: agent })
    expect(await attainment(own, 'agent')).toEqual({ amount: '250', percent: '25', count: 1 })
    const answer = await gateway.data('{ salesTargets(first: 100) { nodes { id } } }', {}, { as: 'agent' })
    expect(fieldsAt(answer, 'salesTargets.nodes', 'id')).toEqual([own])
    expect(await attainment(await target(), 'agent')).toBeUndefined()
  })

  test('adds up exactly', async () => {
    const cents = fc.integer({ min: 0, max: 10 ** 12 })
    await fc.assert(
      fc.asyncProperty(fc.array(cents, { maxLength: 5 }), async amounts => {
        const ownerId = await somebody()
        for (const amount of amounts) await won(`${amount / 100}`, '2026-02-01T00:00:00Z', { ownerId })
        const sum = amounts.reduce((all, amount) => all + BigInt(amount), 0n)
        const found = valueAt(await attainment(await target({ ownerId })), 'amount')
        expect(found).toBe(
          `${sum / 100n}.${String(sum % 100n).padStart(2, '0')}`.replace(/\.?0+$/, '') || '0',
        )
      }),
      { numRuns: 5 },
    )
  })
})

describe('a target is refused', () => {
  test.each<[string, Values, string]>([
    ['that ends before it begins', { endDate: '2025-12-31' }, 'OUT_OF_RANGE input.endDate'],
    ['of nobody', { ownerId: null }, 'REQUIRED input.ownerId'],
    ['by the days of nowhere', { timeZone: 'Mars/Olympus' }, 'INVALID_FORMAT input.timeZone'],
    [
      'by an offset, whose sign PostgreSQL reads the other way',
      { timeZone: '+08:00' },
      'INVALID_FORMAT input.timeZone',
    ],
    ['below zero', { amount: '-1' }, 'OUT_OF_RANGE input.amount'],
    ['in no currency', { currency: 'money' }, 'INVALID_FORMAT input.currency'],
    ['of a product that there is not', { productId: 'nonsense' }, 'NOT_FOUND input.productId'],
    ['of somebody whom there is not', { ownerId: 'nonsense' }, 'NOT_FOUND input.ownerId'],
  ])('%s', async (_, wrong, refusal) => {
    const input = { name: 'Wrong', amount: '1', ...quarter, ...wrong }
    expect(await gateway.refusals('salesTargetCreate', input)).toEqual([refusal])
  })

  test('as it changes, too', async () => {
    const id = await target()
    const update = (input: Values) => gateway.refusals('salesTargetUpdate', { id, ...input })
    expect(await update({ startDate: '2026-04-01' })).toEqual(['OUT_OF_RANGE input.startDate'])
    expect(await update({ endDate: '2025-12-31' })).toEqual(['OUT_OF_RANGE input.endDate'])
    expect(await update({ ownerId: null })).toEqual(['REQUIRED input.ownerId'])
    expect(await update({ timeZone: 'Nowhere' })).toEqual(['INVALID_FORMAT input.timeZone'])
    expect(await update({ ownerId: null, teamId })).toEqual([])
    expect(await update({ startDate: '2026-04-01', endDate: '2026-04-01' })).toEqual([])
  })

  test('when an agent writes it', async () => {
    const answer = await gateway.ask(
      'mutation ($input: SalesTargetCreateInput!) { salesTargetCreate(input: $input) { salesTarget { id } } }',
      { input: { name: 'Mine', amount: '1', ...quarter } },
      { as: 'agent' },
    )
    expect(valueAt(answer, 'errors.0.extensions.code')).toBe('FORBIDDEN')
  })
})

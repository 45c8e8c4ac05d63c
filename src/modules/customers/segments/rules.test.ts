import { codesOf, fieldsAt, type TestGateway, textAt } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTwoSegments, type TwoSegments } from './fixtures/two-segments.ts'

type Values = Readonly<Record<string, unknown>>

let present = new Date('2026-03-01T12:00:00Z')
let gateway: TestGateway
let chosen: TwoSegments['chosen']
let retail: TwoSegments['retail']
let byRules: TwoSegments['byRules']
let customersOf: TwoSegments['customersOf']
let idOf: TwoSegments['idOf']
beforeAll(async () => {
  ;({ gateway, chosen, retail, byRules, customersOf, idOf } = await startTwoSegments(() => present))
})
afterAll(() => gateway[Symbol.asyncDispose]())

const refusedRules = (rules: unknown) =>
  gateway.refusals('segmentCreate', { name: 'Refused', kind: 'RULES', rules })

describe('rules', () => {
  test.each<readonly [string, unknown, readonly string[]]>([
    ['an unknown field', { nmae: { eq: 'x' } }, ['INVALID_RULES input.rules.nmae']],
    [
      'an unknown operator deep down',
      { opportunities: { some: { amount: { about: '5' } } } },
      ['INVALID_RULES input.rules.opportunities.some.amount.about'],
    ],
    [
      'a value of another type',
      { employeeCount: { gt: 'many' } },
      ['INVALID_RULES input.rules.employeeCount.gt'],
    ],
    [
      'a value that its enum has not',
      { or: [{ rating: { eq: 'HOT' } }, { rating: { in: ['HOT', 'TEPID'] } }] },
      ['INVALID_RULES input.rules.or.1.rating.in.1'],
    ],
    ['a condition that is null', { industry: { eq: null } }, ['INVALID_RULES input.rules.industry.eq']],
    ['a text in place of conditions', { industry: 'retail' }, ['INVALID_RULES input.rules.industry']],
    ['a date that is none', { createdAt: { gte: 'yesterday' } }, ['INVALID_RULES input.rules.createdAt.gte']],
    [
      'too many levels',
      Array.from({ length: 11 }).reduce<Values>(inner => ({ not: inner }), { name: { eq: 'x' } }),
      ['INVALID_RULES input.rules'],
    ],
    [
      'too many conditions',
      { or: Array.from({ length: 101 }, () => ({ name: { eq: 'x' } })) },
      ['INVALID_RULES input.rules'],
    ],
    [
      'two faults',
      { nmae: {}, rating: { eq: 1 } },
      ['INVALID_RULES input.rules.nmae', 'INVALID_RULES input.rules.rating.eq'],
    ],
    ['none at all', undefined, ['REQUIRED input.rules']],
    ['null', null, ['REQUIRED input.rules']],
  ])('with %s are refused where it stands', async (_, rules, refusals) => {
    expect(await refusedRules(rules)).toEqual(refusals)
  })

  test('are refused by a message that names the value', async () => {
    const answer = await gateway.data(
      'mutation ($input: SegmentCreateInput!) { segmentCreate(input: $input) { userErrors { message } } }',
      { input: { name: 'Refused', kind: 'RULES', rules: { createdAt: { gte: 'yesterday' } } } },
    )
    expect(textAt(answer, 'segmentCreate.userErrors.0.message')).toContain('createdAt.gte is "yesterday"')
  })

  test('belong to segments by rules, and members to static ones', async () => {
    expect(await gateway.refusals('segmentCreate', { name: 'Both', rules: {} })).toEqual([
      'CONTRADICTION input.rules',
    ])
    expect(await gateway.refusals('segmentUpdate', { id: chosen, rules: {} })).toEqual([
      'CONTRADICTION input.rules',
    ])
    expect(await gateway.refusals('segmentUpdate', { id: retail, rules: null })).toEqual([
      'REQUIRED input.rules',
    ])
    const customerId = await idOf('Mill')
    expect(await gateway.refusals('segmentMemberCreate', { segmentId: retail, customerId })).toEqual([
      'CONTRADICTION input.segmentId',
    ])
  })

  test('are changed, and the customers with them', async () => {
    const id = await byRules({ industry: { eq: 'retail' } })
    expect(await gateway.refusals('segmentUpdate', { id, rules: { industry: { ne: 'retail' } } })).toEqual([])
    expect(await customersOf(id)).toEqual(['Mill'])
  })

  test('as wide as any filter stand beside a filter of whoever asks', async () => {
    const id = await byRules({ or: Array.from({ length: 100 }, () => ({ industry: { eq: 'retail' } })) })
    expect(
      await customersOf(id, 'filter: { or: [{ name: { eq: "Acme" } }, { name: { eq: "Mill" } }] }'),
    ).toEqual(['Acme'])
  })

  test('speak of times from the present on', async () => {
    const recent = await byRules({ createdAt: { gte: '-P30D' } })
    const old = await byRules({ createdAt: { lt: '-P1M' } })
    expect([(await customersOf(recent)).length, (await customersOf(old)).length]).toEqual([3, 0])
    present = new Date('2026-04-02T12:00:00Z')
    expect([(await customersOf(recent)).length, (await customersOf(old)).length]).toEqual([0, 3])
    present = new Date('2026-03-01T12:00:00Z')
  })

  test('that the schema has outgrown are said to, and cost no other segment', async () => {
    const id = await byRules({ industry: { eq: 'wood' } }, 'Outgrown')
    await sql`update "Segment" set rules = '{"gone":{"eq":1}}' where id = ${id}`.execute(
      gateway.trellis.database.session.sql,
    )
    const answer = await gateway.ask('query ($id: ID!) { segment(id: $id) { customers { totalCount } } }', {
      id,
    })
    expect(codesOf(answer)).toEqual(['BAD_INPUT'])
    const mill = await gateway.data('query ($id: ID!) { customer(id: $id) { segments { name } } }', {
      id: await idOf('Mill'),
    })
    expect(fieldsAt(mill, 'customer.segments', 'name')).not.toContain('Outgrown')
  })
})

import { loyalty } from '@trellis/extension-loyalty'
import {
  type Answer,
  type AskOptions,
  codesOf,
  listAt,
  type TestGateway,
  textAt,
  valueAt,
} from '@trellis/testing'
import { printSchema } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { atlas } from './fixtures/atlas.ts'
import { createThree, type Three } from './fixtures/three.ts'

let three: Three
const ids = { acme: '', fjord: '', bens: '' }
const tags = { hidden: '', shown: '' }
beforeAll(async () => {
  three = await createThree({ atlas, loyalty })
  ids.acme = await three.inside.create('customer', { name: 'Acme' })
  ids.fjord = await three.inside.create('customer', { name: 'Fjord' })
  ids.bens = await three.inside.create('customer', { name: "Ben's" }, { as: 'agent' })
  tags.hidden = await three.inside.create('tag', { name: 'hidden' })
  tags.shown = await three.inside.create('tag', { name: 'shown' })
  for (const customerId of Object.values(ids))
    await three.inside.refusals('loyaltyAdjust', { customerId, points: 150, reason: 'welcome' })
}, 240_000)
afterAll(() => three[Symbol.asyncDispose](), 60_000)

/**
 * What is the same wherever an extension runs: data, and of errors codes and the field of the core that is null for them. Further
 * down an error elsewhere has the path of the field that is null.
 */
const seen = (answer: Answer) => ({
  data: answer.data,
  codes: codesOf(answer),
  fields: (answer.errors ?? []).map(error => listAt(error, 'path').slice(0, 2)),
  extensions: (answer.errors ?? []).map(error => valueAt(error, 'extensions.extension')),
})

const cases: Readonly<
  Record<string, { readonly query: string; readonly variables?: object; readonly as?: 'agent' }>
> = {
  'points of many': {
    query:
      '{ customers(orderBy: [{ field: NAME }]) { nodes { name loyalty { tier points adjustments { points reason createdAt } } } } }',
  },
  'points of those that an agent sees': {
    query: '{ customers(orderBy: [{ field: NAME }]) { nodes { name loyalty { points } atlasShout } } }',
    as: 'agent',
  },
  'points of one, twice and by fragments': {
    query: `query ($id: ID!, $first: Int!, $no: Boolean!) { customer(id: $id) { ...all loyalty { points @skip(if: $no) } few: loyalty { adjustments(first: $first) { reason } } } }
      fragment all on Customer { loyalty { __typename tier } parent { loyalty { points } } }`,
    variables: { id: '<acme>', first: 1, no: false },
  },
  'arguments that are refused': {
    query:
      'query ($id: ID!) { customer(id: $id) { name loyalty { points adjustments(first: 1000) { reason } } } }',
    variables: { id: '<acme>' },
  },
  'fields with arguments, enums and scalars': {
    query: `query ($shade: AtlasShade, $at: AtlasPoint) { customers(orderBy: [{ field: NAME }]) { nodes {
      atlasShout atlasYears a: atlasPlace { title shade at } b: atlasPlace(zoom: 7, shade: LIGHT, at: "5:6") { title shade at }
      c: atlasPlace(shade: $shade, at: $at) { shade at near(first: 1) { __typename ... on AtlasRoad { miles } } } } } }`,
    variables: { shade: 'LIGHT', at: '7:8' },
  },
  'abstract types, and records of the core behind them': {
    query: `{ customers(orderBy: [{ field: NAME }]) { nodes { atlasPlace { near { __typename ... on AtlasTitled { title } ... on AtlasPlace { customer { name loyalty { points } } } } } } }
      atlasFind(search: { words: ["a", "b"], at: "1:2" }) { __typename title ... on AtlasPlace { shade at } ... on AtlasRoad { miles } } }`,
  },
  'an input as a variable': {
    query:
      'query ($search: AtlasSearch!) { atlasFind(search: $search) { title ... on AtlasPlace { shade at } } atlasPages }',
    variables: { search: { words: 'one', shade: 'DARK', at: '4:4' } },
  },
  'an error in place of a record': {
    query: '{ customers(orderBy: [{ field: NAME }]) { nodes { name atlasFragile } } }',
  },
  'a root field that it took over from the core': {
    query:
      'query ($hidden: ID!, $shown: ID!) { hidden: tag(id: $hidden) { name } shown: tag(id: $shown) { name } }',
    variables: { hidden: '<hidden>', shown: '<shown>' },
  },
  'one that it took over, by somebody whom it does not permit': {
    query: 'query ($shown: ID!) { tag(id: $shown) { name } }',
    variables: { shown: '<shown>' },
    as: 'agent',
  },
  refusals: {
    query:
      '{ a: atlasRefused(code: "FORBIDDEN") b: atlasRefused(code: "ATLAS_CLOSED") c: atlasRefused(code: "?") viewer { name } }',
  },
  'a mutation that is refused': {
    query:
      'mutation { loyaltyAdjust(input: { customerId: "cus_01h2xcejqtf2nbrexx3vqjhp41", points: 0, reason: "" }) { adjustment { id } customer { id } userErrors { code path } } }',
  },
  'a mutation of somebody who may not see the customer': {
    query:
      'mutation ($id: ID!) { loyaltyAdjust(input: { customerId: $id, points: 5, reason: "mine" }) { adjustment { id } userErrors { code path } } }',
    variables: { id: '<acme>' },
    as: 'agent',
  },
}

/** Asks, and asks again what a busy machine was too slow for. */
async function answered(gateway: TestGateway, ...question: Parameters<TestGateway['ask']>): Promise<Answer> {
  let answer = await gateway.ask(...question)
  for (let time = 1; time < 10 && codesOf(answer).includes('EXTENSION_TIMEOUT'); time += 1)
    answer = await gateway.ask(...question)
  return answer
}

const filled = (variables: object): Readonly<Record<string, unknown>> =>
  JSON.parse(
    Object.entries({ acme: ids.acme, ...tags }).reduce(
      (text, [name, id]) => text.replace(`<${name}>`, id),
      JSON.stringify(variables),
    ),
  )

test.each(Object.entries(cases))(
  'answered alike inside, isolated and served: %s',
  async (_, { query, variables = {}, as }) => {
    const options: AskOptions = as ? { as } : {}
    const expected = seen(await answered(three.inside, query, filled(variables), options))
    expect(expected.data).not.toBeNull()
    // Twice: what was planned the first time is used the second.
    for (const place of ['isolated', 'served'] as const)
      for (const time of [1, 2])
        expect({
          place,
          time,
          ...seen(await answered(three[place], query, filled(variables), options)),
        }).toEqual({
          place,
          time,
          ...expected,
        })
  },
)

test('clients see one schema, wherever extensions run', () => {
  const expected = printSchema(three.inside.trellis.schema)
  expect(printSchema(three.isolated.trellis.schema)).toBe(expected)
  expect(printSchema(three.served.trellis.schema)).toBe(expected)
})

test.each(['isolated', 'served'] as const)(
  'a mutation %s is done once for its key, and replayed',
  async place => {
    const gateway: TestGateway = three[place]
    const customerId = await gateway.create('customer', { name: `Key ${place}` })
    const query = `mutation ($id: ID!) {
    a: loyaltyAdjust(input: { customerId: $id, points: 120, reason: "gift" }) { adjustment { id points } customer { name loyalty { points tier } } userErrors { code } }
    b: loyaltyAdjust(input: { customerId: $id, points: 80, reason: "gift" }) { adjustment { id } customer { loyalty { points } } userErrors { code } }
    atlasMark(input: { customerId: $id }) { marks customer { name } userErrors { code } }
  }`
    const key = { headers: { 'idempotency-key': `once-${place}` } }
    const ask = () => gateway.ask(query, { id: customerId }, key)
    const [first, ...others] = await Promise.all([ask(), ask(), ask()])
    expect(first).toMatchObject({
      data: {
        a: { adjustment: { points: 120 }, customer: { name: `Key ${place}` }, userErrors: [] },
        b: { userErrors: [] },
        atlasMark: { marks: 1, userErrors: [] },
      },
    })
    for (const other of [...others, await ask()])
      for (const path of ['a.adjustment.id', 'b.adjustment.id'])
        expect(textAt(other.data, path)).toBe(textAt(first?.data, path))
    expect(valueAt((await ask()).data, 'b.customer.loyalty.points')).toBe(200)
    // Inside or outside, it is the same request: who sends it to another gateway gets the same answer.
    expect(textAt((await three.inside.ask(query, { id: customerId }, key)).data, 'a.adjustment.id')).toBe(
      textAt(first?.data, 'a.adjustment.id'),
    )
    const other = await gateway.ask(query.replace('120', '121'), { id: customerId }, key)
    expect(new Set(codesOf(other))).toEqual(new Set(['IDEMPOTENCY_KEY_REUSED']))
  },
)

test.each(['isolated', 'served'] as const)(
  'a dry run of a mutation %s is refused, and nothing is written',
  async place => {
    const before = await three.inside.rowsIn('ext_loyalty.LoyaltyAdjustment')
    const answer = await three[place].ask(
      'mutation ($id: ID!) @dryRun { loyaltyAdjust(input: { customerId: $id, points: 5, reason: "dry" }) { adjustment { id } } }',
      { id: ids.acme },
    )
    expect(codesOf(answer)).toEqual(['DRY_RUN_UNSUPPORTED'])
    expect(await three.inside.rowsIn('ext_loyalty.LoyaltyAdjustment')).toBe(before)
  },
)

test.each(['isolated', 'served'] as const)('checks %s refuse and amend', async place => {
  expect(await three[place].refusals('customerCreate', { name: 'Nowhere Inc.' })).toEqual([
    'ATLAS_UNKNOWN input.name',
  ])
  const id = await three[place].create('customer', { name: 'lower' })
  const answer = await three[place].data('query ($id: ID!) { customer(id: $id) { name } }', { id })
  expect(valueAt(answer, 'customer.name')).toBe('amended true')
})

test.each(['isolated', 'served'] as const)(
  'records that are merged keep their points when it runs %s',
  async place => {
    const [stays, goes] = [
      await three.inside.create('customer', { name: 'Stays' }),
      await three.inside.create('customer', { name: 'Goes' }),
    ]
    for (const customerId of [stays, goes])
      await three.inside.refusals('loyaltyAdjust', { customerId, points: 100, reason: 'one' })
    expect(await three[place].refusals('customerMerge', { id: stays, mergedIds: [goes] })).toEqual([])
    const answer = await three[place].data('query ($id: ID!) { customer(id: $id) { loyalty { points } } }', {
      id: stays,
    })
    expect(valueAt(answer, 'customer.loyalty.points')).toBe(200)
  },
)

test.each(['inside', 'isolated', 'served'] as const)('a route answers %s', async place => {
  const { trellis, keys } = three[place]
  const response = await trellis.gateway.fetch(
    new Request('http://localhost/extensions/atlas/maps/7?zoom=3', {
      method: 'POST',
      headers: { authorization: `Bearer ${keys.agent}`, 'content-type': 'text/plain' },
      body: 'a map',
    }),
  )
  expect(response.status).toBe(201)
  expect(response.headers.get('x-atlas')).toBe('yes')
  expect(response.headers.getSetCookie()).toEqual(['map=7; Path=/', 'zoom=3'])
  expect(await response.json()).toEqual({
    id: '7',
    zoom: '3',
    sent: 'a map',
    type: 'text/plain',
    viewer: 'AGENT',
  })
})

test('who does not sign as the gateway does is not answered', async () => {
  const { url } = three
  const body = JSON.stringify({ query: '{ viewer { name } }', extensions: {} })
  for (const headers of [
    {},
    {
      'webhook-id': 'a',
      'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
      'webhook-signature': 'v1,AAAA',
    },
  ])
    expect((await fetch(`${url}/graphql`, { method: 'POST', body, headers })).status).toBe(401)
})

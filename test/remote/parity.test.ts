import { type DocumentNode, type GraphQLSchema, parse, subscribe, validate } from 'graphql'
import { expect, test } from 'vitest'
import { compileOperation } from '../../src/gateway/compiled/compile-operation.ts'
import { interpretOperation } from '../../src/gateway/compiled/interpret-operation.ts'
import { local, remote, transport, visible } from './fixtures/schemas.ts'

type Variables = Readonly<Record<string, unknown>>
const cases: Readonly<Record<string, { readonly query: string; readonly variables?: Variables }>> = {
  'scalars, enums and inputs as literals': {
    query: `{ galleryEcho(range: { to: 3, color: BLUE, at: "2026-03-01T10:30:00+01:00", anything: { a: [1, "x", { b: RED }] }, inner: { to: 4 } },
      text: "a \\"quoted\\" text", flag: false, number: 1.5, id: 7, at: "2026-03-01T09:30:00Z", colors: BLUE) }`,
  },
  'scalars, enums and inputs as variables': {
    query: `query ($range: GalleryRange, $text: String, $flag: Boolean!, $number: Float, $id: ID, $at: DateTime, $colors: [GalleryColor!]) {
      galleryEcho(range: $range, text: $text, flag: $flag, number: $number, id: $id, at: $at, colors: $colors) }`,
    variables: {
      range: {
        to: 3,
        color: 'BLUE',
        at: '2026-03-01T10:30:00+01:00',
        anything: { a: [1, 'x'] },
        inner: { to: 4, tags: 'one' },
      },
      text: 'x',
      flag: true,
      number: 2,
      id: 8,
      at: '2026-03-01T10:30:00+01:00',
      colors: 'GREEN',
    },
  },
  'variables within literals': {
    query:
      'query ($to: Int!, $color: GalleryColor = GREEN, $tag: String!) { galleryEcho(range: { to: $to, color: $color, tags: ["b", $tag] }) }',
    variables: { to: 5, tag: 'c' },
  },
  'defaults of arguments and input fields': { query: '{ galleryEcho(range: { to: 1 }) }' },
  'variables that are not given, and nulls': {
    query:
      'query ($text: String, $color: [GalleryColor!], $id: ID = "9", $flag: Boolean) { galleryEcho(text: $text, colors: $color, id: $id, flag: $flag) }',
    variables: { flag: null },
  },
  'a field of the core, and none of ours': { query: '{ customers(first: 3) { id name } }' },
  'fields on records of the core': {
    query: '{ customers(first: 4) { name galleryScore galleryPersons { id name age } } }',
  },
  'aliases with other arguments': {
    query:
      'query ($times: Int) { customers(first: 4) { a: galleryScore b: galleryScore(times: $times) id: galleryScore(color: BLUE) name: galleryPersons(first: 1) { name: id id: age __typename } } }',
    variables: { times: 3 },
  },
  'an alias on the key': { query: '{ customers(first: 3) { id: name galleryScore } }' },
  'an interface': {
    query:
      '{ one: galleryBeing { __typename id name partner { id __typename } } two: galleryBeing(robot: true) { kind: __typename id partner { id } } customers(first: 4) { galleryBeing { name } } }',
  },
  'fragments on an interface': {
    query: `{ galleryBeing { ...facts ... on GalleryPerson { age numbers } ... on GalleryRobot { serial } } customers(first: 4) { ...ours } }
      fragment facts on GalleryBeing { id name partner { ...serials } } fragment serials on GalleryRobot { serial anything }
      fragment ours on Customer { galleryBeing { ...facts ... on GalleryPerson { color at } } }`,
  },
  'a union': {
    query:
      '{ galleryThings { __typename ... on GalleryPerson { id name } ... on GalleryBeing { name } ... on GalleryRobot { label: name serial } } }',
  },
  'only __typename': {
    query:
      '{ galleryThings { __typename } galleryPerson { __typename } customers(first: 1) { galleryPersons { __typename } } }',
  },
  'an interface of the core in a fragment': {
    query: '{ customers(first: 2) { ... on Node { id } ... on Customer { galleryScore } } }',
  },
  'lists of lists, scalars and enums': {
    query: '{ galleryPerson { numbers color at friends(first: 3) { id at } } }',
  },
  'records of the core behind a remote field': {
    query:
      '{ galleryPerson { name customer { id name galleryScore } } customers(first: 2) { galleryPersons { customer { label: name } } } }',
  },
  '@skip and @include': {
    query: `query ($yes: Boolean!, $no: Boolean!) { galleryPerson { id @skip(if: $yes) name @include(if: $yes) ... @include(if: $no) { age } }
      customers(first: 2) { galleryScore @include(if: $yes) galleryPersons @skip(if: $yes) { id } galleryBeing { ... @skip(if: $no) { id } name @include(if: $no) } } }`,
    variables: { yes: true, no: false },
  },
  'a field twice, once under a condition': {
    query:
      'query ($no: Boolean!) { galleryPerson { age @include(if: $no) age friends @skip(if: $no) { id } friends { name } } }',
    variables: { no: false },
  },
  'variables that are called as ours are': {
    query:
      'query ($_0: Int, $_1: Int!, $__0: Int) { galleryEcho(range: { to: $_1 }) customers(first: 2) { galleryScore(times: $_0) galleryPersons(first: $__0) { id } } }',
    variables: { _0: 2, _1: 3, __0: 1 },
  },
  'aliases that every object has': {
    query:
      '{ galleryPerson { __proto__: age constructor: id valueOf: numbers } customers(first: 1) { toString: galleryScore } }',
  },
  'a refusal': { query: '{ galleryTrouble galleryPerson { name trouble } customers(first: 2) { name } }' },
  'refusals within lists': { query: '{ customers(first: 2) { galleryPersons { id trouble } } }' },
}

const argsOf = (schema: GraphQLSchema, document: DocumentNode, variableValues: Variables) => ({
  schema,
  document,
  variableValues,
  contextValue: {},
})

test.each(Object.entries(cases))(
  'a service elsewhere answers as an extension in the process does: %s',
  async (_, { query, variables = {} }) => {
    const document = parse(query)
    expect(validate(local, document)).toEqual([])
    expect(validate(remote, document)).toEqual([])

    const expected = visible(await interpretOperation(argsOf(local, document, variables)))
    expect(expected.data).not.toBeNull()
    expect(visible(await interpretOperation(argsOf(remote, document, variables)))).toEqual(expected)
    // Twice: what was planned the first time is used the second.
    expect(visible(await interpretOperation(argsOf(remote, document, variables)))).toEqual(expected)

    const compiled = compileOperation(remote, document, null)
    if (compiled === null) return
    expect(visible(await compiled(argsOf(remote, document, variables)))).toEqual(expected)
    expect(visible(await compiled(argsOf(remote, document, variables)))).toEqual(expected)
  },
)

test('most of these are compiled', () => {
  const isCompiled = ({ query }: { readonly query: string }): boolean =>
    compileOperation(remote, parse(query), null) !== null
  expect(Object.values(cases).filter(isCompiled).length).toBeGreaterThan(12)
})

test('mutations are done in order, each once and by itself', async () => {
  const document = parse(
    'mutation ($input: GalleryRange!) { a: galleryCount(input: { to: 1 }) { count person { name } userErrors { text: message message } } b: galleryCount(input: $input) { count } }',
  )
  const variables = { input: { to: 10 } }
  const one = visible(await interpretOperation(argsOf(local, document, variables)))
  const before = transport.calls.length
  const other = visible(await interpretOperation(argsOf(remote, document, variables)))
  const difference = (result: typeof one): number => result.data.b.count - result.data.a.count
  expect(one.errors).toEqual([])
  expect(other.errors).toEqual([])
  expect(difference(other)).toBe(difference(one))
  expect({ ...other.data.a, count: 0 }).toEqual({ ...one.data.a, count: 0 })
  const sent = transport.calls.slice(before)
  expect(sent.map(({ operationType }) => operationType)).toEqual(['mutation', 'mutation'])
})

test('events of a subscription', async () => {
  const document = parse(
    'subscription ($first: Int!) { galleryTicks(first: $first) { id name: age partner { __typename name } customer { name } } }',
  )
  const eventsFrom = async (schema: GraphQLSchema): Promise<unknown[]> => {
    const events = await subscribe(argsOf(schema, document, { first: 3 }))
    if (!(Symbol.asyncIterator in events)) throw new Error(JSON.stringify(events))
    const seen: unknown[] = []
    for await (const event of events) seen.push(visible(event))
    return seen
  }
  const events = await eventsFrom(remote)
  expect(events).toHaveLength(3)
  expect(events).toEqual(await eventsFrom(local))
})

import { buildSchema, execute, type GraphQLResolveInfo, parse } from 'graphql'
import { expect, test } from 'vitest'
import type { RequestPlan } from './plan-request.ts'
import type { RemoteSchema } from './remote-schema.ts'
import { createRequestPlans } from './request-plans.ts'

const sdl =
  'type Query { top(first: Int, at: [Int]): Thing } interface Thing { id: ID } type Odd implements Thing { id: ID size: Int }'
const remote: RemoteSchema = {
  name: 'acme',
  schema: buildSchema(sdl),
  lookups: new Map(),
  references: new Map(),
}

/** The plans that executing an operation several times makes, one for each. */
function plansOf(
  query: string,
  values: readonly Readonly<Record<string, unknown>>[],
): readonly RequestPlan[] {
  const schema = buildSchema(sdl)
  const type = schema.getQueryType()
  const field = type?.getFields()['top']
  if (!type || !field) throw new Error('The field is missing.')
  field.extensions = { owner: 'acme' }
  for (const other of ['Odd', 'Thing']) {
    const owned = schema.getType(other)
    if (owned) owned.extensions = { owner: 'acme' }
    if (!owned || !('getFields' in owned)) continue
    for (const inner of Object.values(owned.getFields())) inner.extensions = { owner: 'acme' }
  }
  const plansFor = createRequestPlans(remote)
  const plans: RequestPlan[] = []
  field.resolve = (_source, _args, _context, info: GraphQLResolveInfo) => {
    plans.push(plansFor([{ kind: 'root', type: info.parentType, fields: [info.fieldNodes] }], info))
    return null
  }
  const document = parse(query)
  for (const variableValues of values) void execute({ schema, document, variableValues })
  return plans
}

test('an operation is planned once, whatever its variables are', () => {
  const plans = plansOf(
    'query Top($first: Int, $at: Int, $more: Boolean!) { top(first: $first, at: [1, $at]) { ...all @include(if: $more) } } fragment all on Thing { id ... on Odd { s: size } } fragment other on Odd { size }',
    [{ first: 1, more: true }, { first: 2, at: 3, more: false }, { more: true }],
  )
  expect(new Set(plans).size).toBe(1)
  expect(plans[0]?.document).toMatchInlineSnapshot(
    `"query Top($first:Int$at:Int$more:Boolean!){_0:top(first:$first at:[1$at]){__typename ...all@include(if:$more)}}fragment all on Thing{__typename id ...on Odd{s:size}}"`,
  )
  expect([...(plans[0]?.variables.keys() ?? [])]).toEqual(['first', 'at', 'more'])
})

test('what conditions take away is planned apart', () => {
  const query = 'query ($more: Boolean!) { top { id } ... @include(if: $more) { top { __typename } } }'
  const plans = plansOf(query, [{ more: true }, { more: false }, { more: true }])
  expect(new Set(plans).size).toBe(2)
  expect(plans[0]).toBe(plans[2])
})

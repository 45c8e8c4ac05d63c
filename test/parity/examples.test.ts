import { type ConstDirectiveNode, Kind, parse, print, visit } from 'graphql'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { extensions as installed } from '../../extensions/index.ts'
import { assertAnsweredAlike } from './assert-answered-alike.ts'
import { examples } from './examples.ts'
import { createGateways, type Gateways } from './gateways.ts'

let gateways: Gateways
let customerId: string
beforeAll(async () => {
  gateways = await createGateways(installed)
  customerId = await gateways.reference.create('customer', { name: 'Harbor Foods' })
})
afterAll(() => gateways[Symbol.asyncDispose]())

/** Written as often as it is asked, it would not be the same each time. */
const withoutEffect = (query: string): string =>
  print(
    visit(parse(query), {
      OperationDefinition: node =>
        node.operation === 'mutation' && node.directives?.length === 0
          ? { ...node, directives: [dryRun] }
          : node,
    }),
  )

const dryRun: ConstDirectiveNode = { kind: Kind.DIRECTIVE, name: { kind: Kind.NAME, value: 'dryRun' } }

test.each(examples)('$name is answered alike on all ways', async ({ name, query, variables }) => {
  const given = JSON.parse(JSON.stringify(variables).replaceAll('cus_…', customerId))
  await assertAnsweredAlike(
    gateways,
    { name, query: withoutEffect(query), variables: given },
    'administrator',
  )
})

test('there are many', () => {
  expect(examples.length).toBeGreaterThan(20)
})
